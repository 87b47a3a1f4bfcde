// SPDX-License-Identifier: Apache-2.0
package io.callvault.testing;

import io.callvault.gate.Alarm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Time that stands still while there is something to do and flies when somebody waits: whoever asks to be called back in
 * an hour is called at once, and the clock is an hour on. For any number of threads.
 */
public final class FlyingTime implements Alarm, AutoCloseable {

    private final SettableClock clock;
    private final Queue<Call> calls =
            new PriorityQueue<>(Comparator.comparing(Call::at).thenComparing(Call::number));
    private long number;
    private boolean isOver;

    public FlyingTime(Instant now) {
        this.clock = new SettableClock(now);
        Thread thread = new Thread(this::run, "flying-time");
        thread.setDaemon(true);
        thread.start();
    }

    public Clock clock() {
        return clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Lets so much time pass. */
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public synchronized void after(Duration delay, Runnable action) {
        calls.add(new Call(clock.instant().plus(delay), ++number, action));
        notifyAll();
    }

    @Override
    public long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    @Override
    public synchronized void close() {
        isOver = true;
        notifyAll();
    }

    private void run() {
        try {
            for (Call call = next(); call != null; call = next()) {
                call.action().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Call next() throws InterruptedException {
        while (calls.isEmpty() && !isOver) {
            wait();
        }
        Call call = isOver ? null : calls.poll();
        if (call != null && call.at().isAfter(clock.instant())) {
            clock.set(call.at());
        }
        return call;
    }

    private record Call(Instant at, long number, Runnable action) {}
}
