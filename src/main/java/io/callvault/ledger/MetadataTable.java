// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import java.sql.SQLException;
import java.time.Instant;

/** What the provider says of items beside their records. */
final class MetadataTable {

    private record Item(String feed, String recordId) {}

    private MetadataTable() {}

    static boolean isKept(Statements statements, ItemKey key) throws SQLException {
        return statements
                .one(
                        "SELECT asked_at FROM metadata WHERE customer = ? AND item = ?",
                        row -> row.getString(1),
                        key.customer(),
                        key.item())
                .isPresent();
    }

    /** The first answer stands, and is one event. */
    static void keep(Statements statements, ItemKey key, String raw, String code, String evidence, Instant now)
            throws SQLException {
        Item item = statements
                .one(
                        "SELECT feed, record_id FROM item WHERE customer = ? AND item = ?",
                        row -> new Item(row.getString(1), row.getString(2)),
                        key.customer(),
                        key.item())
                .orElseThrow(() -> ItemTable.unknown(key));
        int added = statements.update(
                "INSERT INTO metadata (customer, item, raw, code, evidence, asked_at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (customer, item) DO NOTHING",
                key.customer(),
                key.item(),
                raw,
                code,
                evidence,
                now);
        if (added > 0) {
            new EventTable(key.customer(), item.feed(), now)
                    .metadata(key.item(), item.recordId(), raw, code, evidence)
                    .write(statements);
        }
    }
}
