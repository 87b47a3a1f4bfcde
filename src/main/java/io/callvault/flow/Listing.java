// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.exchange.Variables;
import io.callvault.flow.ListingRun.Candidate;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.model.FeedPart;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listing, as the routes see it: which address comes next, which records of a page are new, and the one transaction that
 * keeps a page. A page that was not kept is asked for again by the next run.
 */
public final class Listing {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

    /** A window left half-listed longer ago is listed from its first page: rows may have moved between pages. */
    private static final Duration RESUMABLE = Duration.ofHours(1);

    /** How often one run asks for a page that cannot be had. */
    private static final int TRIES = 3;

    private final Ledger ledger;
    private final Executor workers;
    private final Clock clock;

    /** @param workers where a route goes on after a commit: never on the thread that commits */
    public Listing(Ledger ledger, Executor workers, Clock clock) {
        this.ledger = ledger;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Plans a walk: windows begun earlier, then from where the last closed window ended, less the look-back, to now.
     *
     * @param span what to list
     * @param reached told of every page that was kept
     */
    ListingRun plan(
            Customer customer, Feed feed, FeedPart feedPart, Span span, Progress progress, Runnable reached) {
        Instant from = span.from();
        Instant to = span.to();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (span.comparison() != null) {
            return again(customer, feed, feedPart, span, progress, reached, now);
        }
        Instant end = to == null || to.isAfter(now) ? now : to;
        Instant start = from != null
                ? from
                : listedUntil(feed, feedPart)
                        .map(until -> until.minus(span.lookBack()))
                        .orElse(customer.since());
        List<ListingWindow> begun = new ArrayList<>();
        // A span that was asked for is walked by itself; what earlier runs began belongs to the usual walk.
        for (ListingWindow window : from == null ? ledger.openWindows(feedPart) : List.<ListingWindow>of()) {
            if (window.openedAt().plus(RESUMABLE).isBefore(clock.instant())) {
                ledger.restartWindow(window.number(), clock.instant()).join();
                begun.add(new ListingWindow(
                        window.number(), feedPart, window.window(), null, 0, 0, clock.instant()));
            } else {
                begun.add(window);
            }
            // What an earlier run began is not begun again.
            if (!window.window().from().isAfter(start) && window.window().to().isAfter(start)) {
                start = window.window().to();
            }
        }
        return new ListingRun(customer, feed, feedPart, begun, start, end, progress, reached, null);
    }

    /** What the whole was listed to before it was refused needs no part. */
    private Optional<Instant> listedUntil(Feed feed, FeedPart feedPart) {
        Optional<Instant> until = ledger.listedUntil(feedPart);
        return until.isEmpty() && feed.isFallback(feedPart)
                ? ledger.listedUntil(FeedPart.whole(feedPart.customer(), feedPart.feed()))
                : until;
    }

    /** What was begun and what began since the last listing is left to the usual walk: nobody says that it was listed. */
    private ListingRun again(
            Customer customer, Feed feed, FeedPart feedPart, Span span, Progress progress, Runnable reached, Instant now) {
        Instant reach = ledger.listedFrom(feedPart)
                .filter(first -> first.isBefore(customer.since()))
                .orElse(customer.since());
        Instant start = span.from() == null ? reach : span.from();
        Instant last = ledger.listedUntil(feedPart).orElse(now);
        // The provider's windows hold their end, and it counts milliseconds; what began then is not asked for.
        Instant end = span.to() == null ? last : span.to().minusMillis(1);
        return new ListingRun(
                customer, feed, feedPart, List.of(), start, end.isAfter(now) ? now : end, progress, reached, span.comparison());
    }

    /**
     * What a walk lists.
     *
     * @param from from here in any case; null for where the last closed window ended, less the look-back
     * @param to to here; null for now
     * @param lookBack how much is listed again
     * @param comparison null for a walk to find what is new; else what is listed again is held against the ledger: all
     *     that the ledger reaches, within the bounds
     */
    record Span(Instant from, Instant to, Duration lookBack, Comparison comparison) {

        Span(Instant from, Instant to, Duration lookBack) {
            this(from, to, lookBack, null);
        }

        static Span again(Instant from, Instant to, Comparison comparison) {
            return new Span(from, to, Duration.ZERO, comparison);
        }
    }

    /** The address to ask for next; null at the end of the walk. */
    public String next(@Variable(Variables.LISTING) ListingRun run) {
        if (run.address() != null) {
            return run.address();
        }
        ListingWindow begun = run.nextBegun();
        if (begun == null) {
            Window window = run.nextNew();
            if (window == null) {
                return null;
            }
            begun = ledger.openWindow(run.feedPart(), window, clock.instant()).join();
        }
        String address = begun.next() != null
                ? begun.next()
                : run.customer().provider().firstPage(run.feedPart(), begun.window());
        run.begin(begun, address);
        return address;
    }

    /** Whether a page that could not be had is asked for once more; counts the failure. */
    public boolean mayRepeat(
            @Variable(Variables.LISTING) ListingRun run, @Variable(Variables.PARTS) PartsRun parts) {
        return (run != null ? run.failed() : parts.failed()) < TRIES;
    }

    /** Reads a page's bytes. */
    public ListedPage read(@Variable(Variables.LISTING) ListingRun run, @Body byte[] body) {
        return run.customer().provider().read(run.feedPart(), run.address(), body);
    }

    /**
     * Which records of a page the ledger does not know in this form.
     *
     * @return one candidate each, for the operators' step
     */
    public List<Candidate> unseen(@Variable(Variables.LISTING) ListingRun run, @Body ListedPage page) {
        Map<String, Set<String>> known = known(run, page);
        Set<String> items = knownItems(run, page);
        List<Candidate> unseen = new ArrayList<>();
        for (ListedRecord record : page.records()) {
            String sha256 = ExactJson.sha256(record.raw());
            Set<String> forms = known.computeIfAbsent(record.id(), id -> new HashSet<>());
            if (run.isUnknown(record, forms, sha256, items)) {
                if (!run.feed().isFallback(run.feedPart())) {
                    forms.clear();
                }
                forms.add(sha256);
                Candidate candidate = new Candidate(record, sha256);
                candidate.exclude(run.customer().exclusions().rule(record));
                unseen.add(candidate);
            }
            if (record.unreadable() != null) {
                LOG.warn(
                        "Customer {}: record {} of feed {} cannot be read ({}); kept as it came. [{}]",
                        run.customer().id(),
                        record.id(),
                        run.feed().name(),
                        record.unreadable(),
                        ErrorCode.RECORD_UNREADABLE);
            }
        }
        run.page(page, unseen);
        return unseen;
    }

    /**
     * Forms of the page's records that are no news: the latest. Where parts take the place of the whole, each that was seen
     * before: two parts may show one record in two ways, and for ever take turns.
     */
    private Map<String, Set<String>> known(ListingRun run, ListedPage page) {
        Set<String> ids = new HashSet<>();
        page.records().forEach(record -> ids.add(record.id()));
        String customer = run.customer().id();
        String feed = run.feed().name();
        if (run.feed().isFallback(run.feedPart())) {
            return new HashMap<>(ledger.revisions(customer, feed, ids));
        }
        Map<String, Set<String>> latest = new HashMap<>();
        ledger.latestRevisions(customer, feed, ids).forEach((id, form) -> latest.put(id, new HashSet<>(Set.of(form))));
        return latest;
    }

    /** Asked for only where the ledger is doubted: what it knows in this form it knows with its items. */
    private Set<String> knownItems(ListingRun run, ListedPage page) {
        if (!run.isAgain()) {
            return Set.of();
        }
        Set<String> items = new HashSet<>();
        page.records().forEach(record -> record.items().forEach(item -> items.add(item.id())));
        return ledger.knownItems(run.customer().id(), items);
    }

    /** A candidate's raw JSON, for the operators' step. */
    public String raw(@Body Candidate candidate) {
        return candidate.record().raw();
    }

    /** A candidate's record id, for the operators' step. */
    public String recordId(@Body Candidate candidate) {
        return candidate.record().id();
    }

    /** Keeps what the operators' step decided. */
    public void verdict(
            @Variable(Variables.CANDIDATE) Candidate candidate, @Variable(Variables.EXCLUDE) String rule) {
        if (rule != null && !rule.isBlank()) {
            candidate.exclude(rule);
        }
    }

    /** Keeps the page: one transaction. Completes after its commit. */
    public CompletionStage<Void> keep(@Variable(Variables.LISTING) ListingRun run) {
        ListedPage page = run.page();
        List<NewRevision> revisions = new ArrayList<>();
        Set<String> items = new HashSet<>();
        for (Candidate candidate : run.candidates()) {
            revisions.add(candidate.revision(lossAt(run, candidate.record()), run.feed().contentGroup()));
            items.addAll(candidate.toFetch());
        }
        long found = items.size();
        boolean isRefused = page.refusedNext() != null || run.address().equals(page.next());
        String next = isRefused ? run.address() : page.next();
        CompletableFuture<Void> kept =
                ledger.keepPage(run.window(), revisions, page.records().size(), next, clock.instant());
        String sentence = "Tried to " + run.subject() + " of customer "
                + run.customer().id() + " but the next page is said to be at another host, or the same again; not followed";
        if (isRefused) {
            kept = kept.thenCompose(done -> ledger.windowIncomplete(
                    run.window().number(), ErrorCode.LISTING_FOREIGN_LINK.name(), sentence, clock.instant()));
        }
        return kept.thenRunAsync(
                () -> {
                    run.progress().listed.add(page.records().size());
                    run.progress().found.add(found);
                    if (isRefused) {
                        run.leaveOpen(sentence);
                    } else {
                        run.kept();
                    }
                },
                workers);
    }

    /** A walk ended early: its window stays open, with the reason. */
    CompletionStage<Void> broken(ListingRun run, ArchiveException failure) {
        if (run.window() == null) {
            return CompletableFuture.completedFuture(null);
        }
        return ledger.windowIncomplete(
                run.window().number(), failure.code().name(), failure.getMessage(), clock.instant());
    }

    private static Map<String, Instant> lossAt(ListingRun run, ListedRecord record) {
        Map<String, Instant> lossAt = new HashMap<>();
        for (ListedItem item : record.items()) {
            Instant loss = run.customer().provider().lossAt(run.customer().id(), record, item);
            if (loss != null) {
                lossAt.put(item.id(), loss);
            }
        }
        return lossAt;
    }
}
