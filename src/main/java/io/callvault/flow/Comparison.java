// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the provider lists, held against what the ledger knew just before; for one customer and any number of threads. A
 * page is forgotten once it is compared: only what was missing is remembered, and of that a bounded number by name.
 */
final class Comparison {

    /** A ledger that lost more than these is not mended by naming them. */
    static final int NAMED = 100_000;

    private final Map<String, Relist.Missing> missing = new LinkedHashMap<>();
    private long records;
    private long unnamed;

    /**
     * Compares one record.
     *
     * @param known SHA-256 of its latest revision that the ledger has; null when it has none
     * @param sha256 of the form that the provider lists
     * @param knownItems items that the ledger has; at least those of this record
     * @return true if the ledger lacks something of it
     */
    synchronized boolean record(
            String feed, ListedRecord record, String known, String sha256, Set<String> knownItems) {
        records++;
        List<String> lost = record.items().stream()
                .map(ListedItem::id)
                .filter(item -> !knownItems.contains(item))
                .toList();
        String name = feed + "/" + record.id();
        lost.forEach(item -> name(item, Relist.Missing.Kind.ABSENT));
        if (known == null && lost.isEmpty()) {
            name(name, Relist.Missing.Kind.ABSENT);
        } else if (known != null && !known.equals(sha256)) {
            name(name, Relist.Missing.Kind.OUTDATED);
        }
        return known == null || !known.equals(sha256) || !lost.isEmpty();
    }

    /** Records compared. */
    synchronized long records() {
        return records;
    }

    /** What the ledger did not have, in the order in which it was listed. */
    synchronized List<Relist.Missing> missing() {
        return new ArrayList<>(missing.values());
    }

    /** How much more there was. */
    synchronized long unnamed() {
        return unnamed;
    }

    private void name(String name, Relist.Missing.Kind kind) {
        if (missing.size() < NAMED) {
            missing.putIfAbsent(name, new Relist.Missing(name, kind));
        } else if (!missing.containsKey(name)) {
            unnamed++;
        }
    }
}
