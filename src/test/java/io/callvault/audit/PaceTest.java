// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T14:00:00Z"));
    private Duration paused = Duration.ZERO;

    @Test
    void so_many_bytes_take_so_many_seconds_whoever_reads_them() {
        Pace pace = new Pace(1000, clock, this::pause);
        for (int i = 0; i < 10; i++) {
            pace.took(500);
        }
        assertThat(paused).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void time_in_which_nothing_was_read_is_not_caught_up() {
        Pace pace = new Pace(1000, clock, this::pause);
        pace.took(1000);
        clock.advance(Duration.ofHours(1));
        pace.took(2000);
        assertThat(paused).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_second_is_read_at_once_and_without_a_bound_much() {
        assertThat(new Pace(5_000_000, clock, this::pause).piece()).isEqualTo(5_000_000);
        assertThat(new Pace(1, clock, this::pause).piece()).isEqualTo(64 << 10);
        assertThat(Pace.unbounded().piece()).isEqualTo(64 << 20);
        Pace.unbounded().took(1L << 40);
        assertThat(paused).isZero();
    }

    private void pause(Duration time) {
        paused = paused.plus(time);
        clock.advance(time);
    }
}
