// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate whose window is the time in which a token bucket fills, against such a bucket, which says nothing of its level. */
class TokenBucketTest {

    private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
    private static final int CAPACITY = 100;
    private static final int EACH_SECOND = 10;
    private static final Duration FILLS = Duration.ofSeconds(CAPACITY / EACH_SECOND);
    private static final Duration RUN = Duration.ofMinutes(30);

    private final SettableClock clock = new SettableClock(NOW);
    private final HandAlarm alarm = new HandAlarm(clock);
    private int level = CAPACITY;
    private long answered;
    private long refused;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void it_is_never_found_empty_and_nearly_all_of_it_is_used(int seed) {
        Random random = new Random(seed);
        SlidingGate gate = new SlidingGate(
                new GateKey("server|account|key", "api"),
                new GateLimits(CAPACITY, FILLS, 100),
                clock,
                alarm,
                Runnable::run,
                GateWatch.NONE);
        drip(Duration.ofMillis(random.nextInt(1_000)));
        for (int i = 0; i < gate.width(); i++) {
            ask(gate, random);
        }

        alarm.advance(RUN);

        assertThat(refused).isZero();
        assertThat((double) answered).isGreaterThan(0.95 * EACH_SECOND * RUN.toSeconds());
    }

    /** The bucket gets its tokens a second's worth at a time. */
    private void drip(Duration first) {
        alarm.after(first, () -> {
            level = Math.min(CAPACITY, level + EACH_SECOND);
            drip(Duration.ofSeconds(1));
        });
    }

    /** One after another: a request is counted on its way, and answered some time later. */
    private void ask(SlidingGate gate, Random random) {
        gate.enter(Kind.CONTENT, "acme", null).thenAccept(entry -> {
            gate.departs(entry);
            long there = 5 + random.nextInt(30);
            long back = 5 + random.nextInt(200);
            alarm.after(Duration.ofMillis(there), () -> {
                boolean isRefused = level == 0;
                level -= isRefused ? 0 : 1;
                refused += isRefused ? 1 : 0;
                answered += isRefused ? 0 : 1;
                alarm.after(Duration.ofMillis(back), () -> {
                    gate.answered(entry, new RateAnswer(isRefused, null, null, null, null, isRefused ? FILLS : null));
                    ask(gate, random);
                });
            });
        });
    }
}
