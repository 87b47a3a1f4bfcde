// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A provider's budget, written from what providers publish and not from the gate: so many requests in a window, and 429
 * with a penalty after one too many. Times are nanoseconds of the simulation.
 */
final class SimulatedServer {

    /** When a window begins and ends. */
    enum Windows {
        /** Counts the requests of the last window's length at any moment. */
        SLIDING,
        /** Begins anew when the server's clock has a full minute. */
        ALIGNED,
        /** Begins with the first request after the last window's end. */
        ANCHORED
    }

    /** What the answers say about the budget. */
    enum Headers {
        TRUE,
        ABSENT,
        /** Five more remain than is true. */
        TOO_HIGH,
        /** Three fewer remain than is true. */
        TOO_LOW,
        /** The same remains always: all of it. */
        ALWAYS_ALL,
        /** The same remains always: half of it. */
        ALWAYS_HALF,
        /** The same remains always: nothing. */
        ALWAYS_NOTHING,
        /** Another name than the gate's. */
        RENAMED
    }

    static final Duration WINDOW = Duration.ofSeconds(60);

    private static final long LENGTH = WINDOW.toNanos();
    private static final long PENALTY = LENGTH;

    private final Windows windows;
    private final boolean isPenaltyRestarted;
    private final Deque<Long> counted = new ArrayDeque<>();
    private int limit;
    private long windowBegan = Long.MIN_VALUE / 2;
    private long penaltyEnds = Long.MIN_VALUE;

    SimulatedServer(Windows windows, int limit, boolean isPenaltyRestarted) {
        this.windows = windows;
        this.limit = limit;
        this.isPenaltyRestarted = isPenaltyRestarted;
    }

    void limit(int requests) {
        limit = requests;
    }

    int limit() {
        return limit;
    }

    /** @return how many remain in the window after this one; negative when it is refused */
    int ask(long now) {
        if (now < penaltyEnds) {
            penaltyEnds = isPenaltyRestarted ? now + PENALTY : penaltyEnds;
            return -1;
        }
        forget(now);
        if (counted.size() >= limit) {
            penaltyEnds = now + PENALTY;
            return -1;
        }
        counted.add(now);
        return limit - counted.size();
    }

    RateAnswer answer(int remaining, Headers headers) {
        boolean isRefused = remaining < 0;
        Duration retryAfter = isRefused ? Duration.ofNanos(PENALTY) : null;
        int left = Math.max(0, remaining);
        int said =
                switch (headers) {
                    case TRUE, RENAMED, ABSENT -> left;
                    case TOO_HIGH -> Math.min(limit, left + 5);
                    case TOO_LOW -> Math.max(0, left - 3);
                    case ALWAYS_ALL -> limit;
                    case ALWAYS_HALF -> limit / 2;
                    case ALWAYS_NOTHING -> 0;
                };
        return switch (headers) {
            case ABSENT -> new RateAnswer(isRefused, null, null, null, null, retryAfter);
            case RENAMED -> new RateAnswer(isRefused, "content", limit, said, WINDOW, retryAfter);
            default -> new RateAnswer(isRefused, "heavy", limit, said, WINDOW, retryAfter);
        };
    }

    private void forget(long now) {
        switch (windows) {
            case SLIDING -> {
                while (!counted.isEmpty() && counted.peek() + LENGTH <= now) {
                    counted.remove();
                }
            }
            case ALIGNED -> beginAt(now - Math.floorMod(now, LENGTH));
            case ANCHORED -> beginAt(now - windowBegan >= LENGTH ? now : windowBegan);
        }
    }

    private void beginAt(long began) {
        if (began != windowBegan) {
            windowBegan = began;
            counted.clear();
        }
    }
}
