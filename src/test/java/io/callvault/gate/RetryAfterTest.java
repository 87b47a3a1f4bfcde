// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");

    @Test
    void seconds_are_read() {
        assertThat(RetryAfter.of(" 33 ", null, NOW)).isEqualTo(Duration.ofSeconds(33));
        assertThat(RetryAfter.of("0", null, NOW)).isZero();
    }

    @Test
    void a_date_is_read_by_our_clock_or_by_the_answers_own() {
        assertThat(RetryAfter.of("Tue, 10 Mar 2026 14:01:30 GMT", null, NOW)).isEqualTo(Duration.ofSeconds(90));
        assertThat(RetryAfter.of("Tue, 10 Mar 2026 15:01:30 GMT", "Tue, 10 Mar 2026 15:00:30 GMT", NOW))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(RetryAfter.of("Tue, 10 Mar 2026 14:01:30 GMT", "yesterday", NOW)).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_date_that_is_over_means_now() {
        assertThat(RetryAfter.of("Tue, 10 Mar 2026 13:00:00 GMT", null, NOW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1e9", "99999999999999999999", "Tue, 99 Mar 2026 14:00:00 GMT"})
    void nonsense_is_as_good_as_nothing(String value) {
        assertThat(RetryAfter.of(value, null, NOW)).isNull();
        assertThat(RetryAfter.of(null, null, NOW)).isNull();
    }
}
