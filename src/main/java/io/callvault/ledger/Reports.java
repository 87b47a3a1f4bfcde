// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known, row by row, for those who compare it with something else. Everything is read in pages, each a short read
 * of its own, so that a ledger of any size fits any memory and nobody who writes waits for a reader.
 */
public interface Reports {

    /**
     * A record of a listing.
     *
     * @param startedAt null when the record does not say
     * @param extension null when it belongs to none
     * @param unreadable why it could not be read; null for a good one
     */
    record Listed(String feed, String id, Instant startedAt, String extension, String unreadable) {}

    /**
     * An item and how it stands with one target.
     *
     * @param recordId its record, and {@code revision} the one whose raw JSON is the sidecar
     * @param state see the table {@code item}
     * @param code of its last failure; null for none
     * @param evidence what was said then; null for none
     * @param plannedPath where it goes; null before it was fetched
     * @param startedAt of its record; null when not known
     * @param extension of its record; null when there is none
     * @param isRecordKnown false when its record is not in the ledger, which cannot be unless a row was lost
     * @param sidecarLength bytes of the sidecar; null when that revision is not in the ledger
     * @param receipt at the target; null when there is none
     */
    record Item(
            String item,
            String feed,
            String recordId,
            int revision,
            String state,
            String code,
            String evidence,
            String plannedPath,
            Instant startedAt,
            String extension,
            boolean isRecordKnown,
            Long sidecarLength,
            ItemReceipt receipt) {}

    /**
     * A receipt.
     *
     * @param state {@code due}, {@code storing}, {@code stored} or {@code dead}
     * @param code of its last failure; null for none
     * @param evidence what was said then; null for none
     * @param path from here on: null unless stored
     * @param length bytes; 0 unless stored
     */
    record ItemReceipt(
            String state, String code, String evidence, String path, long length, String sha256, Instant storedAt) {

        public boolean isStored() {
            return state.equals("stored");
        }
    }

    /**
     * An object of a chain.
     *
     * @param number 1 and up
     * @param key where it goes in the target
     * @param sha256 of its gzip bytes
     * @param previous SHA-256 of the object before it; null for number 1
     * @param isPublished false while it is fixed and not known to lie there
     */
    record ChainLink(long number, String key, String sha256, String previous, boolean isPublished) {}

    /**
     * A window whose listing was begun and not ended.
     *
     * @param part empty for the whole feed
     * @param code why a run left it open; null when none said so: it is being listed, or the process died
     * @param sentence the same for people; null with {@code code}
     */
    record OpenWindow(String feed, String part, Instant from, Instant to, String code, String sentence) {}

    /** An extension or sub-account that the credentials may not see. {@code code} and {@code reason} may be null. */
    record NotVisible(String feed, String part, int status, String code, String reason) {}

    /**
     * A feed that is listed by its parts, because the list of the whole is refused.
     *
     * @param since when that began
     * @param code of the refusal
     * @param sentence the refusal for people
     */
    record Fallback(String feed, Instant since, String code, String sentence) {}

    /** What stopped a customer's last run. */
    record Stopped(String code, String sentence) {}

    /** A record of which the ledger holds less than it was given. */
    record Torn(String feed, String recordId) {}

    /**
     * Something given up.
     *
     * @param item the item
     * @param target the target at which it was given up; null when it could not be fetched
     * @param code of the last failure; null when not known
     * @param evidence what was said then; null when not known
     */
    record Dead(String item, String feed, String target, String code, String evidence, Instant startedAt) {}

    /**
     * Items of one kind by what they cost and when they are lost.
     *
     * @param group API group of their content; null when it has none
     * @param count items that began in the span asked for
     * @param keptSeconds how long the provider keeps one, whole days in seconds; null when not known
     */
    record Inflow(String feed, String kind, String group, long count, Long keptSeconds) {}

    /**
     * Unfinished items that are lost on one day.
     *
     * @param group API group of their content; null when it has none
     * @param day of the loss, in UTC, as {@code 2026-03-10}; null when they are never lost
     */
    record Backlog(String group, String day, long count) {}

    /**
     * An item and the raw JSON of the revision that first named it.
     *
     * @param type its media type, from its bytes or as announced; null when not known
     */
    record Newest(String item, String feed, String recordId, String kind, String type, String raw) {}

    /** Pages listed of one feed in a span of time. */
    record Pages(String feed, long pages) {}

    /** Records of a customer behind the given one, by feed and id; the first page is behind two empty strings. */
    List<Listed> records(String customer, String afterFeed, String afterId, int limit);

    /** Items of a customer behind the given one, by their ids; the first page is behind the empty string. */
    List<Item> items(String customer, String target, String after, int limit);

    /** Objects of a chain behind the given number, in order. */
    List<ChainLink> chain(String customer, String target, long after, int limit);

    /** Without those whose span is listed in another way: see {@link #fallbacks}. */
    List<OpenWindow> openWindows(String customer);

    List<NotVisible> notVisible(String customer);

    /** Feeds that are listed by their parts for want of a permission. */
    List<Fallback> fallbacks(String customer);

    /** Feeds of which at least one part was listed to the end of a window. */
    List<String> listedFeeds(String customer);

    /** Null when the customer's last run was not stopped. */
    Stopped stopped(String customer);

    /** Revisions without their record and records without their latest revision, at most so many; none unless a row was lost. */
    List<Torn> torn(String customer, int limit);

    /** What {@link Ledger#retry} would make due again, items in order. */
    List<Dead> dead(String customer, DeadSelection selection);

    /** Items to be fetched that began at or after an instant, by feed, kind and how many days they are kept. */
    List<Inflow> inflow(String customer, Instant since);

    /** When the earliest instant was that any part of a feed is listed from; null when nothing is. */
    Instant listedFrom(String customer);

    /** The items that began last, newest first. */
    List<Newest> newest(String customer, int limit);

    /** All unfinished items. */
    List<Backlog> backlog(String customer);

    /** Pages of windows that were ended at or after an instant. */
    List<Pages> pages(String customer, Instant since);

    /** When the customer's first window was begun; null when none was. */
    Instant firstWindow(String customer);

    /**
     * What became of the items that the provider was asked to give up.
     *
     * @param from only of records that began at or after this, or do not say when; null for no bound
     * @param to only of those that began before this; null for no bound
     * @return number of items by outcome, as {@link Releases} has them; without those that there are none of
     */
    Map<String, Long> releases(String customer, Instant from, Instant to);

    /** The customer's gates. */
    List<GateRecord> gates(String customer);
}
