// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.gate.Alarm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that everything runs on. */
final class Workers implements Executor, Alarm, AutoCloseable {

    private static final int THREADS = 48;

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService workers = Executors.newFixedThreadPool(
            THREADS, work -> daemon(new Worker(work, "callvault-worker-" + number.incrementAndGet())));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(new Thread(work, "callvault-timer")));

    @Override
    public void execute(Runnable command) {
        try {
            workers.execute(command);
        } catch (RejectedExecutionException e) {
            // Stopping: what is left ends on the caller's thread.
            command.run();
        }
    }

    /** Runs at once what a worker asks for, and hands over what another thread does. */
    Executor here() {
        return command -> {
            if (Thread.currentThread() instanceof Worker) {
                command.run();
            } else {
                execute(command);
            }
        };
    }

    /** Completes after a while, on a worker. */
    CompletionStage<Void> pause(Duration delay) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        after(delay, () -> execute(() -> over.complete(null)));
        return over;
    }

    @Override
    public void after(Duration delay, Runnable action) {
        try {
            timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            execute(action);
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    private static final class Worker extends Thread {
        private Worker(Runnable work, String name) {
            super(work, name);
        }
    }
}
