// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * How long to wait; never negative.
     *
     * @param value the header's; null when it is absent
     * @param date the same answer's header {@code Date}, by which a date is read, so that it does not matter whose clock is
     *     wrong; null or unreadable for our own clock
     * @return null when it is absent or makes no sense
     */
    public static Duration of(String value, String date, Instant now) {
        if (value == null) {
            return null;
        }
        String stripped = value.strip();
        if (stripped.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(stripped));
        }
        Instant until = date(stripped);
        if (until == null) {
            return null;
        }
        Instant from = date == null ? null : date(date.strip());
        Duration wait = Duration.between(from == null ? now : from, until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Instant date(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
