// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a file is by its first bytes. The signatures are those of the formats' own specifications; only what phone systems
 * send is told apart.
 */
final class MediaType {

    /** How many bytes are looked at. */
    static final int LOOKED_AT = 1024;

    private static final Pattern MARKUP = Pattern.compile("(?is)<(!doctype|html|head|body|\\?xml|!--|[a-z][a-z0-9:_-]*[\\s/>]).*");
    private static final Pattern JSON = Pattern.compile("(?s)(\\{\\s*(\"|}).*|\\[\\s*([\\[{\"\\]0-9-]|true|false|null).*)");

    /** Types of an answer that is no media, whatever its bytes. */
    private static final Pattern PAGE_TYPE = Pattern.compile("text/.*|application/(.*\\+)?(json|xml)");

    private MediaType() {}

    /**
     * @param start the first {@link #LOOKED_AT} bytes, or all there are
     * @return null when the bytes tell nothing
     */
    static String of(byte[] start) {
        if (at(start, 0, "RIFF") && at(start, 8, "WAVE")) {
            return "audio/wav";
        }
        if (at(start, 0, "ID3") || isMpegFrame(start)) {
            return "audio/mpeg";
        }
        if (at(start, 0, "%PDF-")) {
            return "application/pdf";
        }
        if (at(start, 0, "OggS")) {
            return "audio/ogg";
        }
        if (at(start, 0, "#!AMR")) {
            return "audio/amr";
        }
        if (at(start, 4, "ftyp")) {
            return at(start, 8, "3g") ? "video/3gpp" : "video/mp4";
        }
        if (at(start, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (at(start, 0, "\u0089PNG\r\n")) {
            return "image/png";
        }
        if (at(start, 0, "GIF8")) {
            return "image/gif";
        }
        if (at(start, 0, "II*\0") || at(start, 0, "MM\0*")) {
            return "image/tiff";
        }
        return null;
    }

    /**
     * What kind of page it is that came in place of media.
     *
     * @param contentType as the answer said; null when it did not
     * @return {@code HTML or XML}, {@code JSON} or {@code text}; null when neither the bytes nor the type say so
     */
    static String textual(byte[] start, String contentType) {
        String text = new String(start, charset(start)).strip();
        if (text.startsWith("\ufeff")) {
            text = text.substring(1).strip();
        }
        if (MARKUP.matcher(text).matches()) {
            return "HTML or XML";
        }
        if (JSON.matcher(text).matches()) {
            return "JSON";
        }
        return PAGE_TYPE.matcher(plain(contentType)).matches() ? "text" : null;
    }

    /** By the byte order mark (RFC 2781, 4.3). */
    private static Charset charset(byte[] start) {
        if (at(start, 0, "\u00ff\u00fe")) {
            return StandardCharsets.UTF_16LE;
        }
        return at(start, 0, "\u00fe\u00ff") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** True for types whose files are text or markup themselves: a transcription, a drawing, the order of an MMS's parts. */
    static boolean isText(String contentType) {
        String plain = plain(contentType);
        return plain.startsWith("text/") || plain.endsWith("+xml") || plain.equals("application/smil");
    }

    /** The type without parameters in lower case; {@code application/octet-stream} for null. */
    static String plain(String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return "application/octet-stream";
        }
        return contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Eleven set bits, no reserved version, and layer II or III (ISO/IEC 11172-3, 2.4.2.3). Layer I is of no use on the
     * phone, and looks like the byte order mark of a page in UTF-16.
     */
    private static boolean isMpegFrame(byte[] start) {
        return start.length > 1
                && (start[0] & 0xff) == 0xff
                && (start[1] & 0xe0) == 0xe0
                && (start[1] & 0x18) != 0x08
                && (start[1] & 0x06) != 0
                && (start[1] & 0x06) != 0x06;
    }

    private static boolean at(byte[] start, int offset, String signature) {
        if (start.length < offset + signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if ((start[offset + i] & 0xff) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
