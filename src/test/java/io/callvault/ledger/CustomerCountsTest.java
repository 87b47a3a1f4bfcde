// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerCountsTest {

    @Test
    void all_is_right_when_everything_listed_is_stored_or_accounted_for() {
        assertThat(counts(Map.of("stored", 3L, "gone", 1L, "not-retained", 2L), 0, null).state())
                .isEqualTo("ok");
    }

    @Test
    void a_customer_is_behind_while_something_is_not_stored() {
        assertThat(counts(Map.of("due", 1L), 0, null).state()).isEqualTo("behind");
        assertThat(counts(Map.of("waiting", 1L), 0, null).state()).isEqualTo("behind");
        assertThat(counts(Map.of("dead", 1L), 0, null).state()).isEqualTo("behind");
    }

    @Test
    void a_customer_is_behind_while_an_extension_is_not_visible() {
        assertThat(counts(Map.of("stored", 3L), 1, null).state()).isEqualTo("behind");
    }

    @Test
    void what_stopped_the_customer_comes_first() {
        assertThat(counts(Map.of("due", 1L), 1, "CREDENTIALS_REJECTED").state()).isEqualTo("stopped");
    }

    private static CustomerCounts counts(Map<String, Long> items, long notVisible, String stopped) {
        return new CustomerCounts(
                "acme", Map.of(), items, notVisible, 0, 0, null, null, List.of(), List.of(), stopped, List.of());
    }
}
