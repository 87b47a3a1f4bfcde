// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import io.callvault.error.ErrorCode;
import io.callvault.error.WaitException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request's way through its gate: let in, then answered or not. What is said twice is heard once. */
public final class Passage {

    private final Gate gate;
    private final Gate.Entry entry;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long token;

    public Passage(Gate gate, Gate.Entry entry) {
        this.gate = gate;
        this.entry = entry;
    }

    public Gate gate() {
        return gate;
    }

    /**
     * The request goes out now. It remembers which token it goes out with, by the provider's own count.
     *
     * @throws WaitException if the gate was shut since the request was let in: it must not be sent, and its place is given
     *     back
     */
    public void sentWith(long number) {
        if (!gate.departs(entry)) {
            over.set(true);
            throw new WaitException(
                    ErrorCode.BUDGET_EXHAUSTED,
                    "The gate " + gate.key().group() + " was shut before a request was sent",
                    gate.status().closedUntil());
        }
        token = number;
    }

    /** See {@link #sentWith}; 0 when it was sent with none. */
    public long token() {
        return token;
    }

    /** The provider answered. When it refused, the gate is shut before this returns. */
    public void answered(RateAnswer answer) {
        if (over.compareAndSet(false, true)) {
            gate.answered(entry, answer);
        }
    }

    /** No answer came, or the request was never sent. Harmless after an answer. */
    public void unanswered() {
        if (over.compareAndSet(false, true)) {
            gate.unanswered(entry);
        }
    }
}
