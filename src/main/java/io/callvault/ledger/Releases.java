// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the ledger knows for and of releases at the source. Writes as {@link Ledger}'s do; reads block. */
public interface Releases {

    /** Asked for, and nobody knows what became of it. */
    String ASKED = "asked";

    /** The provider gave it up. */
    String RELEASED = "released";

    /** The provider had it no more when it was asked. */
    String GONE = "gone";

    /** The provider has it still. */
    String REFUSED = "refused";

    /** All that can become of one, in the order in which people are told. */
    List<String> OUTCOMES = List.of(RELEASED, GONE, REFUSED, ASKED);

    /**
     * An item and what the ledger says of it.
     *
     * @param uri where the provider serves it; null when that is not known
     * @param revision the revision that first named it, whose raw JSON is its sidecar
     * @param state of the item
     * @param storedAt when it lay on the last of its targets; null before
     * @param startedAt when its record began; null when not known
     * @param extension its record's; null when it has none
     * @param latest number of its record's latest revision; 0 when the ledger does not have the record
     * @param isSettled false while the provider may still rewrite the record soon
     * @param excluded the rule that keeps the record's items out; null when none does
     * @param unreadable why the record could not be read; null for a good one
     * @param outcome of its release; null when none was asked for
     */
    record Candidate(
            String item,
            String feed,
            String recordId,
            String uri,
            int revision,
            String state,
            Instant storedAt,
            Instant startedAt,
            String extension,
            int latest,
            boolean isSettled,
            String excluded,
            String unreadable,
            String outcome) {

        /** Whether the provider is known to have it no more. */
        public boolean isReleased() {
            return RELEASED.equals(outcome) || GONE.equals(outcome);
        }
    }

    /**
     * That an item lies at a target.
     *
     * @param length in bytes
     * @param sha256 64 lower-case hex digits
     */
    record Copy(String target, String path, long length, String sha256, Instant storedAt) {}

    /** A record of which a chain does not tell everything yet. */
    record Untold(String feed, String recordId) {}

    /**
     * An object of a journal.
     *
     * @param at when it was made
     */
    record Made(String target, long number, Instant at) {}

    /** What is to be asked of the provider, or what became of it. */
    record Asked(ItemKey item, String feed, String recordId) {}

    /** Stored items behind the given one that are not released, by their ids; the first page is behind the empty string. */
    List<Candidate> candidates(String customer, String after, int limit);

    /** These items, in whatever state; those that the ledger does not know are left out. */
    List<Candidate> of(String customer, Collection<String> items);

    /** Where an item is proved to lie. */
    List<Copy> copies(ItemKey item);

    /** Records of which an event is not in a published object of every one of these targets' chains. */
    Set<Untold> untold(String customer, Collection<String> targets);

    /** All objects of the customer's journals, chain by chain, in the order of their numbers. */
    List<Made> made(String customer);

    /** When a rehearsal of these settings was over; empty when there was none. */
    Optional<Instant> rehearsedAt(String customer, String fingerprint);

    /** It is over. */
    CompletableFuture<Void> rehearsed(String customer, String fingerprint, Instant now);

    /** The provider is about to be asked: a {@code released} event for each. */
    CompletableFuture<Void> asked(Collection<Asked> items, String mode, Instant provedAt, Instant now);

    /**
     * What became of it: a {@code released} event for each.
     *
     * @param code why it was refused; null when it was not
     * @param evidence what was said then; null with {@code code}
     */
    CompletableFuture<Void> ended(
            Collection<Asked> items, String mode, String outcome, String code, String evidence, Instant now);
}
