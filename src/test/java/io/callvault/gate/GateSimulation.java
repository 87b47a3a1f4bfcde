// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** A gate with more to send than it may, before a server that counts in a window and is some milliseconds away. */
final class GateSimulation {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int WAITING = 64;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T14:00:00.123Z"));
    private final HandAlarm alarm = new HandAlarm(clock);
    private final Random random;
    private final Server server;
    private final boolean hasHeaders;
    private final SlidingGate gate;
    private int accepted;
    private int refused;

    /**
     * @param hasHeaders whether the server's answers say anything of the budget
     * @param configured the limit that the gate starts with
     */
    GateSimulation(long seed, Server server, boolean hasHeaders, int configured) {
        this.random = new Random(seed);
        this.server = server;
        this.hasHeaders = hasHeaders;
        this.gate = new SlidingGate(
                new GateKey("lane", "heavy"), new GateLimits(configured, WINDOW, 100), clock, alarm, Runnable::run, refused -> {});
    }

    GateSimulation run(Duration duration) {
        Instant end = clock.instant().plus(duration);
        for (int i = 0; i < WAITING; i++) {
            send();
        }
        while (clock.instant().isBefore(end) && alarm.next()) {
            continue;
        }
        return this;
    }

    int accepted() {
        return accepted;
    }

    int refused() {
        return refused;
    }

    private void send() {
        gate.enter(Kind.CONTENT, null)
                .thenAccept(entry -> alarm.after(Duration.ofMillis(1 + random.nextInt(120)), () -> arrives(entry)));
    }

    private void arrives(Gate.Entry entry) {
        int remaining = server.ask(clock.instant());
        boolean isRefused = remaining < 0;
        if (isRefused) {
            refused++;
        } else {
            accepted++;
        }
        RateAnswer answer = hasHeaders
                ? new RateAnswer(isRefused, "heavy", server.limit(), Math.max(0, remaining), WINDOW, isRefused ? WINDOW : null)
                : new RateAnswer(isRefused, null, null, null, null, isRefused ? WINDOW : null);
        alarm.after(Duration.ofMillis(1 + random.nextInt(900)), () -> {
            gate.answered(entry, answer);
            send();
        });
    }

    /** Counts requests. */
    interface Server {
        int limit();

        /** @return how many remain in the window after this one; negative when it is refused */
        int ask(Instant now);
    }

    /** As RingCentral does. */
    static Server sliding(int limit) {
        return new Server() {
            private final Deque<Instant> log = new ArrayDeque<>();

            @Override
            public int limit() {
                return limit;
            }

            @Override
            public int ask(Instant now) {
                while (!log.isEmpty() && !log.peek().plus(WINDOW).isAfter(now)) {
                    log.remove();
                }
                if (log.size() >= limit) {
                    return -1;
                }
                log.add(now);
                return limit - log.size();
            }
        };
    }

    /** Begins to count anew at every full minute. */
    static Server fixed(int limit) {
        return new Server() {
            private final List<Instant> log = new ArrayList<>();
            private long minute;

            @Override
            public int limit() {
                return limit;
            }

            @Override
            public int ask(Instant now) {
                if (now.getEpochSecond() / 60 != minute) {
                    minute = now.getEpochSecond() / 60;
                    log.clear();
                }
                if (log.size() >= limit) {
                    return -1;
                }
                log.add(now);
                return limit - log.size();
            }
        };
    }
}
