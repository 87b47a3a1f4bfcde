// SPDX-License-Identifier: Apache-2.0
package io.callvault.testing;

import io.callvault.gate.Alarm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Time that goes on evenly and much faster than the machine's, second by second. For programs that never end by themselves,
 * and any number of threads.
 */
public final class PacedTime implements Alarm, AutoCloseable {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final SettableClock clock;
    private final long pauseMillis;
    private final Queue<Call> calls =
            new PriorityQueue<>(Comparator.comparing(Call::at).thenComparing(Call::number));
    private long number;
    private boolean isOver;

    /** @param pauseMillis how long each second takes */
    public PacedTime(Instant now, long pauseMillis) {
        this.clock = new SettableClock(now);
        this.pauseMillis = pauseMillis;
        Thread thread = new Thread(this::run, "paced-time");
        thread.setDaemon(true);
        thread.start();
    }

    public Clock clock() {
        return clock;
    }

    @Override
    public synchronized void after(Duration delay, Runnable action) {
        calls.add(new Call(clock.instant().plus(delay), ++number, action));
    }

    @Override
    public long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    /** Returns when it is so late. */
    public synchronized void await(Instant time) throws InterruptedException {
        while (clock.instant().isBefore(time) && !isOver) {
            wait();
        }
    }

    @Override
    public synchronized void close() {
        isOver = true;
        notifyAll();
    }

    private void run() {
        try {
            for (List<Call> due = step(); due != null; due = step()) {
                due.forEach(call -> call.action().run());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when it is over. */
    private synchronized List<Call> step() throws InterruptedException {
        long until = System.nanoTime() + pauseMillis * 1_000_000;
        for (long left = pauseMillis; left > 0 && !isOver; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        if (isOver) {
            return null;
        }
        clock.advance(STEP);
        notifyAll();
        List<Call> due = new ArrayList<>();
        while (!calls.isEmpty() && !calls.peek().at().isAfter(clock.instant())) {
            due.add(calls.poll());
        }
        return due;
    }

    private record Call(Instant at, long number, Runnable action) {}
}
