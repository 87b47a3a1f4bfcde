// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {

    private static final long MILLI = 1_000_000;
    private static final long MINUTE = 60_000 * MILLI;

    private final Lateness lateness = new Lateness();

    @Test
    void of_the_first_few_the_answer_counts() {
        assertThat(lateness.latest(0, 900 * MILLI, MINUTE)).isEqualTo(900 * MILLI);
    }

    @Test
    void later_a_small_guard_is_enough() {
        usual(900);
        assertThat(lateness.latest(0, 900 * MILLI, MINUTE)).isEqualTo(250 * MILLI);
        assertThat(lateness.latest(0, 900 * MILLI, MINUTE / 30)).isEqualTo(80 * MILLI);
    }

    @Test
    void an_answer_sooner_than_the_guard_says_all() {
        usual(20);
        assertThat(lateness.latest(0, 25 * MILLI, MINUTE)).isEqualTo(25 * MILLI);
    }

    @Test
    void what_took_unusually_long_may_have_been_held_up_on_its_way() {
        usual(900);
        assertThat(lateness.latest(0, 2_900 * MILLI, MINUTE)).isEqualTo(2_000 * MILLI);
    }

    @Test
    void refusals_make_the_guard_wider_and_time_makes_it_narrow_again() {
        usual(900);
        lateness.widen();
        assertThat(lateness.latest(0, 900 * MILLI, MINUTE)).isEqualTo(500 * MILLI);
        lateness.narrow();
        assertThat(lateness.latest(0, 900 * MILLI, MINUTE)).isEqualTo(250 * MILLI);
    }

    private void usual(long millis) {
        for (int i = 0; i < 64; i++) {
            lateness.latest(0, millis * MILLI, MINUTE);
        }
    }
}
