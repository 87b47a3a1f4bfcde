// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No sequence of faults, crashes, changed settings, lost targets, altered bytes and clock steps releases what is not proved
 * everywhere at that moment; and when all is mended, everything goes that may.
 */
class ReleaseSequenceTest {

    private static final int STEPS = 60;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothing_goes_that_is_not_proved_everywhere_at_that_moment(long seed) throws Exception {
        try (SequenceWorld world = new SequenceWorld(directory, seed)) {
            for (int i = 0; i < STEPS; i++) {
                world.step();
            }
            assertThat(world.violations()).as("seed " + seed + ": " + world.story()).isEmpty();
            world.mend();
            assertThat(world.violations()).as("seed " + seed + ": " + world.story()).isEmpty();
            assertThat(world.left()).as("seed " + seed + ": " + world.story()).isEqualTo(world.damaged());
        }
    }
}
