// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class OutageTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final Outage outage = new Outage();

    @Test
    void one_thing_that_fails_again_and_again_fails_by_itself() {
        for (int i = 0; i < 10; i++) {
            assertThat(outage.failed("recording/1", false, NOW)).isNull();
        }
    }

    @Test
    void three_different_things_without_a_success_between_are_the_servers_failure() {
        assertThat(outage.failed("recording/1", false, NOW)).isNull();
        assertThat(outage.failed("recording/2", false, NOW)).isNull();
        assertThat(outage.failed("recording/3", false, NOW)).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void a_success_between_shows_that_the_server_works() {
        outage.failed("recording/1", false, NOW);
        outage.failed("recording/2", false, NOW);
        outage.succeeded();
        assertThat(outage.failed("recording/3", false, NOW)).isNull();
    }

    @Test
    void a_server_that_cannot_be_reached_is_asked_after_ever_longer_pauses_of_a_minute_at_most() {
        Instant now = NOW;
        for (long pause : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            Instant probe = outage.failed("recording/1", true, now);
            assertThat(probe).isEqualTo(now.plusSeconds(pause));
            // Whoever was on the way too learns the same time and is no further probe.
            assertThat(outage.failed("recording/2", true, now)).isEqualTo(probe);
            now = probe;
        }
        assertThat(outage.probes()).isEqualTo(8);
        outage.succeeded();
        assertThat(outage.probes()).isZero();
    }
}
