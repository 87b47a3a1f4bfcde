// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What is archived of one customer, and what is not.
 *
 * @param customer the customer's id
 * @param complete true if every listing was complete, everything listed lies on each of its targets or is accounted for
 *     (gone, not retained, excluded), and the targets and the ledger say the same
 * @param journalHeads for each target the SHA-256 of the newest published object of its chain; null before the first
 * @param days sorted by day, feed and extension; days begin in the customer's time zone
 * @param gaps what is missing, could not be read or cannot be explained, or what the provider has and the ledger had not
 * @param notVisible extensions that the credentials may not see
 * @param releases number of items that the provider was asked to give up, by what became of it
 *     ({@link io.callvault.ledger.Releases}); empty when it never was
 * @param notes what could not be looked at, one sentence each
 */
public record CustomerReport(
        String customer,
        boolean complete,
        Map<String, String> journalHeads,
        List<Day> days,
        List<Gap> gaps,
        List<Hidden> notVisible,
        Map<String, Long> releases,
        List<String> notes) {

    /**
     * The records of one feed and extension that began on one day, and their items.
     *
     * @param day null for records that do not say when they began
     * @param extension null for records that belong to none
     * @param listed number of records
     * @param items number of items in them
     * @param stored number of items proved at each target
     * @param pending items due, being fetched or not ready
     */
    public record Day(
            LocalDate day,
            String feed,
            String extension,
            long listed,
            long items,
            Map<String, Long> stored,
            long pending,
            long dead,
            long gone,
            long notRetained,
            long excluded) {}

    /**
     * One thing that is not as it should be.
     *
     * @param item the item; the path of an object that the ledger does not know; a record as {@code feed/id}; or
     *     {@code listing <feed> …} for what was not listed; null when it concerns a whole target or customer
     * @param target null when it concerns every target
     * @param reason for people
     * @param code see {@link io.callvault.error.ErrorCode}; null when there is none for it
     */
    public record Gap(String item, String target, String reason, String code) {}

    /** An extension that cannot be seen; {@code code} and {@code reason} are the provider's and may be null. */
    public record Hidden(String extension, int status, String code, String reason) {}
}
