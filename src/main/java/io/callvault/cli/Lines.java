// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long work goes: a line on standard error every ten seconds, until it is closed. */
final class Lines implements AutoCloseable {

    private static final long EVERY_SECONDS = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "callvault-progress");
        thread.setDaemon(true);
        return thread;
    });

    private final Supplier<String> line;

    Lines(Supplier<String> line) {
        this.line = line;
    }

    void start() {
        PrintStream err = System.err;
        timer.scheduleAtFixedRate(() -> err.println(line.get()), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
