// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The form in which most times come and go, {@code 2026-03-10T14:05:09.123Z}, read and written without a formatter: a listing of a
 * million records has several millions of them.
 */
public final class UtcTimes {

    private static final String FORM = "0000-00-00T00:00:00.000Z";
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private UtcTimes() {}

    /** @return null when the text is of another form, or no time */
    public static Instant read(String text) {
        if (text.length() != FORM.length()) {
            return null;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) == '0' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
                return null;
            }
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            number(text, 20, 23) * 1_000_000)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    /**
     * The millisecond that holds the instant.
     *
     * @return null for years that do not have four digits
     */
    public static String write(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST || second > LAST) {
            return null;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, instant.getNano(), ZoneOffset.UTC);
        char[] text = FORM.toCharArray();
        number(text, 0, 4, time.getYear());
        number(text, 5, 7, time.getMonthValue());
        number(text, 8, 10, time.getDayOfMonth());
        number(text, 11, 13, time.getHour());
        number(text, 14, 16, time.getMinute());
        number(text, 17, 19, time.getSecond());
        number(text, 20, 23, time.getNano() / 1_000_000);
        return new String(text);
    }

    private static void number(char[] text, int from, int to, int number) {
        int left = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (char) ('0' + left % 10);
            left /= 10;
        }
    }
}
