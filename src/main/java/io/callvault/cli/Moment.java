// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A date or an instant on the command line. One of the two is null.
 *
 * @param instant the instant
 * @param day the date: where it begins depends on the time zone
 */
record Moment(Instant instant, LocalDate day) {

    /** The instant, or the first one of the day in this zone. */
    Instant first(ZoneId zone) {
        return instant != null ? instant : day.atStartOfDay(zone).toInstant();
    }

    /** The instant, or the first one of the day after in this zone. */
    Instant end(ZoneId zone) {
        return instant != null ? instant : day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** Reads {@code 2026-03-10} or {@code 2026-03-10T18:00:00Z}. */
    static final class Converter implements ITypeConverter<Moment> {

        @Override
        public Moment convert(String text) {
            try {
                return text.contains("T")
                        ? new Moment(OffsetDateTime.parse(text).toInstant(), null)
                        : new Moment(null, LocalDate.parse(text));
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is neither a date such as 2026-03-10 nor an instant such as 2026-03-10T18:00:00Z");
            }
        }
    }
}
