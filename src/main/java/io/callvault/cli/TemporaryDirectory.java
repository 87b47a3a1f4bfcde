// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory in the home for as long as a command runs. */
record TemporaryDirectory(Path path) implements AutoCloseable {

    /** @throws StopAllException if the home cannot be written to */
    static TemporaryDirectory in(Path home, String command) {
        try {
            Files.createDirectories(home);
            return new TemporaryDirectory(Files.createTempDirectory(home, command + "-"));
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to make a directory for temporary files in " + home + " but it failed: " + e
                            + ". Set callvault.home to a directory that can be written",
                    e);
        }
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException ignored) {
            // Temporary files that are left over do no harm but take room.
        }
    }
}
