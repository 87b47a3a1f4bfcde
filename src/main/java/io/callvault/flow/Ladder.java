// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ErrorCode;
import io.callvault.ledger.DueItem;
import io.callvault.ledger.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a failed try of an item's own leads to. */
final class Ladder {

    /** How long after each counted failure the next try comes; after the last of them one more failure is the end. */
    static final List<Duration> RUNGS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(20),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(12),
            Duration.ofHours(24));

    /** An item that the provider says it lacks is gone only after so many answers … */
    static final int ASKED_BEFORE_GONE = 3;

    /** … over so long, as long as it is younger than the provider's retention. */
    static final Duration ASKED_OVER = Duration.ofHours(24);

    /** How long an item waits that something else holds up. */
    private static final Duration HELD_UP = Duration.ofMinutes(5);

    private Ladder() {}

    /** The next rung, or the end. */
    static Verdict next(int attempts, ErrorCode code, String sentence, int status, Instant now) {
        return attempts >= RUNGS.size()
                ? new Verdict("dead", attempts + 1, null, code.name(), sentence, status, 0, null)
                : new Verdict(
                        "due", attempts + 1, now.plus(RUNGS.get(attempts)), code.name(), sentence, status, 0, null);
    }

    /** No rung, as it was not tried by itself: later, so that others go before it. */
    static Verdict heldUp(int attempts, ErrorCode code, String sentence, Instant now) {
        return new Verdict("due", attempts, now.plus(HELD_UP), code.name(), sentence, 0, 0, null);
    }

    /** The end at once. */
    static Verdict dead(int attempts, ErrorCode code, String sentence, int status) {
        return new Verdict("dead", attempts, null, code.name(), sentence, status, 0, null);
    }

    /** The provider says it does not have it: not yet, or no more. */
    static Verdict missing(DueItem item, ErrorCode code, String evidence, int status, Instant now) {
        int missing = item.missing() + 1;
        Instant since = item.missingSince() == null ? now : item.missingSince();
        boolean isPastRetention = item.lossAt() != null && now.isAfter(item.lossAt());
        boolean isAskedEnough =
                missing >= ASKED_BEFORE_GONE && !now.isBefore(since.plus(ASKED_OVER));
        if (isPastRetention || isAskedEnough) {
            return new Verdict("gone", item.attempts(), null, code.name(), evidence, status, missing, since);
        }
        Instant next = now.plus(RUNGS.get(Math.min(missing - 1, RUNGS.size() - 1)));
        return new Verdict("waiting", item.attempts(), next, code.name(), evidence, status, missing, since);
    }
}
