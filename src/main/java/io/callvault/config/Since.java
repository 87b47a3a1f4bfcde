// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.model.Units;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * How far back a customer's first run goes. Exactly one of the three is set, the others are null.
 *
 * @param ago this long before the run
 * @param date the beginning of this day in the customer's time zone
 * @param instant this moment
 */
public record Since(Duration ago, LocalDate date, Instant instant) {

    /** The moment meant, for a run at {@code now} of a customer in {@code zone}. */
    public Instant from(Instant now, ZoneId zone) {
        if (ago != null) {
            return now.minus(ago);
        }
        return date != null ? date.atStartOfDay(zone).toInstant() : instant;
    }

    /** @throws IllegalArgumentException when the text is no duration, no ISO date and no ISO instant */
    static Since parse(String text) {
        try {
            if (text.contains("T")) {
                return new Since(null, null, OffsetDateTime.parse(text).toInstant());
            }
            if (text.contains("-")) {
                return new Since(null, LocalDate.parse(text), null);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(null, e);
        }
        return new Since(Units.duration(text), null, null);
    }
}
