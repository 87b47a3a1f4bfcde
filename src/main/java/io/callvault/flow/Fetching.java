// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopAllException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.exchange.Variables;
import io.callvault.gate.Gate;
import io.callvault.gate.Kind;
import io.callvault.ledger.DueItem;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Selection;
import io.callvault.ledger.Verdict;
import io.callvault.model.ItemKey;
import io.callvault.provider.Lane;
import io.callvault.spool.Download;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the due items of one customer and API group into the spool, first to be lost first. */
final class Fetching {

    private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);
    private static final int WIDEST = 32;

    /** How many at once while a target does not keep up: enough to go on by themselves when it does. */
    private static final int NARROW = 4;

    private static final int TRIES = 3;
    private static final int PROBES = 4;

    private final Bench bench;
    private final Customer customer;
    private final Lanes lanes;
    private final String group;
    private final Selection selection;
    private final Progress progress;
    private final Onward onward;
    private final Consumer<ArchiveException> failed;
    private final Consumer<ArchiveException> stop;
    private final ItemMetadata metadata;
    private final Siblings siblings;
    private final SpoolShare share;
    private final Outage outage = new Outage();
    private final Pump<DueItem> pump;

    /** Where fetched items go. */
    interface Onward {

        /** Takes the receipts of an item that lies in the spool. */
        void store(List<DueReceipt> receipts);

        /** True while a target that works does not keep up. */
        boolean isBehind();
    }

    /**
     * @param lanes the customer's, shared with its other loops
     * @param selection which items; a pass takes each once, the service goes by the next time
     * @param share where room is taken for each
     * @param isDown whether a target of the customer is down
     * @param onward where they go then
     * @param failed told what went wrong beside the items
     * @param stop told why nothing more can be fetched for this customer
     */
    Fetching(
            Bench bench,
            Customer customer,
            Lanes lanes,
            String group,
            Selection selection,
            Progress progress,
            SpoolShare share,
            Predicate<String> isDown,
            Onward onward,
            Consumer<ArchiveException> failed,
            Consumer<ArchiveException> stop,
            Runnable changed) {
        this.bench = bench;
        this.customer = customer;
        this.lanes = lanes;
        this.siblings = new Siblings(bench, customer, isDown);
        this.share = share;
        this.group = group;
        this.selection = selection;
        this.progress = progress;
        this.onward = onward;
        this.failed = failed;
        this.stop = stop;
        this.metadata = new ItemMetadata(bench, customer, lanes);
        this.pump = new Pump<>(
                limit -> ledger().claimItems(customer.id(), group, current(), limit, clock().instant()),
                this::fetch,
                items -> ledger()
                        .giveBack(items.stream().map(DueItem::key).toList()),
                failure -> stop.accept(bench.ours(failure)),
                this::width,
                bench.workers(),
                changed);
    }

    Pump<DueItem> pump() {
        return pump;
    }

    private Selection current() {
        return selection.pass() > 0 ? selection : Selection.due(clock().instant());
    }

    private int width() {
        if (share.isFull()) {
            return 0;
        }
        int width = 0;
        for (Lane lane : lanes.working()) {
            width += bench.door().gate(customer.id(), lane.number(), group).width();
        }
        return Math.min(width, onward.isBehind() ? NARROW : WIDEST);
    }

    private CompletionStage<Void> fetch(DueItem item) {
        if (!share.take(item)) {
            return ledger().giveBack(List.of(item.key())).thenRunAsync(pump::wake, bench.workers());
        }
        return bring(item).whenComplete((done, failure) -> bench.spool().settle(item.key(), item.plan() == null));
    }

    private CompletionStage<Void> bring(DueItem item) {
        Plan plan = item.plan();
        if (plan != null
                && bench.spool().holds(customer.id(), plan.spool(), plan.length(), plan.sha256())) {
            return planned(item, plan);
        }
        if (plan != null && siblings.isInVain(item)) {
            return failed(
                    item,
                    Ladder.heldUp(
                            item.attempts(), ErrorCode.STORE_UNREACHABLE, "the target that lacks it is down", clock().instant()));
        }
        try {
            if (plan != null && siblings.bring(item, plan)) {
                return handedOver(item, ledger().plan(item.key(), plan, customer.targets(), clock().instant()));
            }
        } catch (StopAllException e) {
            stop.accept(e);
            return ledger().giveBack(List.of(item.key()));
        } catch (ArchiveException e) {
            return siblingsDown(item, e);
        }
        return attempt(item, new Download(bench.spool(), item.key(), item.contentType(), plan == null), 1, false);
    }

    /** It is safe where it lies, so neither is the provider asked nor does the item lose a rung. */
    private CompletionStage<Void> siblingsDown(DueItem item, ArchiveException down) {
        failed.accept(down);
        return failed(item, Ladder.heldUp(item.attempts(), down.code(), down.getMessage(), clock().instant()));
    }

    private CompletionStage<Void> attempt(DueItem item, Download download, int number, boolean isRenewed) {
        Lane lane = lanes.next();
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.FEED, item.feed());
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.GROUP, group);
        variables.put(Variables.PURPOSE, Kind.CONTENT);
        variables.put(Variables.LOSS_AT, item.lossAt());
        variables.put(Variables.ITEM, item.key().item());
        variables.put(Variables.SUBJECT, "download " + item.key().item());
        variables.put(Variables.ADDRESS, item.uri());
        variables.put(Variables.DOWNLOAD, download);
        variables.put(Variables.OFFSET, download.received());
        CompletableFuture<Void> over = new CompletableFuture<>();
        bench.dispatcher()
                .send("fetch-item", variables, null)
                .whenComplete((exchange, failure) -> end(item, download, lane, number, isRenewed, failure)
                        .whenComplete((done, broken) -> finish(item, over, broken)));
        return over;
    }

    private void finish(DueItem item, CompletableFuture<Void> over, Throwable broken) {
        if (broken != null) {
            stop.accept(bench.ours(broken));
        }
        over.complete(null);
    }

    private CompletionStage<Void> end(
            DueItem item, Download download, Lane lane, int number, boolean isRenewed, Throwable failure) {
        if (failure == null) {
            outage.succeeded();
            SpoolFile file = download.whole();
            progress.fetched.increment();
            progress.bytes.add(file.length());
            return planned(item, plan(item, file));
        }
        if (isCancelled(failure) || pump.isStopped()) {
            return ledger().giveBack(List.of(item.key()));
        }
        ArchiveException ours = bench.ours(failure);
        if (ours instanceof WaitException) {
            return attempt(item, download, number, isRenewed);
        }
        if (lanes.leaveOut(lane, ours)) {
            failed.accept(ours);
            return attempt(item, download, number, false);
        }
        if (ours.code() == ErrorCode.TOKEN_REJECTED && !isRenewed) {
            return attempt(item, download, number, true);
        }
        progress.failed.increment();
        if (ours instanceof TryAgainException) {
            return again(item, download, lane, number, ours);
        }
        if (ours instanceof SkipRecordException skip) {
            outage.succeeded();
            return skip(item, skip);
        }
        stop.accept(ours);
        return ledger().giveBack(List.of(item.key()));
    }

    private CompletionStage<Void> again(DueItem item, Download download, Lane lane, int number, ArchiveException ours) {
        Instant now = clock().instant();
        boolean isUnreachable = ours.code() == ErrorCode.PROVIDER_UNREACHABLE;
        Instant probeAt = isUnreachable || ours.code() == ErrorCode.PROVIDER_BUSY
                ? outage.failed(item.key().item(), isUnreachable, now)
                : null;
        if (probeAt != null) {
            if (selection.pass() > 0 && outage.probes() > PROBES) {
                stop.accept(ours);
                return ledger().giveBack(List.of(item.key()));
            }
            Gate gate = bench.door().gate(customer.id(), lane.number(), group);
            gate.shut(probeAt);
            return attempt(item, download, number, false);
        }
        if (ours.code() != ErrorCode.PROVIDER_BUSY) {
            outage.succeeded();
        }
        boolean isPass = selection.pass() > 0;
        if (isPass && number < TRIES && ours.code() != ErrorCode.CONTENT_FOREIGN) {
            return bench.after(Duration.ofMillis(250L << number))
                    .thenCompose(done -> attempt(item, download, number + 1, false));
        }
        LOG.warn("{}", ours.sentence());
        return failed(item, Ladder.next(item.attempts(), ours.code(), ours.getMessage(), 0, now));
    }

    private CompletionStage<Void> skip(DueItem item, SkipRecordException skip) {
        Instant now = clock().instant();
        String evidence = skip.evidence() == null ? skip.getMessage() : skip.getMessage() + " | " + skip.evidence();
        Verdict verdict = skip.code() == ErrorCode.CONTENT_MISSING
                ? Ladder.missing(item, skip.code(), evidence, skip.status(), now)
                : Ladder.dead(item.attempts(), skip.code(), evidence, skip.status());
        if (!verdict.state().equals("waiting")) {
            LOG.warn("{} ({})", skip.sentence(), verdict.state());
        }
        return failed(item, verdict);
    }

    private CompletionStage<Void> failed(DueItem item, Verdict verdict) {
        return ledger().itemFailed(item.key(), verdict, selection.pass(), clock().instant());
    }

    private Plan plan(DueItem item, SpoolFile file) {
        Plan earlier = item.plan();
        String path;
        if (earlier == null) {
            path = bench.names().of(customer, item, file.type());
        } else if (earlier.sha256().equals(file.sha256())) {
            path = earlier.path();
        } else {
            path = bench.names().variant(earlier.path(), file.sha256());
        }
        return new Plan(path, file.length(), file.sha256(), file.type(), file.name());
    }

    private CompletionStage<Void> planned(DueItem item, Plan plan) {
        CompletionStage<List<DueReceipt>> receipts =
                ledger().plan(item.key(), plan, customer.targets(), clock().instant());
        if (metadata.isWanted(item)) {
            receipts = receipts.thenComposeAsync(
                    claimed -> metadata.keep(item).thenApply(done -> claimed), bench.workers());
        } else {
            pump.committing(item);
        }
        return handedOver(item, receipts);
    }

    private CompletionStage<Void> handedOver(DueItem item, CompletionStage<List<DueReceipt>> receipts) {
        return receipts.thenAccept(claimed -> onward.store(
                claimed.stream().map(receipt -> receipt.with(item.raw())).toList()));
    }

    /** True if it was cut off because everything ends. */
    static boolean isCancelled(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CancellationException) {
                return true;
            }
        }
        return false;
    }

    private Ledger ledger() {
        return bench.ledger();
    }

    private Clock clock() {
        return bench.clock();
    }
}
