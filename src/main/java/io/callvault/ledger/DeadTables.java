// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was given up, and taking it up again. */
final class DeadTables {

    private DeadTables() {}

    static List<Reports.Dead> dead(Statements statements, String customer, DeadSelection selection)
            throws SQLException {
        Conditions receipts = selection.conditions("rc.state = 'dead'", customer, "rc.code");
        List<Reports.Dead> dead = new ArrayList<>(statements.list(
                "SELECT i.item, i.feed, rc.target, rc.code, rc.evidence, i.started_at FROM receipt rc JOIN item i"
                        + " ON i.customer = rc.customer AND i.item = rc.item"
                        + " WHERE rc.customer = i.customer AND i.state <> 'stored' AND " + receipts.text(),
                DeadTables::dead,
                receipts.values()));
        // One that could be fetched died of its receipts.
        Conditions items = selection.conditions("i.state = 'dead'", customer, "i.code");
        dead.addAll(statements.list(
                "SELECT i.item, i.feed, NULL, i.code, i.evidence, i.started_at FROM item i WHERE " + items.text()
                        + " AND NOT EXISTS (SELECT 1 FROM receipt rc WHERE rc.customer = i.customer"
                        + " AND rc.item = i.item AND rc.state = 'dead')",
                DeadTables::dead,
                items.values()));
        dead.sort(Comparator.comparing(Reports.Dead::item)
                .thenComparing(Reports.Dead::target, Comparator.nullsFirst(Comparator.naturalOrder())));
        return dead;
    }

    private static Reports.Dead dead(ResultSet row) throws SQLException {
        return new Reports.Dead(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Times.instant(row.getString(6)));
    }

    static int retry(Statements statements, String customer, DeadSelection selection, Instant now)
            throws SQLException {
        Set<String> items = new LinkedHashSet<>();
        List<Object[]> receipts = new ArrayList<>();
        List<Object[]> keys = new ArrayList<>();
        for (Reports.Dead dead : dead(statements, customer, selection)) {
            if (dead.target() != null) {
                receipts.add(new Object[] {now, customer, dead.item(), dead.target()});
            }
            if (items.add(dead.item())) {
                keys.add(new Object[] {customer, dead.item()});
            }
        }
        statements.batch(
                "UPDATE receipt SET state = 'due', attempts = 0, next_at = ?, pass = 0"
                        + " WHERE customer = ? AND item = ? AND target = ? AND state = 'dead'",
                receipts);
        // An item that is still on its way to other targets goes on; a dead one is fetched again, unless its spool file
        // is still good.
        statements.batch(
                "UPDATE item SET state = 'due', attempts = 0, next_at = NULL, pass = 0, version = version + 1"
                        + " WHERE customer = ? AND item = ? AND state = 'dead'",
                keys);
        return items.size();
    }
}
