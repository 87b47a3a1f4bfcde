// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system of its own, where this user may mount one. */
record Tmpfs(Path directory) implements AutoCloseable {

    /** @return empty when this user or this system cannot */
    static Optional<Tmpfs> mount(Path directory, String options) throws IOException {
        Files.createDirectory(directory);
        return run("mount", "-t", "tmpfs", "-o", options, "callvault-test", directory.toString())
                ? Optional.of(new Tmpfs(directory))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        run("umount", directory.toString());
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
