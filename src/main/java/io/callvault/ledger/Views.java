// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the console's pages show beside what {@link Reports} tells. Each is one short read. */
public interface Views {

    /**
     * One form of a record.
     *
     * @param number 1 and up
     * @param raw its JSON as it came
     * @param sha256 of its canonical JSON
     */
    record Revision(int number, String raw, String sha256, Instant seenAt) {}

    /**
     * An item. What is not known is null.
     *
     * @param recordId the record that named it first
     * @param state see the table {@code item}
     * @param code of its last failure
     * @param evidence what was said then
     * @param length in bytes
     * @param type media type, from its bytes
     * @param lossAt when the provider deletes it
     */
    record Item(
            String item,
            String feed,
            String recordId,
            String kind,
            String state,
            String code,
            String evidence,
            Long length,
            String sha256,
            String type,
            Instant lossAt,
            Instant storedAt) {}

    /** Proof, or the wish for it; see the table {@code receipt}. What is not known is null. */
    record ItemReceipt(
            String target,
            String state,
            String code,
            String evidence,
            String path,
            String location,
            Long length,
            String sha256,
            String checksum,
            Instant storedAt) {}

    /**
     * How many there are of something in an hour, or in a minute.
     *
     * @param time the beginning of an instant's text in UTC, {@code 2026-03-10T14} or {@code 2026-03-10T14:05}
     * @param state of items; the feed, of records
     */
    record Count(String time, String state, long count) {}

    /** Failures of items that go on, by their codes. */
    record Failing(String code, String state, long count) {}

    /** One record; empty when there is none. Its place is 0. */
    Optional<Search.Hit> record(String customer, String feed, String id);

    /** Why a record could not be read; null for a good one. */
    String unreadable(String customer, String feed, String id);

    List<Revision> revisions(String customer, String feed, String id);

    /** Those of the named items that are known, by name. */
    List<Item> items(String customer, Collection<String> items);

    List<ItemReceipt> receipts(String customer, String item);

    /**
     * Records by when they started and by feed. Reads all of them.
     *
     * @param byMinute true for minutes, false for hours
     */
    List<Count> records(String customer, boolean byMinute);

    /** Items by when they started and by state. Reads all of them. */
    List<Count> items(String customer, boolean byMinute);

    /** Of the first ten thousand that wait to be asked again. */
    List<Failing> failing(String customer);
}
