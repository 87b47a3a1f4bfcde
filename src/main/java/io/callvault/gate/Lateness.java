// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;
import java.util.Arrays;

/**
 * When a request was counted, at the latest: that lies between sending and answer. Taking the answer's time is safe, and
 * costs a whole latency in every window; it is done for the first few, while everything is slow that has not run before.
 *
 * <p>Nearly always it was just after sending, so a small guard is enough: in a window of a minute a quarter of a second,
 * about what a new connection takes. Now and then a request is held up on its way, and then its answer is late too. So for
 * those that took half as long again as usual the answer's time counts, less the quickest way back.
 */
final class Lateness {

    private static final long QUARTER = Duration.ofMillis(250).toNanos();
    private static final int MEASURED = 64;
    private static final int FEW = 32;
    private static final int WIDEST = 4;

    private final long[] took = new long[MEASURED];
    private int measured;
    private long usual;
    private long quickest;
    private int width = 1;

    /** An answer is here. @return when the request was counted, at the latest */
    long latest(long sent, long answered, long window) {
        measure(answered - sent);
        if (measured <= FEW) {
            return answered;
        }
        long guard = Math.min(Math.max(window / 240, QUARTER) * width, window / 25);
        boolean isSuspicious = answered - sent > usual / 2 * 3;
        long latest = isSuspicious ? Math.max(sent + guard, answered - quickest) : sent + guard;
        return Math.min(answered, latest);
    }

    /** How long an answer takes, usually. */
    long usual() {
        return usual;
    }

    /** A request was refused that should have found a place. */
    void widen() {
        width = Math.min(WIDEST, width * 2);
    }

    /** For a while none was. */
    void narrow() {
        width = Math.max(1, width / 2);
    }

    private void measure(long duration) {
        took[measured++ % MEASURED] = duration;
        long[] sorted = Arrays.copyOf(took, Math.min(measured, MEASURED));
        Arrays.sort(sorted);
        usual = sorted[sorted.length / 2];
        quickest = sorted[0];
    }
}
