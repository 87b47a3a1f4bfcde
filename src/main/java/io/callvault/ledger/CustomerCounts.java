// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What {@code status} shows of one customer.
 *
 * @param customer the customer's id
 * @param records number of records by feed
 * @param items number of items by state: {@code due}, {@code fetching}, {@code waiting}, {@code stored}, {@code dead},
 *     {@code gone}, {@code not-retained}, {@code excluded}; a state without items is absent
 * @param notVisible extensions or sub-accounts that cannot be seen
 * @param unreadable records that could not be read and were kept raw
 * @param bytes of all stored items, each once
 * @param oldestUnstored start of the oldest unfinished item; null when there is none
 * @param firstLoss when the first unfinished item will be deleted by the provider; null when none is known to
 * @param targets receipts by target
 * @param gates the customer's gates
 * @param stopped code and sentence of what stopped the customer's last run; null when nothing did
 * @param incomplete windows that are not listed to their end, except of parts that are not visible: one sentence each
 */
public record CustomerCounts(
        String customer,
        Map<String, Long> records,
        Map<String, Long> items,
        long notVisible,
        long unreadable,
        long bytes,
        Instant oldestUnstored,
        Instant firstLoss,
        List<TargetCounts> targets,
        List<GateRecord> gates,
        String stopped,
        List<String> incomplete) {

    /** Items in a state. */
    public long items(String state) {
        return items.getOrDefault(state, 0L);
    }

    /** Items that are due, on their way or waiting. */
    public long pending() {
        return items("due") + items("fetching") + items("waiting");
    }

    /**
     * {@code stopped} when the last run could not work, {@code behind} when something is not stored yet or cannot be seen,
     * else {@code ok}.
     */
    public String state() {
        if (stopped != null) {
            return "stopped";
        }
        boolean isBehind =
                pending() > 0 || items("dead") > 0 || notVisible > 0 || unreadable > 0 || !incomplete.isEmpty();
        return isBehind ? "behind" : "ok";
    }

    /**
     * A target without any receipt yet is not listed.
     *
     * @param target the target's name
     * @param stored items proved there
     * @param pending items that are not, or not yet: unfinished ones without a plan are pending at every target
     */
    public record TargetCounts(String target, long stored, long pending) {}
}
