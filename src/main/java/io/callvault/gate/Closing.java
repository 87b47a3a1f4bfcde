// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;

/** Until when a gate is shut, and how long ago it was not. Times in nanoseconds of the gate. Not for many threads. */
final class Closing {

    /** When a 429 does not say how long (RingCentral's guide: at least 30 s; its penalty interval is 60 s). */
    static final Duration DEFAULT_PENALTY = Duration.ofSeconds(60);

    /** Longer is not believed of a 429; one that asks for more is asked again after this. */
    static final Duration LONGEST_PENALTY = Duration.ofDays(1);

    /** Longer is not believed of any other answer. */
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private long until = Long.MIN_VALUE;
    private long since;
    private boolean isTold;
    private int refusedAlone;

    /** @return true when this begins a time of being closed, of which nobody has been told */
    boolean close(long now, long newUntil) {
        until = Math.max(until, newUntil);
        if (isTold || until <= now) {
            return false;
        }
        isTold = true;
        since = now;
        return true;
    }

    boolean isShut(long now) {
        return until > now;
    }

    long until() {
        return until;
    }

    /**
     * How long to be silent after a refusal. A second is added, for what is rounded off whole seconds; if the first
     * request after that is refused again, twice as much each time.
     *
     * @param retryAfter null when the answer names no time
     * @param wasAlone true when the refused request went alone
     */
    Duration silence(Duration retryAfter, boolean wasAlone, Duration window) {
        refusedAlone = wasAlone ? refusedAlone + 1 : 0;
        Duration more = SECOND.multipliedBy(1L << Math.min(refusedAlone, 6));
        Duration longest = window.compareTo(SECOND) > 0 ? window : SECOND;
        return shorter(retryAfter == null ? DEFAULT_PENALTY : retryAfter, LONGEST_PENALTY).plus(shorter(more, longest));
    }

    /** How long to be silent when an answer asks for it that is no refusal. */
    static Duration patience(Duration asked) {
        return shorter(asked, LONGEST_WAIT);
    }

    /** A request was answered well. @return how long ago the gate closed; null when it was open all the time */
    Duration opened(long now) {
        refusedAlone = 0;
        if (!isTold || isShut(now)) {
            return null;
        }
        isTold = false;
        return Duration.ofNanos(now - since);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
