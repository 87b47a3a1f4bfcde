// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.util.Locale;
import java.util.Map;

/** Endings of file names for media types. */
public final class MediaNames {

    /** For a type not known here. */
    public static final String UNKNOWN = "bin";

    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/mp3", "mp3"),
            Map.entry("audio/mpeg3", "mp3"),
            Map.entry("audio/x-mpeg", "mp3"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/wave", "wav"),
            Map.entry("audio/x-wav", "wav"),
            Map.entry("audio/vnd.wave", "wav"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/opus", "opus"),
            Map.entry("audio/amr", "amr"),
            Map.entry("audio/aac", "aac"),
            Map.entry("audio/mp4", "m4a"),
            Map.entry("audio/x-m4a", "m4a"),
            Map.entry("audio/webm", "weba"),
            Map.entry("audio/flac", "flac"),
            Map.entry("audio/3gpp", "3gp"),
            Map.entry("video/mp4", "mp4"),
            Map.entry("video/mpeg", "mpeg"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("video/webm", "webm"),
            Map.entry("video/3gpp", "3gp"),
            Map.entry("video/3gpp2", "3g2"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/jpg", "jpg"),
            Map.entry("image/png", "png"),
            Map.entry("image/gif", "gif"),
            Map.entry("image/tiff", "tif"),
            Map.entry("image/bmp", "bmp"),
            Map.entry("image/webp", "webp"),
            Map.entry("image/heic", "heic"),
            Map.entry("image/svg+xml", "svg"),
            Map.entry("application/pdf", "pdf"),
            Map.entry("application/zip", "zip"),
            Map.entry("application/json", "json"),
            Map.entry("application/rtf", "rtf"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("text/plain", "txt"),
            Map.entry("text/csv", "csv"),
            Map.entry("text/html", "html"),
            Map.entry("text/calendar", "ics"),
            Map.entry("text/vcard", "vcf"),
            Map.entry("text/x-vcard", "vcf"));

    private MediaNames() {}

    /**
     * @param type as a provider says it, in any case and with parameters; null when it does not say
     * @return without a dot; {@value #UNKNOWN} for a type not known here
     */
    public static String ending(String type) {
        if (type == null) {
            return UNKNOWN;
        }
        int parameters = type.indexOf(';');
        String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        return ENDINGS.getOrDefault(bare.toLowerCase(Locale.ROOT), UNKNOWN);
    }
}
