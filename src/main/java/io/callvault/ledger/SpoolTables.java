// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the items and receipts tell of the spool. */
final class SpoolTables {

    private SpoolTables() {}

    static Map<ItemKey, Boolean> spooled(Statements statements, String customer) throws SQLException {
        Map<ItemKey, Boolean> spooled = new LinkedHashMap<>();
        statements.list(
                "SELECT item, EXISTS (SELECT 1 FROM receipt r WHERE r.customer = i.customer AND r.item = i.item"
                        + " AND r.state = 'stored') AS proved FROM item i WHERE customer = ? AND spool IS NOT NULL"
                        + " AND state IN ('due', 'fetching', 'waiting', 'dead') ORDER BY loss_at, item",
                row -> spooled.put(new ItemKey(customer, row.getString("item")), row.getBoolean("proved")),
                customer);
        return spooled;
    }

    static boolean evict(Statements statements, ItemKey key, Instant nextAt, long pass) throws SQLException {
        record Receipts(long stored, long storing) {}
        Receipts receipts = statements
                .one(
                        "SELECT COUNT(CASE WHEN state = 'stored' THEN 1 END), COUNT(CASE WHEN state = 'storing' THEN 1 END)"
                                + " FROM receipt WHERE customer = ? AND item = ?",
                        row -> new Receipts(row.getLong(1), row.getLong(2)),
                        key.customer(),
                        key.item())
                .orElseThrow();
        if (receipts.stored() == 0 || receipts.storing() > 0) {
            return false;
        }
        statements.update(
                "UPDATE item SET state = 'due', next_at = ?, pass = ?, version = version + 1"
                        + " WHERE customer = ? AND item = ? AND state = 'fetching'",
                Times.notBefore(nextAt),
                pass,
                key.customer(),
                key.item());
        return true;
    }
}
