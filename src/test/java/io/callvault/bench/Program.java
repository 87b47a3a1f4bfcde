// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged program at work, until it is stopped. */
final class Program implements AutoCloseable {

    private static final int POLL_MILLIS = 2;
    private static final int LONGEST_MINUTES = 10;

    private final Path output;
    private final long began = System.nanoTime();
    private final Process process;

    /** @param folder where it runs; what it says goes to {@code run.txt} there */
    Program(Path folder, List<String> command) throws IOException {
        this.output = folder.resolve("run.txt");
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    long pid() {
        return process.pid();
    }

    boolean hasSaid(String text) {
        try {
            return Files.readString(output).contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits for something it brings about.
     *
     * @return seconds since it was started
     */
    double until(BooleanSupplier isSo) throws InterruptedException {
        long latest = began + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
        while (!isSo.getAsBoolean()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > latest) {
                throw new IllegalStateException("it ended, or did nothing for ten minutes, see " + output);
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Lets it go on for so long. Second by second, so that time in which both are stopped from outside does not count. */
    void rest(int seconds) throws InterruptedException {
        for (int i = 0; i < seconds; i++) {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it ended by itself with " + process.exitValue() + ", see " + output);
            }
        }
    }

    /**
     * Asks it to end.
     *
     * @return seconds until it had
     */
    double stop() throws InterruptedException {
        long asked = System.nanoTime();
        process.destroy();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("it did not end, see " + output);
        }
        if (process.exitValue() != 0) {
            System.out.println("it gave up what was still to be done with " + process.exitValue() + ", see " + output);
        }
        return (System.nanoTime() - asked) / 1e9;
    }

    /** Kills it if it is still there. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
