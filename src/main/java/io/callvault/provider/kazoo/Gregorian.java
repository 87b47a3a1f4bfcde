// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/** Kazoo's time: whole seconds since the year 0 of the Gregorian calendar, UTC. */
final class Gregorian {

    /** Seconds from then to 1970. */
    private static final long EPOCH = 62_167_219_200L;

    private Gregorian() {}

    /** A fraction of a second is dropped. */
    static long of(Instant instant) {
        return instant.getEpochSecond() + EPOCH;
    }

    static Instant instant(long seconds) {
        return Instant.ofEpochSecond(seconds - EPOCH);
    }

    /** A number, or a text of digits; null for anything else, and for what is before 1970 or after the year 9999. */
    static Instant instant(JsonNode value) {
        return value.isValueNode() ? parse(value.asText()) : null;
    }

    /** The same of a text. */
    static Instant parse(String value) {
        String text = value.strip();
        if (!text.matches("[0-9]{11,12}") || Long.parseLong(text) < EPOCH) {
            return null;
        }
        try {
            Instant instant = instant(Long.parseLong(text));
            return instant.isBefore(Instant.parse("9999-01-01T00:00:00Z")) ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
