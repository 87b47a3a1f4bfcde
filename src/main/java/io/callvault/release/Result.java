// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.audit.Finding;
import io.callvault.error.ArchiveException;
import java.util.List;
import java.util.Map;

/**
 * What a rehearsal or a release of one customer came to.
 *
 * @param items what would go, or went or should have gone
 * @param kept how many were kept at the provider, by the reason
 * @param findings what was missing or altered when it was read back
 * @param failure what ended it early; null when it came to its end
 * @param isHalted whether it was told to end early
 */
public record Result(
        String customer,
        List<Item> items,
        Map<Reason, Long> kept,
        List<Finding> findings,
        ArchiveException failure,
        boolean isHalted) {

    /**
     * One item.
     *
     * @param outcome {@code would-go} in a rehearsal; else {@code released}, {@code gone}, {@code refused} or, when nobody
     *     knows, {@code asked}
     * @param code why it was refused; null when it was not
     */
    public record Item(String item, String feed, String recordId, String outcome, String code) {}

    /** Of an item in a rehearsal. */
    static final String WOULD_GO = "would-go";

    /** How many came to this outcome. */
    public long count(String outcome) {
        return items.stream().filter(item -> item.outcome().equals(outcome)).count();
    }

    /** Whether everything that was decided was done, and nothing wrong was seen. */
    public boolean isGood() {
        return failure == null
                && !isHalted
                && findings.isEmpty()
                && items.stream().allMatch(item -> List.of(WOULD_GO, "released", "gone").contains(item.outcome()));
    }
}
