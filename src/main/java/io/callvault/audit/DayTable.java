// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.ledger.Reports;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts by day, feed and extension. */
final class DayTable {

    private record Key(LocalDate day, String feed, String extension) {}

    private static final class Counts {
        private long listed;
        private long items;
        private final long[] stored;
        private long pending;
        private long dead;
        private long gone;
        private long notRetained;
        private long excluded;

        private Counts(int targets) {
            stored = new long[targets];
        }
    }

    private final Scope scope;
    private final Map<Key, Counts> counts = new HashMap<>();
    private boolean isUnfinished;

    DayTable(Scope scope) {
        this.scope = scope;
    }

    void record(Reports.Listed record) {
        of(record.startedAt(), record.feed(), record.extension()).listed++;
    }

    /** The item itself; once for each, whatever the targets. */
    void item(Reports.Item item) {
        Counts counted = of(item.startedAt(), item.feed(), item.extension());
        counted.items++;
        switch (item.state()) {
            case "stored" -> {} // counted at its targets
            case "dead" -> counted.dead++;
            case "gone" -> counted.gone++;
            case "not-retained" -> counted.notRetained++;
            case "excluded" -> counted.excluded++;
            default -> counted.pending++;
        }
        isUnfinished |= !List.of("stored", "gone", "not-retained", "excluded").contains(item.state());
    }

    /** The item is proved at a target. */
    void stored(Reports.Item item, String target) {
        of(item.startedAt(), item.feed(), item.extension()).stored[scope.targets().indexOf(target)]++;
    }

    /** Whether an item is pending or dead. */
    boolean isUnfinished() {
        return isUnfinished;
    }

    List<CustomerReport.Day> rows() {
        List<CustomerReport.Day> rows = new ArrayList<>();
        counts.forEach((key, counted) -> {
            Map<String, Long> stored = new LinkedHashMap<>();
            for (int i = 0; i < scope.targets().size(); i++) {
                stored.put(scope.targets().get(i), counted.stored[i]);
            }
            rows.add(new CustomerReport.Day(
                    key.day(),
                    key.feed(),
                    key.extension(),
                    counted.listed,
                    counted.items,
                    stored,
                    counted.pending,
                    counted.dead,
                    counted.gone,
                    counted.notRetained,
                    counted.excluded));
        });
        rows.sort(Comparator.comparing(CustomerReport.Day::day, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(CustomerReport.Day::feed)
                .thenComparing(CustomerReport.Day::extension, Comparator.nullsFirst(Comparator.naturalOrder())));
        return rows;
    }

    private Counts of(Instant startedAt, String feed, String extension) {
        return counts.computeIfAbsent(
                new Key(scope.day(startedAt), feed, extension),
                key -> new Counts(scope.targets().size()));
    }
}
