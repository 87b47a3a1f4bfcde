// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what gates know and says what becomes of them. Its methods are called by many threads and must be short. */
public interface GateWatch {

    /** Nothing is kept and nothing is said. */
    GateWatch NONE = new GateWatch() {};

    /** Why a gate closes. */
    enum Reason {
        /** 429: the budget is used up. */
        REFUSED,
        /** The provider named a time with another answer, such as 503. */
        ASKED_TO_WAIT,
        /** Nothing comes back from the provider. */
        OUTAGE,
        /** After an unclean stop nothing says how much of the window is used up. */
        UNKNOWN_WINDOW
    }

    /** Keeps {@link Gate#memory}; completes when it will outlive this process. */
    default CompletionStage<Void> keep(Gate gate) {
        return CompletableFuture.completedFuture(null);
    }

    /** The gate closed; it was open and somebody had been answered. Not called again until it has opened. */
    default void closed(Gate gate, Reason reason, Instant until) {}

    /** A request was answered well for the first time since the gate closed, so long ago. */
    default void opened(Gate gate, Duration after) {}

    /** The provider allows something else than what was known before. */
    default void limitLearned(Gate gate, GateLimits before, GateLimits now) {}

    /** For longer than a window somebody else has used up this many of the window's requests. */
    default void othersNoticed(Gate gate, int requests) {}
}
