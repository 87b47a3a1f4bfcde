// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalksTest {

    @Test
    void what_a_walk_found_is_begun_before_the_walk_counts_as_ended() {
        Walks walks = new Walks();
        List<Boolean> seen = new ArrayList<>();
        walks.begin(1, false);

        walks.end(() -> seen.add(walks.isRunning()));

        assertThat(seen).containsExactly(true);
        assertThat(walks.isRunning()).isFalse();
        assertThat(walks.areOver()).isTrue();
    }

    @Test
    void they_are_over_when_the_last_one_has_ended() {
        Walks walks = new Walks();
        assertThat(walks.areOver()).isFalse();
        assertThat(walks.begin(2, true)).isTrue();
        walks.end(() -> {});
        assertThat(walks.begin(2, false)).as("while one runs").isFalse();
        assertThat(walks.areMany()).isTrue();
        assertThat(walks.areOver()).isFalse();
        walks.end(() -> {});
        assertThat(walks.areOver()).isTrue();
    }

    @Test
    void a_stopped_feed_is_tried_again_in_the_next_round() {
        Walks walks = new Walks();
        assertThat(walks.stop("calls")).isEqualTo(1);
        assertThat(walks.stop("calls")).isEqualTo(1);
        assertThat(walks.stop("messages")).isEqualTo(2);
        assertThat(walks.isStopped("calls")).isTrue();
        walks.begin(1, false);
        assertThat(walks.isStopped("calls")).isFalse();
    }
}
