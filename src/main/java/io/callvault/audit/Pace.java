// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** How fast is read: so many bytes a second by all threads together, or as fast as it goes. */
public final class Pace {

    private static final long PIECE = 64L << 20;
    private static final long SMALLEST_PIECE = 64L << 10;
    private static final long NANOS = 1_000_000_000L;

    private final long bytesPerSecond;
    private final Clock clock;
    private final Consumer<Duration> pause;
    private Instant free = Instant.EPOCH;

    /**
     * @param bytesPerSecond at least 1; 0 for no bound
     * @param clock and {@code pause}: may be null without a bound
     * @param pause holds the thread so long
     */
    public Pace(long bytesPerSecond, Clock clock, Consumer<Duration> pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        this.pause = pause;
    }

    /** As fast as it goes. */
    public static Pace unbounded() {
        return new Pace(0, null, null);
    }

    /** How many bytes to read at once: about a second's worth. */
    long piece() {
        return bytesPerSecond == 0 ? PIECE : Math.max(SMALLEST_PIECE, Math.min(PIECE, bytesPerSecond));
    }

    /** So many bytes were read: waits until more may be. */
    void took(long bytes) {
        if (bytesPerSecond == 0 || bytes == 0) {
            return;
        }
        Duration wait;
        synchronized (this) {
            Instant now = clock.instant();
            Instant begin = free.isAfter(now) ? free : now;
            free = begin.plusNanos((long) ((double) bytes / bytesPerSecond * NANOS));
            wait = Duration.between(now, free);
        }
        pause.accept(wait);
    }
}
