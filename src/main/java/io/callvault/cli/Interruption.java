// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C: what runs is told to end, and when it has, the process exits with the code that this end means,
 * instead of the one that the Java machine would choose.
 */
final class Interruption {

    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int code = ExitCode.WORK_LEFT;

    private Interruption() {}

    /** From now on a signal calls {@code halt}. */
    static Interruption calls(Runnable halt) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.signal(halt), "callvault-signal"));
        return interruption;
    }

    /** What was to be ended has ended. */
    int over(int exitCode) {
        code = exitCode;
        over.countDown();
        return exitCode;
    }

    private void signal(Runnable halt) {
        if (over.getCount() == 0) {
            return;
        }
        halt.run();
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("callvault: what was running did not end; given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
