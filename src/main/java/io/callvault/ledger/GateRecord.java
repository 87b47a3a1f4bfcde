// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.List;

/**
 * What is kept of a gate over a restart.
 *
 * @param customer a customer that uses it
 * @param lane number of the customer's credential, from {@code 1}
 * @param group the API group's name
 * @param limit requests in a window, as last learned
 * @param windowSeconds length of the window
 * @param requests requests sent since the ledger began
 * @param refused how many of them were answered 429
 * @param closedUntil no request before this; null when open
 * @param pace what the next process needs besides
 */
public record GateRecord(
        String customer,
        String lane,
        String group,
        int limit,
        int windowSeconds,
        long requests,
        long refused,
        Instant closedUntil,
        Pace pace) {

    /** One of which nothing more is known. */
    public GateRecord(
            String customer,
            String lane,
            String group,
            int limit,
            int windowSeconds,
            long requests,
            long refused,
            Instant closedUntil) {
        this(customer, lane, group, limit, windowSeconds, requests, refused, closedUntil, Pace.UNKNOWN);
    }

    /**
     * Where a gate is in its window.
     *
     * @param reportedAs the group's name in the provider's answers; null when they name none
     * @param isLearned true when the provider's answers said limit or window, false when they are as configured
     * @param isClean true when the process that kept this ended as it should and sent nothing since
     * @param keptAt when this was so; null when not known
     * @param sent what may still count in the window, oldest first
     */
    public record Pace(String reportedAs, boolean isLearned, boolean isClean, Instant keptAt, List<Sent> sent) {

        static final Pace UNKNOWN = new Pace(null, false, false, null, List.of());

        public Pace {
            sent = List.copyOf(sent);
        }
    }

    /**
     * @param at when the provider counted them at the latest, in whole milliseconds, rounded up; null when they had no
     *     answer yet
     * @param requests how many, at least 1
     */
    public record Sent(Instant at, int requests) {}
}
