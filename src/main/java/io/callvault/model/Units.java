// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: a whole number and a unit. */
public final class Units {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s?(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s?(B|KB|MB|GB|TB)");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Units() {}

    /**
     * A whole number of {@code ms}, {@code s}, {@code m}, {@code h} or {@code d} (24 hours).
     *
     * @throws IllegalArgumentException for anything else, for nothing at all, and for more than 36,500 days
     */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException();
        }
        return duration;
    }

    /**
     * Bytes: a whole number of {@code B}, {@code KB}, {@code MB}, {@code GB} or {@code TB}, each 1,024 of the one
     * before.
     *
     * @throws IllegalArgumentException for anything else, and for more than fits a long
     */
    public static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        long unit =
                switch (matcher.group(2)) {
                    case "B" -> 1;
                    case "KB" -> 1L << 10;
                    case "MB" -> 1L << 20;
                    case "GB" -> 1L << 30;
                    default -> 1L << 40;
                };
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
