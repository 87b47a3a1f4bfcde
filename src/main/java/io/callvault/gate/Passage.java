// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

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

    /** Remembers which token the request goes out with, by the provider's own count. */
    public void sentWith(long number) {
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
