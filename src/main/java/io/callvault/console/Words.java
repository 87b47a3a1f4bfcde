// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the pages write numbers, sizes and times, whatever the machine's language. */
public final class Words {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB"};

    private Words() {}

    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String number(double number) {
        return String.format(Locale.ROOT, number < 10 && number != Math.rint(number) ? "%,.1f" : "%,.0f", number);
    }

    /** Bytes; empty for null. */
    public static String size(Long bytes) {
        if (bytes == null) {
            return "";
        }
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < SIZES.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, SIZES[unit]);
    }

    /** In the zone; a dash for null. */
    public static String time(Instant instant, ZoneId zone) {
        return instant == null ? "–" : TIME.format(instant.atZone(zone));
    }

    /** A dash for null and for nothing. */
    public static String or(String text) {
        return text == null || text.isBlank() ? "–" : text;
    }

    /** A piece of a path or a value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code 3 items}, {@code 1 item}. */
    public static String count(long number, String one) {
        return number(number) + " " + one + (number == 1 ? "" : "s");
    }
}
