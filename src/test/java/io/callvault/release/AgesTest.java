// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.ledger.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgesTest {

    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static Releases.Made made(int number, int daysAgo) {
        return new Releases.Made("nas", number, ago(daysAgo));
    }

    @Test
    void the_earlier_of_two_clocks_counts() {
        assertThat(new Ages(List.of(), NOW, NOW).isOver(ago(7), null, WEEK)).isTrue();
        assertThat(new Ages(List.of(), NOW, NOW).isOver(ago(7).plusMillis(1), null, WEEK)).isFalse();
        assertThat(new Ages(List.of(), NOW, NOW.minusSeconds(1)).isOver(ago(7), null, WEEK)).isFalse();
        assertThat(new Ages(List.of(), NOW, NOW.plusSeconds(900)).isOver(ago(6), null, WEEK)).isFalse();
    }

    @Test
    void nothing_is_stored_before_it_began_nor_without_a_time() {
        Ages ages = new Ages(List.of(), NOW, NOW);
        assertThat(ages.isOver(ago(30), ago(3), WEEK)).isFalse();
        assertThat(ages.isOver(ago(30), ago(40), WEEK)).isTrue();
        assertThat(ages.isOver(null, ago(40), WEEK)).isFalse();
    }

    @Test
    void where_the_clock_was_set_back_the_latest_time_before_counts() {
        Ages ages = new Ages(List.of(made(1, 40), made(2, 3), made(3, 20), made(4, 1)), NOW, NOW);
        assertThat(ages.isOver(ago(20), null, WEEK)).as("perhaps two days ago").isFalse();
        assertThat(ages.isOver(ago(10), null, WEEK)).isFalse();
        assertThat(ages.isOver(ago(30), null, WEEK)).as("before all that").isTrue();
        assertThat(new Ages(List.of(made(1, 40), new Releases.Made("vault", 1, ago(50))), NOW, NOW)
                        .isOver(ago(45), null, WEEK))
                .as("each chain has its own order")
                .isTrue();
    }
}
