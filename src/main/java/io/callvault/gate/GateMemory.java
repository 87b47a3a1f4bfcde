// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Instant;
import java.util.List;

/**
 * What a gate knows that the next process must know too.
 *
 * @param limits as configured or learned
 * @param isLearned true when the provider's answers said the limit or the window
 * @param isWindowKnown false after an unclean stop, as long as no answer has said how much of the window is used
 * @param requests let in since the ledger began
 * @param refused of them answered 429
 * @param closedUntil null when open
 * @param sent what may still count in the window, oldest first; some requests of nearly the same time stand together,
 *     under the latest one's
 */
public record GateMemory(
        GateLimits limits, boolean isLearned, boolean isWindowKnown, long requests, long refused, Instant closedUntil, List<Sent> sent) {

    public GateMemory {
        sent = List.copyOf(sent);
    }

    /**
     * @param at when the provider counted them at the latest; null when they had no answer yet
     * @param requests how many, at least 1
     */
    public record Sent(Instant at, int requests) {}
}
