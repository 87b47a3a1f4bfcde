// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The door to one API group of one lane. Safe for use by many threads. */
public interface Gate {

    GateKey key();

    /**
     * Waits, holding no thread, until a request may be sent. Whoever was let in must send one request at once and then
     * call {@link #answered} or {@link #unanswered}.
     *
     * @param kind what the request is for
     * @param lossAt when what it is for will be lost; earlier ones go first. Null goes last
     * @return completes on a thread of the gate, so a dependent stage must be short; cancelled when the gate is closed
     *     for good because the program stops
     */
    CompletableFuture<Entry> enter(Kind kind, Instant lossAt);

    /** The provider answered. After a refusal the gate is shut before this returns. */
    void answered(Entry entry, RateAnswer answer);

    /** No answer came: the connection failed. The request may or may not have been counted. */
    void unanswered(Entry entry);

    /**
     * Shuts the gate.
     *
     * @param until nothing is let in before; an earlier instant than the present one changes nothing
     */
    void shut(Instant until);

    /** How many requests at once make sense: more would only wait. At least 1. */
    int width();

    GateStatus status();

    /** True once this process has let anybody in: before that, nothing new is known of the gate. */
    boolean isUsed();

    /**
     * A permission that was used.
     *
     * @param number of the entry, rising
     * @param at when it was let in
     */
    record Entry(long number, Instant at) {}
}
