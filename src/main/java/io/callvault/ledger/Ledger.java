// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What is known, what is due and what is proved.
 *
 * <p>Methods that answer a {@link CompletableFuture} write: many of them share one transaction, and the future completes
 * only after its commit, on the committing thread, so a dependent stage must be short. They fail with
 * {@link io.callvault.error.StopAllException} when the database cannot be written; nothing of that call is then kept. All
 * other methods read what is committed, block, and may be called from any thread.
 */
public interface Ledger extends AutoCloseable {

    // --- listing ------------------------------------------------------------------------------------------------

    /** Until when the feed part is known to be listed without a gap since its first window; empty before that. */
    Optional<Instant> listedUntil(FeedPart feedPart);

    /** From when on the feed part is known to be listed, as far as {@link #listedUntil}; empty before that. */
    Optional<Instant> listedFrom(FeedPart feedPart);

    /** Begun and not closed, oldest window first. */
    List<ListingWindow> openWindows(FeedPart feedPart);

    /** Begins a window. */
    CompletableFuture<ListingWindow> openWindow(FeedPart feedPart, Window window, Instant now);

    /** Forgets the pages of an open window, so that it is listed from its first page again. Its records stay. */
    CompletableFuture<Void> restartWindow(long window, Instant now);

    /**
     * SHA-256 of the canonical JSON of the latest revision of each of these records that is known.
     *
     * @param ids at most a page's worth
     */
    Map<String, String> latestRevisions(String customer, String feed, Collection<String> ids);

    /**
     * SHA-256 of the canonical JSON of all revisions of each of these records that is known.
     *
     * @param ids at most a page's worth
     */
    Map<String, Set<String>> revisions(String customer, String feed, Collection<String> ids);

    /**
     * Which of these items are known, in whatever state.
     *
     * @param items at most a page's worth
     */
    Set<String> knownItems(String customer, Collection<String> items);

    /**
     * Stores a page, in one transaction: revisions, their items as {@code due} (or {@code excluded} or
     * {@code not-retained}) unless the item is known already, a {@code record} event for each revision and one for each
     * item that is not to be fetched, the window's progress, and, with the last page, the closing of the window and the
     * feed part's {@link #listedUntil}. An item that is known and unfinished takes the newer {@code uri}.
     *
     * @param window the open window that the page belongs to
     * @param revisions what is new on the page, and what of it the ledger lost an item of; may be empty
     * @param records number of records on the page, known ones included
     * @param next address of the next page; null closes the window
     */
    CompletableFuture<Void> keepPage(
            ListingWindow window, List<NewRevision> revisions, int records, String next, Instant now);

    /** Leaves a window open with the reason, for status and report. The next run lists it again. */
    CompletableFuture<Void> windowIncomplete(long window, String code, String sentence, Instant now);

    /** Records that an extension or sub-account is not visible, and the event; a repeat with the same code is no event. */
    CompletableFuture<Void> notVisible(FeedPart feedPart, int status, String code, String reason, Instant now);

    /** Forgets that it was not visible. */
    CompletableFuture<Void> visible(FeedPart feedPart);

    /**
     * The whole feed is refused, with this code and sentence, and its parts are listed instead. Until
     * {@link #listedWhole}, open windows of the whole are nobody's concern.
     */
    CompletableFuture<Void> fellBack(FeedPart whole, String code, String sentence, Instant now);

    /** The whole feed can be listed: it needs its parts no more, nor is any of them invisible. */
    CompletableFuture<Void> listedWhole(FeedPart whole);

    // --- fetching -----------------------------------------------------------------------------------------------

    /**
     * Claims unfinished items ({@code due} or {@code waiting}) to be fetched, first to be lost first, and sets them to
     * {@code fetching}.
     *
     * @param limit at most so many
     * @return in that order; empty when none is left
     */
    CompletableFuture<List<DueItem>> claimItems(
            String customer, String group, Selection selection, int limit, Instant now);

    /** Gives claimed items back untried: {@code due} again, with attempts and next time unchanged. */
    CompletableFuture<Void> giveBack(Collection<ItemKey> items);

    /**
     * Ends a try at an item without success; {@code dead}, {@code gone} and {@code not-retained} are events. Does nothing
     * to an item that is stored.
     */
    CompletableFuture<Void> itemFailed(ItemKey item, Verdict verdict, long pass, Instant now);

    /**
     * Fixes a fetched item before its first put and makes a receipt due at each of these targets that has none yet. When
     * an earlier plan has the same SHA-256, its path and type stand. Receipts at other targets that are not stored are
     * forgotten: they are configured no more. When nothing is left to store, the item is {@code stored}, or {@code dead}
     * if one of its receipts is.
     *
     * @return the receipts to store, claimed; those proved already are left out
     */
    CompletableFuture<List<DueReceipt>> plan(ItemKey item, Plan plan, Collection<String> targets, Instant now);

    /** True if the provider was asked what it says of an item beside its record, with whatever result. */
    boolean hasMetadata(ItemKey item);

    /**
     * Keeps what the provider says of an item beside its record, and the {@code metadata} event; does nothing the second
     * time.
     *
     * @param raw JSON as it came; null when it could not be had
     * @param code why not; null when it could
     * @param evidence what was said then; null with {@code code}
     */
    CompletableFuture<Void> keepMetadata(ItemKey item, String raw, String code, String evidence, Instant now);

    // --- storing ------------------------------------------------------------------------------------------------

    /**
     * Claims receipts that are due at a target and whose item was planned since the start; the longest due first. An
     * item that is {@code due} again, as all unfinished ones are after {@link #releaseClaims}, comes through
     * {@link #claimItems} first, with its plan, so that its spool file is proved again.
     */
    CompletableFuture<List<DueReceipt>> claimReceipts(
            String customer, String target, Selection selection, int limit, Instant now);

    /** Gives claimed receipts back untried. */
    CompletableFuture<Void> giveBackReceipts(Collection<DueReceipt> receipts);

    /**
     * Ends a try at a receipt without success. Of the verdict's states only {@code due} and {@code dead} occur. A dead one
     * is an event, and makes its item {@code dead} once no other receipt of it is open.
     */
    CompletableFuture<Void> receiptFailed(DueReceipt receipt, Verdict verdict, long pass, Instant now);

    /**
     * Records the proof with its {@code stored} event; when no receipt of the item is open any more, the item is
     * {@code stored}, or {@code dead} if one of them is. Fails with {@link IllegalStateException} when the proof is of
     * other bytes than the receipt's plan. A repeat is no event.
     *
     * @param isTold true if nobody is to be told once it is stored everywhere, as if {@link #told} had been called
     * @return whether the item is now stored at all its targets, so that its spool file may go
     */
    CompletableFuture<Boolean> stored(DueReceipt receipt, Receipt proof, boolean isTold, Instant now);

    /**
     * Makes stored items due again that do not lie at every one of these targets, because one was added later.
     *
     * @return how many
     */
    CompletableFuture<Integer> want(String customer, Collection<String> targets);

    /** Where an item is proved to lie: its path there, by the target's name. */
    Map<String, String> places(ItemKey item);

    /** Items that are stored and of which the operators' own on-stored step has not been told. */
    List<StoredItem> untold(String customer, int limit);

    /** The operators' own step has been told. */
    CompletableFuture<Void> told(ItemKey item);

    /** Raw JSON of a revision. */
    String raw(String customer, String feed, String recordId, int revision);

    /** Names of the spool files that unfinished and dead items are planned with: all others may go. */
    List<String> plannedSpoolFiles(String customer);

    /** The items whose spool files {@link #plannedSpoolFiles} names: true for those that a target has proved. */
    Map<ItemKey, Boolean> spooled(String customer);

    /**
     * Lets an item's spool file go before all targets have it, because one of them has it proved: the item is {@code due}
     * again with its plan, so that it is brought back from there.
     *
     * @param nextAt when it is asked for again
     * @param pass the pass that lets it go and will not claim it again; 0 for the service
     * @return false, with nothing changed, when no target has it or it is on its way to one just now
     */
    CompletableFuture<Boolean> evict(ItemKey item, Instant nextAt, long pass);

    /** Number of unfinished items and receipts that the selection would still let be claimed. */
    long claimable(String customer, Selection selection);

    /**
     * When the first unfinished item's or receipt's next time comes, or came; empty when nothing waits for a time. Items
     * that may be taken at once are not in it.
     */
    Optional<Instant> nextTime(String customer);

    /**
     * Makes what was given up due again, with no rung of the ladder used: dead items, and dead receipts together with
     * their items.
     *
     * @return how many items it concerns
     */
    CompletableFuture<Integer> retry(String customer, DeadSelection selection, Instant now);

    // --- journal ------------------------------------------------------------------------------------------------

    /** The chain's newest object, published or only fixed; empty for a new chain. Bytes are there until published. */
    Optional<JournalObject> newestObject(String customer, String target);

    /** True if the newest object is fixed and not published. */
    boolean isUnpublished(String customer, String target);

    /** Events for a chain behind the given event number, in order: those of all chains and those of this target. */
    List<JournalEvent> events(String customer, String target, long after, int limit);

    /** What the next header tells of the listing, behind the given event number, in order. */
    List<HeaderEvent> headerEvents(String customer, long after);

    /**
     * Commits an object's number, key and bytes before it is put. Fails with {@link IllegalStateException} when it does
     * not follow the chain's newest, or while that is not published.
     */
    CompletableFuture<Void> fixObject(JournalObject object);

    /** The object lies at the target. Its bytes are dropped from the ledger. */
    CompletableFuture<Void> published(JournalObject object, Instant now);

    // --- gates --------------------------------------------------------------------------------------------------

    List<GateRecord> gates();

    CompletableFuture<Void> keepGate(GateRecord gate);

    // --- whole --------------------------------------------------------------------------------------------------

    /**
     * Makes what was lost again. The work runs on the committing thread and may take its time, as nobody else writes; when
     * it fails, nothing of it is kept.
     */
    <T> CompletableFuture<T> rebuild(Function<Rebuild, T> work);

    /** Number of a new pass, larger than any before. */
    CompletableFuture<Long> beginPass(Instant now);

    /** After an unclean stop: everything claimed is due again. */
    CompletableFuture<Void> releaseClaims();

    /** What stopped a customer's run; null clears it. */
    CompletableFuture<Void> stopped(String customer, String code, String sentence, Instant now);

    /** What is stored, due and failed, for these customers, in this order. One short read for each. */
    List<CustomerCounts> counts(Collection<String> customers);

    /** The same ledger row by row. */
    Reports reports();

    /** What it knows for and of alarms. */
    AlarmBook alarms();

    /** What it knows for and of releases at the source. */
    Releases releases();

    /** How long the provider keeps things. */
    Retentions retentions();

    /** The console's questions. */
    Views views();

    /** What the console searches. */
    Search search();

    /**
     * Somebody was given an item's bytes to hear or to see: goes to every journal of the customer.
     *
     * @param who the name of the console's user; null when it asks for none
     * @param address where the request came from
     */
    CompletableFuture<Void> played(ItemKey item, String feed, String recordId, String who, String address, Instant now);

    @Override
    void close();
}
