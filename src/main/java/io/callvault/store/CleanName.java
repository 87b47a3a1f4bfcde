// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes any text fit to stand in a name on any target, or on the machine of whoever copies the archive there. */
final class CleanName {

    /** Reserved on Windows ("Naming Files, Paths, and Namespaces", read 2026-11), and the separators. */
    private static final String RESERVED_CHARACTERS = "<>:\"|?*/\\";

    /** Reserved on Windows, whatever follows after a dot; the same page. */
    private static final Set<String> RESERVED_NAMES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "clock$");

    private static final int LONGEST_RESERVED_NAME = 7;

    private static final Pattern NUMBERED_RESERVED = Pattern.compile("(com|lpt)[0-9\u00b9\u00b2\u00b3]");

    /**
     * Ids that need no hash: they stay what they are under every rule here, differ on every file system, and have no
     * underscore, so that one before the id shows where it begins.
     */
    private static final Pattern PLAIN_ID = Pattern.compile("[a-z0-9](?:[a-z0-9+=,@.-]*[a-z0-9+=,@-])?");

    private static final Pattern PLAIN_EXT = Pattern.compile("[a-z0-9]{1,10}");

    private CleanName() {}

    /**
     * A value on its way into a piece: NFC, what is reserved becomes {@code _}, what is invisible goes. May be empty;
     * dots and spaces at the ends stay, because only a piece has ends.
     */
    static String value(String text) {
        if (isPlain(text)) {
            return text;
        }
        String normal = Normalizer.normalize(wellFormed(text), Normalizer.Form.NFC);
        StringBuilder clean = new StringBuilder(normal.length() + 1);
        normal.codePoints().forEach(point -> {
            if (point < 0x80 && RESERVED_CHARACTERS.indexOf(point) >= 0 || isControl(point)) {
                clean.append('_');
            } else if (!isInvisible(point)) {
                clean.appendCodePoint(point);
            }
        });
        if (clean.length() > 0 && isMark(clean.codePointAt(0))) {
            clean.insert(0, '_'); // or it would change the letter before it
        }
        return Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    /** Whether nothing in it can need a change, as in most numbers and many names. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || RESERVED_CHARACTERS.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** An id: kept when it is plain, else cleaned with {@code ~} and 8 hex digits of its SHA-256, so that ids differ. */
    static String id(String id) {
        return PLAIN_ID.matcher(id).matches() ? id : value(id) + "~" + hash(id);
    }

    /** Cuts a cleaned id; the result differs from that of any other id. */
    static String cutId(String cleaned, int bytes, String id) {
        return utf8(cleaned) <= bytes ? cleaned : cut(cleaned, Math.max(0, bytes - 9)) + "~" + hash(id);
    }

    static String ext(String ext) {
        String lower = ext == null ? "" : ext.toLowerCase(Locale.ROOT);
        return PLAIN_EXT.matcher(lower).matches() ? lower : MediaNames.UNKNOWN;
    }

    /** What a finished piece still needs: no dots or spaces at its ends, no reserved name, not empty. */
    static String piece(String text) {
        String normal = isPlain(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
        int start = 0;
        int end = normal.length();
        while (start < end && isEdge(normal.charAt(start))) {
            start++;
        }
        while (end > start && isEdge(normal.charAt(end - 1))) {
            end--;
        }
        String piece = normal.substring(start, end);
        if (piece.isEmpty()) {
            return PathTemplate.UNKNOWN;
        }
        return isReservedName(piece) ? "_" + piece : piece;
    }

    private static boolean isEdge(char c) {
        return c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isReservedName(String piece) {
        int dot = piece.indexOf('.');
        String stem = (dot < 0 ? piece : piece.substring(0, dot)).strip();
        if (stem.length() > LONGEST_RESERVED_NAME) {
            return false;
        }
        stem = stem.toLowerCase(Locale.ROOT);
        return RESERVED_NAMES.contains(stem) || NUMBERED_RESERVED.matcher(stem).matches();
    }

    /** At most so many bytes of UTF-8, never half a code point. */
    static String cut(String text, int bytes) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (used + size > bytes) {
                break;
            }
            used += size;
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** First 8 hex digits of SHA-256 over UTF-8; over the bare chars of a text that has no UTF-8. */
    private static String hash(String text) {
        byte[] bytes;
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
        } else {
            ByteBuffer chars = ByteBuffer.allocate(text.length() * Character.BYTES);
            chars.asCharBuffer().put(text);
            bytes = chars.array();
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 4);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Halves of surrogate pairs have no UTF-8: they become {@code _}. */
    private static String wellFormed(String text) {
        StringBuilder formed = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            boolean none = (point & 0xFFFE) == 0xFFFE || point >= 0xFDD0 && point <= 0xFDEF;
            formed.appendCodePoint(half || none ? '_' : point);
        });
        return formed.toString();
    }

    private static boolean isControl(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Marks of direction, and everything else that shows nothing but joins, which scripts and emoji need. */
    private static boolean isInvisible(int point) {
        return Character.getType(point) == Character.FORMAT && point != 0x200C && point != 0x200D;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
