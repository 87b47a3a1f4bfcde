// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * What one user may still ask in one rate group: a sliding window, and a penalty that every request inside it restarts.
 *
 * <p>The cost of a request does not depend on the limit: each accepted instant is added once and removed once.
 */
final class Budget {

    /** What the answer to a request must say. {@code retryAfter} is null when the request was accepted. */
    record Verdict(RateGroup group, int limit, int remaining, Duration window, Duration retryAfter, boolean insidePenalty) {

        boolean accepted() {
            return retryAfter == null;
        }
    }

    private final RateGroup group;
    private final int limit;
    private final Duration window;
    private final Duration penalty;
    private final ArrayDeque<Instant> accepted = new ArrayDeque<>();
    private Instant penaltyEnd = Instant.MIN;
    private long requests;
    private long refusals;
    private long insidePenalty;

    Budget(RateGroup group, int limit, Duration window, Duration penalty) {
        this.group = group;
        this.limit = limit;
        this.window = window;
        this.penalty = penalty;
    }

    synchronized Verdict ask(Instant now) {
        requests++;
        boolean inside = now.isBefore(penaltyEnd);
        if (inside) {
            insidePenalty++;
        }
        while (!accepted.isEmpty() && !accepted.peekFirst().plus(window).isAfter(now)) {
            accepted.removeFirst();
        }
        if (inside || accepted.size() >= limit) {
            refusals++;
            penaltyEnd = now.plus(penalty);
            return new Verdict(group, limit, 0, window, penalty, inside);
        }
        accepted.addLast(now);
        return new Verdict(group, limit, limit - accepted.size(), window, null, false);
    }

    /** Starts a penalty although the budget is not spent; the request that is refused was already counted. */
    synchronized Verdict refuse(Instant now) {
        refusals++;
        penaltyEnd = now.plus(penalty);
        return new Verdict(group, limit, 0, window, penalty, false);
    }

    synchronized BudgetCount count() {
        return new BudgetCount(requests, refusals, insidePenalty);
    }
}
