// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimesTest {

    private static final DateTimeFormatter THE_JDKS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    @Test
    void every_time_is_written_and_read_as_the_jdk_does() {
        Random random = new Random(7);
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    i == 0 ? first : i == 1 ? last : random.nextLong(first, last + 1), random.nextInt(1_000_000_000));
            String text = THE_JDKS.format(instant);
            assertThat(UtcTimes.write(instant)).isEqualTo(text);
            assertThat(UtcTimes.read(text)).isEqualTo(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-10T14:05:09Z",
                "2026-03-10T14:05:09.1234Z",
                "2026-03-10 14:05:09.123Z",
                "2026-03-10T14:05:09.123+",
                "2026-02-30T14:05:09.123Z",
                "2026-13-10T14:05:09.123Z",
                "2026-03-10T24:05:09.123Z",
                "2026-03-10T14:05:60.123Z",
                "2026-03-1\u0661T14:05:09.123Z",
                "+026-03-10T14:05:09.123Z",
            })
    void another_form_and_what_is_no_time_is_left_to_others(String text) {
        assertThat(UtcTimes.read(text)).isNull();
    }

    @Test
    void a_year_of_more_digits_is_left_to_others() {
        assertThat(UtcTimes.write(Instant.parse("+10000-01-01T00:00:00Z"))).isNull();
        assertThat(UtcTimes.write(Instant.parse("-0001-12-31T23:59:59Z"))).isNull();
        assertThat(UtcTimes.write(Instant.MAX)).isNull();
    }
}
