// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What status shows, read from indexes alone. */
final class CountTables {

    private record State(String state, long items, long planned, long bytes) {}

    private record Unfinished(Instant oldest, Instant firstLoss) {}

    private CountTables() {}

    static CustomerCounts of(Statements statements, Dialect dialect, String customer) throws SQLException {
        Map<String, Long> records = new TreeMap<>();
        statements.list(
                "SELECT feed, COUNT(*) FROM record WHERE customer = ? GROUP BY feed",
                row -> records.put(row.getString(1), row.getLong(2)),
                customer);
        Map<String, Long> items = new TreeMap<>();
        long bytes = 0;
        long unplanned = 0;
        for (State state : statements.list(
                "SELECT state, COUNT(*), COUNT(length), SUM(length) FROM item WHERE customer = ? GROUP BY state",
                row -> new State(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                customer)) {
            items.put(state.state(), state.items());
            if (state.state().equals("stored")) {
                bytes = state.bytes();
            } else if (List.of("due", "fetching", "waiting").contains(state.state())) {
                unplanned += state.items() - state.planned();
            }
        }
        Unfinished unfinished = statements
                .one(
                        "SELECT MIN(oldest), MIN(loss) FROM ("
                                + "SELECT MIN(started_at) AS oldest, MIN(loss_at) AS loss FROM item" + dialect.by("item_claimable") + " WHERE customer = ?"
                                + " AND " + ItemTable.CLAIMABLE
                                + " UNION ALL SELECT MIN(started_at), MIN(loss_at) FROM item WHERE customer = ?"
                                + " AND state = 'fetching') each_state",
                        row -> new Unfinished(Times.instant(row.getString(1)), Times.loss(row.getString(2))),
                        customer,
                        customer)
                .orElseThrow();
        return new CustomerCounts(
                customer,
                records,
                items,
                statements
                        .one(
                                "SELECT COUNT(DISTINCT part) FROM not_visible WHERE customer = ?",
                                row -> row.getLong(1),
                                customer)
                        .orElseThrow(),
                statements
                        .one(
                                "SELECT COUNT(*) FROM record WHERE customer = ? AND unreadable IS NOT NULL",
                                row -> row.getLong(1),
                                customer)
                        .orElseThrow(),
                bytes,
                unfinished.oldest(),
                unfinished.firstLoss(),
                targets(statements, customer, unplanned),
                GateTable.of(statements, customer),
                statements
                        .one(
                                "SELECT code, sentence FROM customer_run WHERE customer = ?",
                                row -> sentence(row.getString(1), row.getString(2)),
                                customer)
                        .orElse(null),
                statements.list(
                        "SELECT code, sentence, feed, part, from_at, to_at FROM listing_window w WHERE customer = ?"
                                + " AND closed_at IS NULL AND NOT " + FallbackTable.COVERED
                                + " AND (code IS NOT NULL OR NOT EXISTS (SELECT 1 FROM not_visible n"
                                + " WHERE n.customer = w.customer AND n.feed = w.feed AND n.part = w.part))"
                                + " ORDER BY feed, part, from_at",
                        CountTables::incomplete,
                        customer));
    }

    /** @param unplanned unfinished items that have no receipts yet, and so are pending at every target */
    private static List<CustomerCounts.TargetCounts> targets(Statements statements, String customer, long unplanned)
            throws SQLException {
        Map<String, long[]> byTarget = new TreeMap<>();
        statements.list(
                "SELECT target, state, COUNT(*) FROM receipt WHERE customer = ? GROUP BY target, state",
                row -> byTarget.computeIfAbsent(row.getString(1), target -> new long[2])
                        [row.getString(2).equals("stored") ? 0 : 1] += row.getLong(3),
                customer);
        List<CustomerCounts.TargetCounts> targets = new ArrayList<>();
        byTarget.forEach((target, counts) ->
                targets.add(new CustomerCounts.TargetCounts(target, counts[0], counts[1] + unplanned)));
        return targets;
    }

    /** Without a code it is being listed, or whoever listed it was interrupted. */
    private static String incomplete(ResultSet row) throws SQLException {
        if (row.getString("code") != null) {
            return sentence(row.getString("code"), row.getString("sentence"));
        }
        String part = row.getString("part");
        return "the listing of " + row.getString("feed") + (part.isEmpty() ? "" : " of extension " + part) + " from "
                + Times.instant(row.getString("from_at")) + " to " + Times.instant(row.getString("to_at"))
                + " was begun and has not come to its end";
    }

    /** With its code in brackets at the end. */
    static String sentence(String code, String sentence) {
        String ending = "[" + code + "]";
        return sentence.endsWith(ending) ? sentence : sentence + " " + ending;
    }
}
