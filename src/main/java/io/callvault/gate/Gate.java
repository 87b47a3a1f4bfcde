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
     * @param customer whose it is; those who share a gate get equal shares of it
     * @param lossAt when what it is for will be lost; earlier ones of the same customer go first. Null goes last
     * @return completes on a thread of the gate's executor, after it is kept that somebody was let in; cancelled when the
     *     gate is closed for good because the program stops
     */
    CompletableFuture<Entry> enter(Kind kind, String customer, Instant lossAt);

    /**
     * The request is about to be sent: its place in the window is counted from here. Who does not call this is counted
     * from when it was let in.
     *
     * @return false when the gate was shut after the entry: the request must not be sent, the entry is given back, and
     *     neither {@link #answered} nor {@link #unanswered} may follow
     */
    boolean departs(Entry entry);

    /** The provider answered. After a refusal the gate is shut, and that is kept, before this returns. */
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

    /** What another process must know to go on where this one stops. */
    GateMemory memory();

    /** True once this process has let anybody in: before that, nothing new is known of the gate. */
    boolean isUsed();

    /**
     * A permission that was used.
     *
     * @param number of the entry, rising
     */
    record Entry(long number) {}
}
