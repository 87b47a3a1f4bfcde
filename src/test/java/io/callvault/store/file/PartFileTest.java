// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {

    private static final int PUTS = 3_000;

    @TempDir
    Path directory;

    /** Another put into the same new directory sweeps it, at any moment between a part's making and its lock. */
    @Test
    void a_sweep_leaves_what_this_process_is_making() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> sweeper = CompletableFuture.runAsync(() -> {
            while (!isOver.get()) {
                try {
                    PartFile.sweep(directory);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        try {
            for (int i = 0; i < PUTS; i++) {
                try (PartFile part = PartFile.in(directory)) {
                    assertThat(part.path()).exists();
                }
            }
        } finally {
            isOver.set(true);
        }
        sweeper.get();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_sweep_takes_away_what_a_crash_left() throws IOException {
        Path left;
        try (PartFile part = PartFile.in(directory)) {
            left = part.path();
        }
        Files.writeString(left, "half");

        PartFile.sweep(directory);

        assertThat(left).doesNotExist();
    }
}
