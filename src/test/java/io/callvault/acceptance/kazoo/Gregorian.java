// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Kazoo's times: whole seconds since the year 0, UTC. */
final class Gregorian {

    /** 1970-01-01T00:00:00Z. */
    static final long EPOCH = 62_167_219_200L;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM").withZone(ZoneOffset.UTC);

    private Gregorian() {}

    static long of(Instant instant) {
        return EPOCH + instant.getEpochSecond();
    }

    static Instant instant(long seconds) {
        return Instant.ofEpochSecond(seconds - EPOCH);
    }

    /** Name of the monthly database of that moment, as 202401. */
    static String month(Instant instant) {
        return MONTH.format(instant);
    }
}
