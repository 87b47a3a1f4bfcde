// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.model.FeedPart;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * One walk through the windows of a feed part. Used by one exchange at a time.
 *
 * <p>Windows begin at the length that the feed declares and follow what they bring: one that fits a page makes the next twice as long, one of many
 * pages half as long, never longer than the feed allows. The oldest comes first, because its items are lost first.
 */
public final class ListingRun {

    private static final Duration MONTH = Duration.ofDays(31);
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final int MANY_PAGES = 20;

    private final Customer customer;
    private final Feed feed;
    private final FeedPart feedPart;
    private final Progress progress;
    private final Runnable reached;
    private final Comparison comparison;
    private final Deque<ListingWindow> begun = new ArrayDeque<>();
    private Instant listFrom;
    private final Instant listTo;
    private Duration length;

    private ListingWindow window;
    private String address;
    private int pages;
    private int failures;
    private ListedPage page;
    private final List<Candidate> candidates = new ArrayList<>();
    private String incomplete;
    private boolean hasKept;

    ListingRun(
            Customer customer,
            Feed feed,
            FeedPart feedPart,
            List<ListingWindow> begun,
            Instant listFrom,
            Instant listTo,
            Progress progress,
            Runnable reached,
            Comparison comparison) {
        this.customer = customer;
        this.feed = feed;
        this.feedPart = feedPart;
        this.begun.addAll(begun);
        this.listFrom = listFrom;
        this.listTo = listTo;
        this.progress = progress;
        this.reached = reached;
        this.comparison = comparison;
        // Parts that take the place of the whole hold little each, and there are many.
        this.length = feed.isFallback(feedPart) ? longest() : feed.window();
    }

    Customer customer() {
        return customer;
    }

    Feed feed() {
        return feed;
    }

    FeedPart feedPart() {
        return feedPart;
    }

    /** What it does, to follow "Tried to". */
    String subject() {
        return "list " + feed.name() + (feedPart.part().isEmpty() ? "" : " of " + feed.partName() + " " + feedPart.part());
    }

    /** True if a page was kept: the feed part can be seen. */
    boolean hasKept() {
        return hasKept;
    }

    Progress progress() {
        return progress;
    }

    /** True for a walk that holds what is listed against the ledger. */
    boolean isAgain() {
        return comparison != null;
    }

    /**
     * Whether the ledger lacks something of a record.
     *
     * @param forms SHA-256 of the forms that are no news, the latest above all; empty for a record that it does not know
     * @param items those of the page that it knows; looked at only by a walk that is held against the ledger
     */
    boolean isUnknown(ListedRecord record, Set<String> forms, String sha256, Set<String> items) {
        boolean isKnown = forms.contains(sha256);
        String before = isKnown ? sha256 : forms.stream().findFirst().orElse(null);
        return isAgain() ? comparison.record(feed.name(), record, before, sha256, items) : !isKnown;
    }

    /** The window being listed; null between windows. */
    ListingWindow window() {
        return window;
    }

    String address() {
        return address;
    }

    /** A window that an earlier run began; null when there is none left. */
    ListingWindow nextBegun() {
        return begun.poll();
    }

    /** The next window to begin; null at the end. */
    Window nextNew() {
        if (listFrom == null || !listFrom.isBefore(listTo)) {
            return null;
        }
        Instant end = listFrom.plus(length);
        // What would be left over is not worth a window of its own.
        Instant last = feed.longest() == null ? Instant.MAX : listFrom.plus(feed.longest());
        if (end.plus(length.dividedBy(4)).isAfter(listTo)) {
            end = listTo.isAfter(last) ? last : listTo;
        }
        Window next = new Window(listFrom, end);
        listFrom = end;
        return next;
    }

    void begin(ListingWindow begunWindow, String firstAddress) {
        window = begunWindow;
        address = firstAddress;
        pages = 0;
    }

    /** The page that came from the present address. */
    void page(ListedPage listed, List<Candidate> unseen) {
        page = listed;
        candidates.clear();
        candidates.addAll(unseen);
        pages++;
    }

    ListedPage page() {
        return page;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** The present page could not be had or kept; answers how often that is now. */
    int failed() {
        return ++failures;
    }

    /** The page is kept: on to the next, or the window is over. */
    void kept() {
        hasKept = true;
        reached.run();
        failures = 0;
        address = page.next();
        page = null;
        if (address == null) {
            over();
        }
    }

    /** The window stays incomplete; the walk goes on with the next. */
    void leaveOpen(String sentence) {
        incomplete = sentence;
        page = null;
        address = null;
        window = null;
    }

    /** Why a window stayed incomplete; null when none did. */
    String incomplete() {
        return incomplete;
    }

    private void over() {
        window = null;
        if (pages <= 1) {
            length = shorter(length.multipliedBy(2), longest());
        } else if (pages > MANY_PAGES) {
            Duration half = length.dividedBy(2);
            length = half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
        }
    }

    private Duration longest() {
        return feed.longest() != null ? feed.longest() : longer(MONTH, feed.window());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A form of a record that the ledger does not know, on its way past the operators' step. */
    static final class Candidate {
        private final ListedRecord record;
        private final String sha256;
        private String excluded;

        Candidate(ListedRecord record, String sha256) {
            this.record = record;
            this.sha256 = sha256;
        }

        ListedRecord record() {
            return record;
        }

        /** Ids of its items that are to be fetched. */
        List<String> toFetch() {
            return excluded != null
                    ? List.of()
                    : record.items().stream()
                            .filter(item -> item.notRetained() == null)
                            .map(ListedItem::id)
                            .toList();
        }

        void exclude(String rule) {
            excluded = rule;
        }

        NewRevision revision(java.util.Map<String, Instant> lossAt, String group) {
            return new NewRevision(record, sha256, excluded, lossAt, group);
        }
    }
}
