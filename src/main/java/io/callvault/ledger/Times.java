// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.UtcTimes;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Times as the ledger writes them: UTC with exactly three digits after the point, so that they sort as text. */
final class Times {

    /** Stands for a loss that is not known, behind all that are. */
    static final String NEVER = "9999-12-31T00:00:00.000Z";

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Times() {}

    /** The millisecond that holds the instant; null for null. */
    static String text(Instant instant) {
        if (instant == null) {
            return null;
        }
        String text = UtcTimes.write(instant);
        return text != null ? text : FORMAT.format(instant);
    }

    /** The first millisecond that is not before the instant, for times before which something may not happen. */
    static String notBefore(Instant instant) {
        return instant == null || instant.getNano() % 1_000_000 == 0
                ? text(instant)
                : text(instant.plusNanos(999_999));
    }

    /** Null for null. */
    static Instant instant(String text) {
        if (text == null) {
            return null;
        }
        Instant instant = UtcTimes.read(text);
        return instant != null ? instant : Instant.parse(text);
    }

    static Instant loss(String text) {
        return NEVER.equals(text) ? null : instant(text);
    }
}
