// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The ledger as the console shows it. */
final class ViewTables implements Views {

    private static final int FAILING = 10_000;
    private static final int TO_MINUTE = 16; // characters
    private static final int TO_HOUR = 13;

    private final ReportTables.Reader reader;

    ViewTables(ReportTables.Reader reader) {
        this.reader = reader;
    }

    @Override
    public Optional<Search.Hit> record(String customer, String feed, String id) {
        return reader.read(s -> s.one(
                "SELECT 0, " + SearchTables.columns()
                        + " FROM record r WHERE r.customer = ? AND r.feed = ? AND r.id = ?",
                SearchTables::hit,
                customer,
                feed,
                id));
    }

    @Override
    public String unreadable(String customer, String feed, String id) {
        return reader.read(s -> s.one(
                        "SELECT unreadable FROM record WHERE customer = ? AND feed = ? AND id = ?",
                        row -> row.getString(1),
                        customer,
                        feed,
                        id)
                .orElse(null));
    }

    @Override
    public List<Revision> revisions(String customer, String feed, String id) {
        return reader.read(s -> s.list(
                "SELECT revision, raw, sha256, seen_at FROM revision WHERE customer = ? AND feed = ? AND record_id = ?"
                        + " ORDER BY revision",
                row -> new Revision(
                        row.getInt(1), row.getString(2), row.getString(3), Times.instant(row.getString(4))),
                customer,
                feed,
                id));
    }

    @Override
    public List<Item> items(String customer, Collection<String> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(List.of(customer));
        values.addAll(items);
        return reader.read(s -> s.list(
                "SELECT * FROM item WHERE customer = ? AND item IN " + Statements.marks(items.size()) + " ORDER BY item",
                ViewTables::item,
                values.toArray()));
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getString("item"),
                row.getString("feed"),
                row.getString("record_id"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("code"),
                row.getString("evidence"),
                Statements.number(row, "length"),
                row.getString("sha256"),
                row.getString("type"),
                Times.loss(row.getString("loss_at")),
                Times.instant(row.getString("stored_at")));
    }

    @Override
    public List<ItemReceipt> receipts(String customer, String item) {
        return reader.read(s -> s.list(
                "SELECT * FROM receipt WHERE customer = ? AND item = ? ORDER BY target",
                row -> new ItemReceipt(
                        row.getString("target"),
                        row.getString("state"),
                        row.getString("code"),
                        row.getString("evidence"),
                        row.getString("path"),
                        row.getString("location"),
                        Statements.number(row, "length"),
                        row.getString("sha256"),
                        row.getString("checksum"),
                        Times.instant(row.getString("stored_at"))),
                customer,
                item));
    }

    @Override
    public List<Count> records(String customer, boolean byMinute) {
        return counts("record", "feed", customer, byMinute);
    }

    @Override
    public List<Count> items(String customer, boolean byMinute) {
        return counts("item", "state", customer, byMinute);
    }

    private List<Count> counts(String table, String column, String customer, boolean byMinute) {
        String time = "SUBSTR(started_at, 1, " + (byMinute ? TO_MINUTE : TO_HOUR) + ")";
        return reader.read(s -> s.list(
                "SELECT " + time + ", " + column + ", COUNT(*) FROM " + table
                        + " WHERE customer = ? AND started_at IS NOT NULL GROUP BY " + time + ", " + column,
                row -> new Count(row.getString(1), row.getString(2), row.getLong(3)),
                customer));
    }

    @Override
    public List<Failing> failing(String customer) {
        return reader.read(s -> s.list(
                "SELECT code, state, COUNT(*) FROM (SELECT code, state FROM item WHERE customer = ?"
                        + " AND state IN ('due', 'waiting') AND next_at IS NOT NULL LIMIT ?) AS late"
                        + " WHERE code IS NOT NULL GROUP BY code, state ORDER BY code, state",
                row -> new Failing(row.getString(1), row.getString(2), row.getLong(3)),
                customer,
                FAILING));
    }
}
