// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoundObjectsTest {

    private final FoundObjects found = new FoundObjects();

    @Test
    void many_objects_are_found_again_with_their_lengths() {
        for (int i = 0; i < 100_000; i++) {
            found.add("acme/" + i, i);
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(found.length("acme/" + i)).isEqualTo(i);
        }
        assertThat(found.length("acme/100000")).isNull();
        assertThat(found.isUnexplained("acme/7")).isTrue();
        for (int i = 1; i < 100_000; i++) {
            found.explain("acme/" + i);
        }
        assertThat(found.hasUnexplained()).isTrue();
        found.explain("acme/0");
        assertThat(found.hasUnexplained()).isFalse();
        assertThat(found.length("acme/7")).as("explaining leaves the length").isEqualTo(7);
    }

    @Test
    void what_is_not_there_is_neither_explained_nor_unexplained() {
        found.explain("a");
        assertThat(found.isUnexplained("a")).isFalse();
        assertThat(found.hasUnexplained()).isFalse();
        found.add("a", 1);
        found.add("a", 2);
        assertThat(found.length("a")).isEqualTo(2);
        assertThat(found.isUnexplained("a")).isTrue();
        found.add("empty", 0);
        assertThat(found.length("empty")).isZero();
    }
}
