// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import io.callvault.gate.SimulatedServer.Headers;
import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * A gate with more to send than it may. An answer takes about a second, log-normally distributed, of which the way there
 * is some hundredths; of a thousand requests two are held up for one to three seconds on their way there.
 */
final class GateSimulation {

    /** What a fetching loop keeps going at once, at most. */
    private static final int WIDEST = 32;

    private static final int STRAGGLERS_OF_A_THOUSAND = 2;

    private final SettableClock time = new SettableClock(Instant.parse("2026-03-10T14:00:17.123Z"));
    private final HandAlarm alarm = new HandAlarm(time);
    private final Random random;
    private final SimulatedServer server;
    private final Headers headers;
    private final SlidingGate gate;
    private Duration wrong = Duration.ZERO;
    private int left;
    private int sent;
    private int accepted;
    private int refused;
    private int intoPenalty;
    private long silentUntil = Long.MIN_VALUE;
    private long began;
    private long ended;

    /** @param configured what the gate starts with */
    GateSimulation(long seed, SimulatedServer server, Headers headers, GateLimits configured) {
        this.random = new Random(seed);
        this.server = server;
        this.headers = headers;
        this.gate = new SlidingGate(
                new GateKey("lane", "heavy"), configured, new WrongClock(), alarm, Runnable::run, GateWatch.NONE);
        time.advance(Duration.ofMillis(random.nextInt(60_000)));
    }

    GateSimulation(long seed, SimulatedServer server, Headers headers) {
        this(seed, server, headers, new GateLimits(server.limit(), SimulatedServer.WINDOW, 100));
    }

    /** Sends until so many were accepted. */
    GateSimulation run(int requests) {
        left = requests;
        accepted = 0;
        began = alarm.nanos();
        int width = Math.min(gate.width(), WIDEST);
        for (int i = 0; i < width; i++) {
            send();
        }
        while (accepted < requests && alarm.next()) {
            continue;
        }
        return this;
    }

    /** Does it once, later. */
    GateSimulation after(Duration delay, Runnable action) {
        alarm.after(delay, action);
        return this;
    }

    /** Somebody sets the machine's clock. */
    void clockJumps(Duration by) {
        wrong = wrong.plus(by);
    }

    /** Another client of the same budget asks about that often, and is silent as long as it is told to be. */
    GateSimulation competitor(Duration every) {
        long nanos = (long) (every.toNanos() * (0.5 + random.nextDouble()));
        alarm.after(Duration.ofNanos(nanos), () -> {
            boolean isRefused = server.ask(alarm.nanos()) < 0;
            competitor(isRefused ? SimulatedServer.WINDOW.multipliedBy(2) : every);
        });
        return this;
    }

    /** The ideal's time divided by ours, to the last answer. */
    double efficiency() {
        long windows = (accepted + server.limit() - 1) / server.limit() - 1;
        return (double) windows * SimulatedServer.WINDOW.toNanos() / (ended - began);
    }

    Duration took() {
        return Duration.ofNanos(ended - began);
    }

    int refused() {
        return refused;
    }

    /** Requests that were sent in a time in which we had been told to be silent. */
    int intoPenalty() {
        return intoPenalty;
    }

    SlidingGate gate() {
        return gate;
    }

    @Override
    public String toString() {
        return "efficiency %.4f, %d refused, %d into a penalty, %d sent in %s"
                .formatted(efficiency(), refused, intoPenalty, sent, took());
    }

    private void send() {
        if (left <= 0) {
            return;
        }
        left--;
        gate.enter(Kind.CONTENT, "acme", null).thenAccept(entry -> {
            // A little time for a thread, before it is really sent.
            alarm.after(Duration.ofNanos(200_000 + random.nextInt(2_000_000)), () -> departs(entry));
        });
    }

    private void departs(Gate.Entry entry) {
        if (!gate.departs(entry)) {
            left++;
            send();
            return;
        }
        sent++;
        intoPenalty += alarm.nanos() < silentUntil ? 1 : 0;
        double there = 0.03 * Math.exp(0.5 * random.nextGaussian());
        if (random.nextInt(1000) < STRAGGLERS_OF_A_THOUSAND) {
            there += 1 + 2 * random.nextDouble();
        }
        double back = 1.1 * Math.exp(0.4 * random.nextGaussian());
        alarm.after(nanos(there), () -> arrives(entry, back));
    }

    private void arrives(Gate.Entry entry, double back) {
        int remaining = server.ask(alarm.nanos());
        RateAnswer answer = server.answer(remaining, headers);
        alarm.after(nanos(back), () -> {
            if (remaining < 0) {
                refused++;
                left++;
                silentUntil = alarm.nanos() + answer.retryAfter().toNanos();
            } else {
                accepted++;
                ended = alarm.nanos();
            }
            gate.answered(entry, answer);
            send();
        });
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** The machine's clock, which may be wrong. */
    private final class WrongClock extends Clock {

        @Override
        public Instant instant() {
            return time.instant().plus(wrong);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
