// SPDX-License-Identifier: Apache-2.0
package io.callvault.testing;

import io.callvault.gate.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** An alarm and its clock, both moved by hand. For one thread. */
public final class HandAlarm implements Alarm {

    private final SettableClock clock;
    private final Queue<Call> calls =
            new PriorityQueue<>(Comparator.comparing(Call::at).thenComparing(Call::number));
    private long number;

    public HandAlarm(SettableClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable action) {
        calls.add(new Call(clock.instant().plus(delay), ++number, action));
    }

    @Override
    public long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    /** Moves the clock on, stopping at every call on the way. */
    public void advance(Duration duration) {
        Instant end = clock.instant().plus(duration);
        while (!calls.isEmpty() && !calls.peek().at().isAfter(end)) {
            next();
        }
        clock.set(end);
    }

    /**
     * Moves the clock to the next call and makes it.
     *
     * @return false when there is none
     */
    public boolean next() {
        Call call = calls.poll();
        if (call == null) {
            return false;
        }
        if (call.at().isAfter(clock.instant())) {
            clock.set(call.at());
        }
        call.action().run();
        return true;
    }

    private record Call(Instant at, long number, Runnable action) {}
}
