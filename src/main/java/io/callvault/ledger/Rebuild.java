// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A ledger being made again from journals, inside one transaction: all of it is kept or nothing. Only for the thread, and
 * the time, of {@link Ledger#rebuild}.
 *
 * <p>Events that stand in every chain of a customer have a position, in their order; a chain that is behind the others has
 * the first of them only. The events of a chain are given in its order, one chain after another.
 */
public interface Rebuild {

    /**
     * An event as a journal tells it.
     *
     * @param event its kind
     * @param recordId the record it concerns; null for none
     * @param revision the revision it tells of; null unless it is a {@code record}
     * @param line as it stands in the journal; null for a {@code record}
     */
    record Told(String customer, Instant at, String event, String feed, String recordId, Integer revision, String line) {}

    /**
     * Where an event stands.
     *
     * @param position 1 and up; larger than that of the event before it in the chain
     * @param isNew false when an earlier chain told it
     */
    record Place(long position, boolean isNew) {}

    /** True if the ledger holds no record, event or journal of the customer. */
    boolean isEmpty(String customer);

    /**
     * Finds or takes the place of an event that stands in every chain.
     *
     * @param after the position of the chain's event before it; 0 for the first
     */
    Place place(Told told, long after);

    /** Keeps a revision and the items it names, as when it was listed. Only for a new event of the kind {@code record}. */
    void record(Told told, NewRevision revision);

    /**
     * An item ended, as the event's kind says: {@code gone}, {@code dead}, {@code not-retained} or {@code excluded}.
     *
     * @param target where it is dead; null when as a whole
     * @param position of the event
     */
    void ended(Told told, ItemKey item, String target, String code, String evidence, long position);

    /**
     * A part was not visible, unless it is known to be so later.
     *
     * @param unlisted the span that waits to be listed when it can be seen; null for none
     */
    void notVisible(FeedPart feedPart, int status, String code, String reason, Window unlisted, Instant at);

    /** Keeps what the provider said of an item beside its record; one of raw and code is null. */
    void metadata(ItemKey item, String raw, String code, String evidence, Instant at);

    /** The provider was asked to give an item up, or what became of it: {@code outcome} as {@link Releases} has it. */
    void released(Told told, ItemKey item, String mode, String outcome, String code, String evidence);

    /** A part was visible again. */
    void visible(FeedPart feedPart, Instant at);

    /** A span of a part was listed without a gap. */
    void listed(FeedPart feedPart, Window span);

    /**
     * An item was stored.
     *
     * @param plan what was fixed; its spool file need not exist
     * @param after position of the chain's event before it: what ended the item later stands
     * @return false when no record names the item; nothing is kept then
     */
    boolean stored(ItemKey item, String target, Plan plan, Receipt proof, Instant at, long after);

    /** What was fixed for an item; empty when no journal told that it was stored. */
    Optional<Plan> plan(ItemKey item);

    /** An object of a chain, published; its {@code lastEvent} is the position of the last event up to its end. */
    void object(JournalObject object);

    /**
     * Proof found at the target itself, of an item that another chain calls stored. It is an event of the target's chain.
     */
    void found(ItemKey item, String feed, String recordId, String target, Plan plan, Receipt proof, Instant now);

    /**
     * Settles each item: stored when it is at all of these targets; due when it is at some, unless it ended. Those at all
     * count as told to the operators' own step.
     *
     * @return how many items were left due although they lie at one target
     */
    long conclude(String customer, Collection<String> targets);

    /** What is in the ledger until now. */
    Reports reports();
}
