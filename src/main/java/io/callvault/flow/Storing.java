// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.SkipRecordException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.exchange.Variables;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Selection;
import io.callvault.ledger.Verdict;
import io.callvault.model.Receipt;
import io.callvault.spool.Spool;
import io.callvault.store.ObjectPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what lies in a customer's spool to one of its targets, item by item: binary and sidecar, both proved. */
final class Storing {

    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
    private static final int WIDTH = 16;
    private static final int TRIES = 3;
    private static final int PAUSES = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Bench bench;
    private final Customer customer;
    private final String target;
    private final Selection selection;
    private final Progress progress;
    private final OnStored onStored;
    private final Consumer<ArchiveException> stop;
    private final TargetWatch watch;
    private final Pump<DueReceipt> pump;

    /**
     * @param stop told why nothing more is stored at this target
     * @param isElseDone true when nothing else is to be done for this customer
     */
    Storing(
            Bench bench,
            Customer customer,
            String target,
            Selection selection,
            Progress progress,
            OnStored onStored,
            Consumer<ArchiveException> stop,
            BooleanSupplier isElseDone,
            Runnable changed) {
        this.bench = bench;
        this.customer = customer;
        this.target = target;
        this.selection = selection;
        this.progress = progress;
        this.onStored = onStored;
        this.stop = stop;
        this.watch = new TargetWatch(
                bench,
                customer,
                target,
                selection.pass() > 0,
                isElseDone,
                () -> this.pump().wake(),
                () -> this.pump().release(),
                stop);
        this.pump = new Pump<>(
                limit -> ledger().claimReceipts(customer.id(), target, current(), limit, now()),
                receipt -> attempt(receipt, 1, 0),
                receipts -> ledger().giveBackReceipts(receipts),
                failure -> stop.accept(bench.ours(failure)),
                () -> watch.width(WIDTH),
                bench.workers(),
                changed);
    }

    Pump<DueReceipt> pump() {
        return pump;
    }

    boolean isDown() {
        return watch.isDown() || pump.isStopped();
    }

    /** True when nothing is on its way there and nothing can be begun, be it that the target is down. */
    boolean isQuiet() {
        return pump.isIdle() || (watch.isDown() && pump.isResting());
    }

    /** True once the target has taken something. */
    boolean isProved() {
        return watch.hasProved();
    }

    /** Why nothing is sent there; null while it works. */
    ArchiveException down() {
        return watch.down();
    }

    private Selection current() {
        return selection.pass() > 0 ? selection : Selection.due(now());
    }

    private CompletionStage<Void> attempt(DueReceipt receipt, int number, int pauses) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.FEED, receipt.feed());
        variables.put(Variables.ITEM, receipt.item().item());
        variables.put(Variables.RECORD_ID, receipt.recordId());
        variables.put(Variables.RECEIPT, receipt);
        variables.put(Variables.TARGET, target);
        variables.put(Variables.MAY_SHARE, target.equals(customer.targets().get(0)));
        Path file = bench.spool().file(customer.id(), receipt.plan().spool());
        CompletableFuture<Void> over = new CompletableFuture<>();
        bench.dispatcher()
                .send("store-item", variables, file.toFile())
                .whenComplete((exchange, failure) -> end(receipt, number, pauses, exchange, failure)
                        .whenComplete((done, broken) -> {
                            if (broken != null) {
                                stop.accept(bench.ours(broken));
                            }
                            over.complete(null);
                        }));
        return over;
    }

    private CompletionStage<Void> end(
            DueReceipt receipt, int number, int pauses, Exchange exchange, Throwable failure) {
        if (failure == null) {
            watch.succeeded();
            Receipt proof = exchange.getVariable(Variables.PROOF, Receipt.class);
            bench.spool().release(customer.id(), StoreSteps.sidecarName(receipt));
            boolean isTold = !onStored.isWanted();
            CompletionStage<Void> over = ledger().stored(receipt, proof, isTold, now())
                    .thenComposeAsync(isEverywhere -> everywhere(receipt, isEverywhere, isTold), bench.workers());
            if (isTold) {
                pump.committing(receipt);
            }
            return over;
        }
        ArchiveException ours = bench.ours(failure);
        if (pump.isStopped()) {
            return ledger().giveBackReceipts(List.of(receipt));
        }
        if (isBusy(ours) && pauses < PAUSES) {
            return bench.after(((TryAgainException) ours).pause())
                    .thenCompose(done -> pump.isStopped()
                            ? ledger().giveBackReceipts(List.of(receipt))
                            : attempt(receipt, number, pauses + 1));
        }
        progress.failed.increment();
        return watch.failed(receipt.item().item(), ours).thenCompose(blame -> switch (blame) {
            case TARGET -> later(receipt);
            case EITHER -> failed(receipt, Ladder.heldUp(receipt.attempts(), ours.code(), ours.getMessage(), now()));
            case ITEM -> failed(receipt, number, ours);
        });
    }

    /** Given back without a try counted; claimed again when the target is back. */
    private CompletionStage<Void> later(DueReceipt receipt) {
        return ledger().giveBackReceipts(List.of(receipt)).thenRunAsync(pump::wake, bench.workers());
    }

    private CompletionStage<Void> failed(DueReceipt receipt, int number, ArchiveException ours) {
        if (ours instanceof TryAgainException || ours instanceof WaitException) {
            return again(receipt, number, ours);
        }
        if (ours instanceof SkipRecordException) {
            LOG.warn("{}", ours.sentence());
            return failed(receipt, Ladder.dead(receipt.attempts(), ours.code(), ours.getMessage(), 0));
        }
        stop.accept(ours);
        return ledger().giveBackReceipts(List.of(receipt));
    }

    /** A target that works, has too much to do, and says for how long: no fault of the item's, and no outage. */
    private static boolean isBusy(ArchiveException ours) {
        return ours instanceof TryAgainException busy
                && busy.pause() != null
                && busy.pause().compareTo(LONGEST_PAUSE) <= 0;
    }

    private CompletionStage<Void> everywhere(DueReceipt receipt, boolean isEverywhere, boolean isTold) {
        if (!isEverywhere) {
            bench.spool().room().proved(receipt.item());
            return CompletableFuture.completedFuture(null);
        }
        progress.stored.increment();
        return onStored.tell(customer, receipt, isTold);
    }

    private CompletionStage<Void> again(DueReceipt receipt, int number, ArchiveException ours) {
        if (selection.pass() > 0 && number < TRIES) {
            return bench.after(Duration.ofMillis(250L << number)).thenCompose(done -> attempt(receipt, number + 1, 0));
        }
        LOG.warn("{}", ours.sentence());
        return failed(receipt, Ladder.next(receipt.attempts(), ours.code(), ours.getMessage(), 0, now()));
    }

    private CompletionStage<Void> failed(DueReceipt receipt, Verdict verdict) {
        return ledger().receiptFailed(receipt, verdict, selection.pass(), now());
    }

    private Ledger ledger() {
        return bench.ledger();
    }

    private Instant now() {
        return bench.clock().instant();
    }
}
