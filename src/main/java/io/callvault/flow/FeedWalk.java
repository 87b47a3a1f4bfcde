// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopAllException;
import io.callvault.error.StopCustomerException;
import io.callvault.exchange.Variables;
import io.callvault.gate.Kind;
import io.callvault.ledger.Ledger;
import io.callvault.model.FeedPart;
import io.callvault.model.Part;
import io.callvault.provider.Lane;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists one feed of one customer once: whole, or part by part, some parts at a time. A part that cannot be seen is named
 * and does not hinder the others; a missing permission ends the feed; all other reasons to stop end the customer.
 *
 * <p>Where the whole is refused and the feed has a fallback, its parts are listed instead, and only if none of them can be
 * seen the feed ends. The whole is tried first each time.
 */
final class FeedWalk {

    private static final Logger LOG = LoggerFactory.getLogger(FeedWalk.class);

    /** Parts that are listed at the same time; how fast is the gate's to say. */
    private static final int AT_ONCE = 4;

    /** What a walk tells its customer's pass. */
    interface Pass {

        /** A page was had and kept. */
        void reached();

        /** True when nothing is to be begun any more. */
        boolean isEnding();

        /** Something is left to do. */
        void failed(ArchiveException failure);

        /** Nothing of this feed can be listed. */
        void feedStopped(Feed feed, ArchiveException failure);

        /** Nothing of this customer can be worked on. */
        void stop(ArchiveException failure);
    }

    private final Bench bench;
    private final Listing listing;
    private final Customer customer;
    private final Lanes lanes;
    private final Feed feed;
    private final Progress progress;
    private final Pass pass;
    private final Listing.Span span;
    private volatile boolean isStopped;

    /** Why parts take the place of the whole; null while they do not. */
    private volatile ArchiveException refused;

    private final AtomicBoolean isTold = new AtomicBoolean();
    /** Of the parts that take its place: how many were not refused, and which were. */
    private final AtomicInteger shown = new AtomicInteger();

    private final Queue<Hidden> hidden = new ConcurrentLinkedQueue<>();

    private record Hidden(FeedPart feedPart, SkipRecordException refusal) {}

    FeedWalk(
            Bench bench,
            Listing listing,
            Customer customer,
            Lanes lanes,
            Feed feed,
            Progress progress,
            Pass pass,
            Listing.Span span) {
        this.bench = bench;
        this.listing = listing;
        this.customer = customer;
        this.lanes = lanes;
        this.feed = feed;
        this.progress = progress;
        this.pass = pass;
        this.span = span;
    }

    /** Completes, always well, when nothing of the feed is being listed any more. */
    CompletionStage<Void> run() {
        CompletableFuture<Void> walked = new CompletableFuture<>();
        bench.workers().execute(() -> begin().whenComplete((done, failure) -> {
            if (failure != null) {
                pass.stop(bench.ours(failure));
            }
            walked.complete(null);
        }));
        return walked;
    }

    private CompletionStage<Void> begin() {
        try {
            if (feed.parts() == null) {
                return walk(FeedPart.whole(customer.id(), feed.name()), Set.of());
            }
            List<Part> known = customer.provider().knownParts(customer.id(), feed.name());
            return known == null ? readParts() : walkAll(known);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Void> readParts() {
        PartsRun run = new PartsRun(customer, feed);
        Lane lane = lanes.next();
        Map<String, Object> variables = variables(lane, "list the " + feed.partsName());
        variables.put(Variables.PARTS, run);
        return bench.dispatcher()
                .send(customer.providerName() + "-" + feed.partsName(), variables, null)
                .handleAsync(
                        (exchange, failure) -> isLeftOut(lane, failure) ? readParts() : partsRead(run, failure),
                        bench.workers())
                .thenCompose(next -> next);
    }

    private CompletionStage<Void> partsRead(PartsRun run, Throwable failure) {
        FeedPart whole = FeedPart.whole(customer.id(), feed.name());
        if (failure != null) {
            ArchiveException ours = failure(failure);
            if (ours == null || ours.code() != ErrorCode.PERMISSION_MISSING || refused != null) {
                return done();
            }
            return ledger().notVisible(whole, 403, ours.code().name(), ours.getMessage(), now());
        }
        CompletionStage<Void> kept;
        if (run.isCut()) {
            String sentence = "Tried to list the " + feed.partsName() + " of customer " + customer.id()
                    + " but the next page is said to be at another host, or goes in a circle; not followed";
            pass.failed(new SkipRecordException(ErrorCode.LISTING_FOREIGN_LINK, sentence));
            kept = ledger().notVisible(whole, 0, ErrorCode.LISTING_FOREIGN_LINK.name(), sentence, now());
        } else {
            kept = ledger().visible(whole);
        }
        CompletionStage<Void> all = walkAll(run.parts());
        return kept.thenCompose(done -> all).thenCompose(done -> refused == null ? done() : settle());
    }

    private CompletionStage<Void> walkAll(List<Part> parts) {
        Queue<Part> waiting = new ConcurrentLinkedQueue<>(parts);
        CompletableFuture<?>[] chains = new CompletableFuture<?>[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            chains[i] = chain(waiting).toCompletableFuture();
        }
        return CompletableFuture.allOf(chains);
    }

    /** Parts took the place of the whole: if none could be seen, the feed is refused as ever. */
    private CompletionStage<Void> settle() {
        if (isStopped || pass.isEnding()) {
            return done();
        }
        if (shown.get() == 0) {
            isStopped = true;
            pass.feedStopped(feed, refused);
            return done();
        }
        CompletionStage<Void> kept = done();
        for (Hidden each : hidden) {
            kept = kept.thenCompose(done -> notVisible(each.feedPart(), each.refusal()));
        }
        return kept;
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Lists one part after another until none is left. */
    private CompletionStage<Void> chain(Queue<Part> waiting) {
        Part part = isStopped || pass.isEnding() ? null : waiting.poll();
        if (part == null) {
            return done();
        }
        return walk(new FeedPart(customer.id(), feed.name(), part.id()), part.holdsNothing())
                .thenComposeAsync(done -> chain(waiting), bench.workers());
    }

    private CompletionStage<Void> walk(FeedPart feedPart, Set<Integer> holdsNothing) {
        ListingRun run = listing.plan(customer, feed, feedPart, span, progress, () -> reached(feedPart));
        return walk(run, holdsNothing, lanes.next(), Set.of());
    }

    /** The first page tells in which way the feed can be listed. */
    private void reached(FeedPart feedPart) {
        pass.reached();
        if (feed.fallback() == null || isTold.getAndSet(true)) {
            return;
        }
        if (feed.isFallback(feedPart)) {
            ledger().fellBack(feedPart, refused.code().name(), refused.getMessage(), now());
        } else {
            ledger().listedWhole(feedPart);
        }
    }

    /** @param blind lanes that cannot see this part, or are refused the whole */
    private CompletionStage<Void> walk(ListingRun run, Set<Integer> holdsNothing, Lane lane, Set<Lane> blind) {
        FeedPart feedPart = run.feedPart();
        Map<String, Object> variables = variables(lane, run.subject());
        variables.put(Variables.PART, feedPart.part().isEmpty() ? null : feedPart.part());
        variables.put(Variables.LISTING, run);
        return bench.dispatcher()
                .send(customer.providerName() + "-" + feed.name(), variables, null)
                .handleAsync(
                        (exchange, failure) -> isLeftOut(lane, failure)
                                ? walk(run, holdsNothing, lanes.next(), blind)
                                : walked(run, holdsNothing, lane, blind, failure),
                        bench.workers())
                .thenCompose(next -> next);
    }

    private CompletionStage<Void> walked(
            ListingRun run, Set<Integer> holdsNothing, Lane lane, Set<Lane> blind, Throwable failure) {
        if (run.incomplete() != null) {
            pass.failed(new SkipRecordException(ErrorCode.LISTING_FOREIGN_LINK, run.incomplete()));
        }
        ArchiveException reason = failure == null ? null : ArchiveException.in(failure);
        boolean isWhole = run.feedPart().part().isEmpty();
        if (isWhole && feed.fallback() != null && reason != null && reason.code() == ErrorCode.PERMISSION_MISSING) {
            return wholeRefused(run, lane, blind, reason);
        }
        if (reason instanceof SkipRecordException refusal
                && refusal.code() == ErrorCode.PART_NOT_VISIBLE) {
            Set<Lane> all = with(blind, lane);
            Optional<Lane> other = holdsNothing.contains(refusal.status()) ? Optional.empty() : other(all);
            return other.isPresent()
                    ? walk(run, holdsNothing, other.get(), all)
                    : refused(run, holdsNothing, refusal);
        }
        shown.incrementAndGet();
        CompletionStage<Void> kept = run.hasKept() && !isWhole ? ledger().visible(run.feedPart()) : done();
        ArchiveException ours = failure == null ? null : failure(failure);
        return ours == null ? kept : kept.thenCompose(done -> listing.broken(run, ours));
    }

    private CompletionStage<Void> wholeRefused(
            ListingRun run, Lane lane, Set<Lane> blind, ArchiveException reason) {
        if (pass.isEnding()) {
            return done();
        }
        Set<Lane> all = with(blind, lane);
        Optional<Lane> other = other(all);
        if (other.isPresent()) {
            return walk(run, Set.of(), other.get(), all);
        }
        LOG.warn("{}; the {} are listed one by one instead", reason.sentence(), feed.fallback());
        refused = reason;
        isTold.set(false);
        shown.set(0);
        return listing.broken(run, reason).thenComposeAsync(done -> readParts(), bench.workers());
    }

    private static Set<Lane> with(Set<Lane> blind, Lane lane) {
        Set<Lane> all = new HashSet<>(blind);
        all.add(lane);
        return all;
    }

    private Optional<Lane> other(Set<Lane> than) {
        return lanes.working().stream().filter(each -> !than.contains(each)).findFirst();
    }

    /** Where something may be, the window stays open, so that the past is listed when it can be seen. */
    private CompletionStage<Void> refused(ListingRun run, Set<Integer> holdsNothing, SkipRecordException refusal) {
        FeedPart feedPart = run.feedPart();
        if (holdsNothing.contains(refusal.status())) {
            LOG.debug("{} (such a part holds nothing)", refusal.sentence());
            return ledger().keepPage(run.window(), List.of(), 0, null, now())
                    .thenCompose(done -> ledger().visible(feedPart));
        }
        if (refused != null) {
            hidden.add(new Hidden(feedPart, refusal));
            return done();
        }
        return notVisible(feedPart, refusal);
    }

    private CompletionStage<Void> notVisible(FeedPart feedPart, SkipRecordException refusal) {
        pass.failed(refusal);
        return ledger().notVisible(feedPart, refusal.status(), refusal.said(), refusal.evidence(), now());
    }

    /** True if the lane is refused and another can take over. */
    private boolean isLeftOut(Lane lane, Throwable failure) {
        ArchiveException ours = failure == null ? null : ArchiveException.in(failure);
        if (ours == null || !lanes.leaveOut(lane, ours)) {
            return false;
        }
        pass.failed(ours);
        return true;
    }

    /** Tells the pass; null when its end has begun already, which explains this failure too. */
    private ArchiveException failure(Throwable failure) {
        if (Fetching.isCancelled(failure)) {
            return null; // the gates were closed because everything ends
        }
        ArchiveException ours = bench.ours(failure);
        if (pass.isEnding() && !(ours instanceof StopAllException)) {
            return null;
        }
        if (ours.code() == ErrorCode.PERMISSION_MISSING) {
            isStopped = true;
            pass.feedStopped(feed, refused != null ? refused : ours);
        } else if (ours instanceof StopCustomerException || ours instanceof StopAllException) {
            isStopped = true;
            pass.stop(ours);
        } else {
            pass.failed(ours);
        }
        return ours;
    }

    private Map<String, Object> variables(Lane lane, String subject) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.FEED, feed.name());
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.PURPOSE, Kind.LISTING);
        variables.put(Variables.SUBJECT, subject);
        return variables;
    }

    private Ledger ledger() {
        return bench.ledger();
    }

    private Instant now() {
        return bench.clock().instant();
    }
}
