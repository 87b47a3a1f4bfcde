// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.journal.Journal;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One customer's two loops: listing its feeds, fetching what is due, storing it at each target; then the journal. */
final class CustomerPass implements FeedWalk.Pass, Fetching.Onward {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerPass.class);

    private final Bench bench;
    private final Listing listing;
    private final Customer customer;
    private final Progress progress = new Progress();
    private final OnStored onStored;
    private final Runnable changed;
    private final Lanes lanes;
    private final RetentionInquiry inquiry;
    private final SpoolShare share;
    private final Map<String, Fetching> fetching = new LinkedHashMap<>();
    private final Map<String, Storing> storing = new LinkedHashMap<>();
    private final Journals journals;
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Set<ErrorCode> codes = Collections.synchronizedSet(new LinkedHashSet<>());

    private final Map<String, ArchiveException> down = new ConcurrentHashMap<>();

    private final Walks walks = new Walks();
    private volatile ArchiveException stopped;
    private volatile ArchiveException spoolFull;
    private volatile boolean isHalted;
    private volatile long told; // of what happened

    /**
     * @param selection what to take
     * @param changed told whenever the pass may have come to its end
     */
    CustomerPass(
            Bench bench,
            Listing listing,
            Customer customer,
            Selection selection,
            OnStored onStored,
            Runnable changed) {
        this.bench = bench;
        this.listing = listing;
        this.customer = customer;
        this.onStored = onStored;
        this.changed = changed;
        this.lanes = new Lanes(customer.lanes());
        this.inquiry = new RetentionInquiry(bench, customer, lanes);
        this.journals = new Journals(bench, customer, this::failed);
        this.share = new SpoolShare(
                bench, customer, selection, this::isDown, this::wakeFetching, this::isStuck, this::spoolFull);
        bench.door().open(customer);
        for (String target : customer.targets()) {
            storing.put(
                    target,
                    new Storing(
                            bench,
                            customer,
                            target,
                            selection,
                            progress,
                            onStored,
                            failure -> targetStopped(target, failure),
                            () -> isDoneBut(target),
                            changed));
        }
        for (Feed feed : customer.feeds()) {
            if (feed.contentGroup() != null) {
                fetching.computeIfAbsent(
                        feed.contentGroup(),
                        group -> new Fetching(
                                bench,
                                customer,
                                lanes,
                                group,
                                selection,
                                progress,
                                share,
                                this::isDown,
                                this,
                                this::failed,
                                failure -> fetchingStopped(group, failure),
                                changed));
            }
        }
    }

    Customer customer() {
        return customer;
    }

    Progress progress() {
        return progress;
    }

    /** What went wrong, one sentence each; empty when nothing did. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Codes of what went wrong. */
    Set<ErrorCode> codes() {
        return Set.copyOf(codes);
    }

    /** Why the customer was stopped; null when it was not. */
    ArchiveException stopped() {
        return stopped;
    }

    /** Why not everything was fetched although nothing stopped the customer; null when that is not so. */
    ArchiveException heldUp() {
        return spoolFull;
    }

    /** Lets the provider be asked how long it keeps things, as soon as it has answered a page. */
    void inquire() {
        inquiry.want();
    }

    /**
     * Looks whether the customer may begin, and stops it if not. Blocks; quick for one that has ever worked.
     *
     * @return whether it may
     */
    boolean mayBegin() {
        ArchiveException objection = new FirstLook(bench).objection(customer);
        if (objection != null) {
            stop(objection);
            halt();
        }
        return objection == null;
    }

    /** What is stored and does not lie at a target that was added since is due again. Blocks. */
    void want() {
        FormerTargets.want(bench.ledger(), customer);
    }

    /** Ends what runs beside listing and fetching. Blocks, at most as long as given. */
    void settle(Duration patience) {
        inquiry.end(patience);
    }

    /** Lists spans of all feeds, each feed's one after the other, and fetches what is due. @return false while it lists */
    boolean begin(List<Listing.Span> spans) {
        if (!walks.begin(customer.feeds().size(), spans.size() > 1)) {
            return false;
        }
        wake();
        for (Feed feed : customer.feeds()) {
            list(feed, spans);
        }
        return true;
    }

    /** True when nothing runs and nothing is left to begin. */
    boolean isIdle() {
        // In this order: only listing brings fetching new work, and only fetching brings it to storing.
        return !isListing()
                && fetching.values().stream().allMatch(each -> each.pump().isIdle())
                && storing.values().stream().allMatch(each -> each.pump().isIdle());
    }

    /** True when nothing runs, and what is left to begin waits for targets that are down. */
    boolean isQuiet() {
        return isDoneBut(null);
    }

    /** True when nothing is left to do but what one target holds up, and others that are down. */
    private boolean isDoneBut(String target) {
        return !isListing()
                && fetching.values().stream()
                        .allMatch(each -> each.pump().isIdle()
                                || (share.isFull() && each.pump().isResting()))
                && storing.entrySet().stream()
                        .allMatch(each -> each.getKey().equals(target) || each.getValue().isQuiet());
    }

    /** Begins nothing any more. */
    void halt() {
        isHalted = true;
        fetching.values().forEach(each -> each.pump().stop());
        storing.values().forEach(each -> each.pump().stop());
    }

    /**
     * Publishes each target's journal. Blocks.
     *
     * @param goesOn asked again and again: once false, what is left stays for the next time
     */
    void publish(BooleanSupplier goesOn) {
        onStored.tellAgain(customer).toCompletableFuture().join();
        journals.publish(goesOn);
    }

    /** Whether so much happened since the last {@link #publishMeanwhile} that an object of the journal may be full. */
    boolean mayFillJournal() {
        return happened() - told >= Journal.CUT;
    }

    /** Publishes while the pass goes on; see {@link Journals#publishMeanwhile}. */
    void publishMeanwhile(boolean isAll) {
        told = happened();
        journals.publishMeanwhile(isAll, () -> !isHalted);
    }

    /** About as many as the events in each chain: records, and what was stored of them. */
    private long happened() {
        return progress.listed.sum() + progress.stored.sum();
    }

    /** Never two walks of a feed at once: each would take the other's open windows for ones that an earlier run began. */
    private void list(Feed feed, List<Listing.Span> spans) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Listing.Span span : spans) {
            all = all.thenComposeAsync(done -> walk(feed, span), bench.workers());
        }
        all.whenCompleteAsync((done, failure) -> listingOver(), bench.workers());
    }

    private CompletionStage<Void> walk(Feed feed, Listing.Span span) {
        return isEnding() || walks.isStopped(feed.name())
                ? CompletableFuture.completedFuture(null)
                : new FeedWalk(bench, listing, customer, lanes, feed, progress, this, span).run();
    }

    private void listingOver() {
        walks.end(this::wakeFetching);
        changed.run();
    }

    private void wakeFetching() {
        fetching.values().forEach(each -> each.pump().wake());
    }

    private boolean isDown(String target) {
        return storing.get(target).isDown();
    }

    /** True when the spool is full and nothing is on its way into it or out of it. */
    private boolean isStuck() {
        return fetching.values().stream().allMatch(each -> each.pump().isResting())
                && storing.values().stream().allMatch(each -> each.pump().isIdle());
    }

    private void spoolFull(ArchiveException full) {
        spoolFull = full;
        failed(full);
        fetching.values().forEach(each -> each.pump().stop());
    }

    /** Something may have become due. */
    void wake() {
        storing.values().forEach(each -> each.pump().wake());
        fetching.values().forEach(each -> each.pump().wake());
    }

    boolean isListing() {
        return walks.isRunning();
    }

    /** True when more than one span was begun last. */
    boolean isListingMuch() {
        return walks.areMany();
    }

    /** True if the customer, one of its kinds of content, or one of its targets was stopped: only a new pass tries it again. */
    boolean isBroken() {
        return stopped != null
                || fetching.values().stream().anyMatch(each -> each.pump().isStopped())
                || storing.values().stream().anyMatch(each -> each.pump().isStopped());
    }

    /** How it stands now. */
    Standing standing() {
        boolean isProved = walks.areOver();
        boolean isFetched = progress.fetched.sum() > 0
                || fetching.values().stream().allMatch(each -> each.pump().isIdle());
        List<Standing.Target> targets = storing.entrySet().stream()
                .map(each -> new Standing.Target(
                        each.getKey(),
                        down(each.getKey(), each.getValue()),
                        each.getValue().isProved() || each.getValue().pump().isIdle()))
                .toList();
        return new Standing(customer.id(), stopped, isProved && isFetched && stopped == null, targets);
    }

    private ArchiveException down(String target, Storing loop) {
        ArchiveException stopped = down.get(target);
        return stopped != null ? stopped : loop.down();
    }

    @Override
    public void store(List<DueReceipt> receipts) {
        Map<String, List<DueReceipt>> byTarget = new HashMap<>();
        receipts.forEach(receipt -> byTarget
                .computeIfAbsent(receipt.target(), target -> new ArrayList<>())
                .add(receipt));
        byTarget.forEach((target, each) -> storing.get(target).pump().add(each));
    }

    @Override
    public boolean isBehind() {
        return storing.values().stream().anyMatch(each -> !each.isDown() && each.pump().isBehind());
    }

    /** What a page brought is fetched while the next ones are listed. */
    @Override
    public void reached() {
        inquiry.reached();
        wakeFetching();
    }

    @Override
    public boolean isEnding() {
        return isHalted || stopped != null;
    }

    /** The customer's other feeds go on; when there is none, the customer is stopped. */
    @Override
    public void feedStopped(Feed feed, ArchiveException failure) {
        if (walks.stop(feed.name()) == customer.feeds().size()) {
            stop(failure);
        } else {
            failed(failure);
        }
    }

    @Override
    public void stop(ArchiveException failure) {
        boolean isFirst;
        synchronized (this) {
            isFirst = stopped == null;
            if (isFirst) {
                stopped = failure;
            }
        }
        if (isFirst) {
            failed(failure);
            fetching.values().forEach(each -> each.pump().stop());
        }
    }

    /** A permission that only this group's content lacks leaves the other groups at work. */
    private void fetchingStopped(String group, ArchiveException failure) {
        fetching.get(group).pump().stop();
        boolean isLast = fetching.values().stream().allMatch(each -> each.pump().isStopped());
        if (failure.code() != ErrorCode.PERMISSION_MISSING || isLast) {
            stop(failure);
        } else {
            failed(failure);
        }
    }

    private void targetStopped(String target, ArchiveException failure) {
        Storing each = storing.get(target);
        if (!each.pump().isStopped()) {
            down.put(target, failure);
            failed(failure);
            each.pump().stop();
        }
    }

    @Override
    public void failed(ArchiveException failure) {
        if (codes.add(failure.code()) || !failures.contains(failure.sentence())) {
            failures.add(failure.sentence());
            LOG.warn("{}", failure.sentence());
        }
    }
}
