// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.ledger.Ledger;
import io.callvault.spool.Spool;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import io.callvault.gate.Alarm;

/**
 * What the loops work with.
 *
 * @param ledger what is known
 * @param spool where downloads lie
 * @param dispatcher into the routes
 * @param door to the gates
 * @param names what stored things are called
 * @param targets what lies behind each target's name
 * @param workers where tasks run that may block
 * @param alarm calls back later
 * @param clock the only source of time
 */
public record Bench(
        Ledger ledger,
        Spool spool,
        Dispatcher dispatcher,
        GateDoor door,
        Names names,
        Targets targets,
        Executor workers,
        Alarm alarm,
        Clock clock) {

    /** Completes after a while, on a worker. */
    public CompletionStage<Void> after(Duration delay) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        alarm.after(delay, () -> workers.execute(() -> over.complete(null)));
        return over;
    }

    /** A failure in our words; one that is in nobody's is a bug. */
    ArchiveException ours(Throwable failure) {
        ArchiveException ours = ArchiveException.in(failure);
        return ours != null
                ? ours
                : new StopCustomerException(ErrorCode.INTERNAL, "A bug of Callvault: " + failure, failure);
    }
}
