// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command that has been started. Every wait for it has a limit. */
public final class Running implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path err;

    Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended by itself within that time. */
    public boolean ends(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end; one that takes longer is killed and is a failure. */
    public Outcome outcome(Duration limit) {
        if (!ends(limit)) {
            kill();
            throw new AssertionError("still running after " + limit + "\n--- standard output\n" + text(out)
                    + "\n--- standard error\n" + text(err));
        }
        return new Outcome(process.exitValue(), text(out), text(err));
    }

    /** All it has said by now. */
    public String said() {
        return text(out) + "\n" + text(err);
    }

    /** SIGTERM: please stop. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL: no more lines of it run. */
    public void kill() {
        process.destroyForcibly();
        if (!ends(Duration.ofSeconds(30))) {
            throw new IllegalStateException("a killed process does not end");
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
