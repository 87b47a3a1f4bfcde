// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.Parties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Items and their states, up to the plan. */
final class ItemTable {

    /** As the index {@code item_claimable} has it, word for word, so that SQLite uses it. */
    static final String CLAIMABLE = "state IN ('due', 'waiting')";

    /** States whose reaching goes to the journal. */
    private static final Set<String> ENDS = Set.of("dead", "gone", "not-retained");

    private ItemTable() {}

    /** Those of them that have a row. */
    static Set<String> known(Statements statements, String customer, Collection<String> items) throws SQLException {
        Set<String> found = new HashSet<>();
        for (String item : items) {
            statements.list(
                    "SELECT 1 FROM item WHERE customer = ? AND item = ?", row -> found.add(item), customer, item);
        }
        return found;
    }

    /** An item as a new revision names it. */
    record Named(
            String customer, String feed, String recordId, int number, NewRevision revision, ListedItem listed) {

        String id() {
            return listed.id();
        }

        String state() {
            if (revision.excluded() != null) {
                return "excluded";
            }
            return listed.notRetained() != null ? "not-retained" : "due";
        }

        private String lossAt() {
            Instant loss = revision.lossAt().get(listed.id());
            return loss == null ? Times.NEVER : Times.text(loss);
        }

        private Object[] row(Instant now) {
            return new Object[] {
                customer,
                listed.id(),
                feed,
                recordId,
                number,
                listed.kind(),
                listed.uri(),
                listed.contentType(),
                listed.size(),
                revision.group(),
                revision.record().startedAt(),
                lossAt(),
                state(),
                now
            };
        }

        private Object[] news() {
            return new Object[] {
                listed.uri(), listed.contentType(), listed.size(), lossAt(), lossAt(), state(), state(), customer,
                listed.id()
            };
        }
    }

    /**
     * Adds the items that are new. Of a known one that is unfinished, or that the provider said it had not kept and now
     * offers, the facts are renewed.
     *
     * @return those that were new
     */
    static List<Named> keep(Statements statements, List<Named> items, Instant now) throws SQLException {
        int[] added = statements.batch(
                "INSERT INTO item (customer, item, feed, record_id, revision, kind, uri, content_type, size, api_group,"
                        + " started_at, loss_at, state, first_seen, attempts, missing, status, pass, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)"
                        + " ON CONFLICT (customer, item) DO NOTHING",
                items.stream().map(item -> item.row(now)).toList());
        List<Named> fresh = new ArrayList<>();
        List<Object[]> known = new ArrayList<>();
        for (int i = 0; i < added.length; i++) {
            if (added[i] > 0) {
                fresh.add(items.get(i));
            } else {
                known.add(items.get(i).news());
            }
        }
        statements.batch(
                "UPDATE item SET uri = COALESCE(?, uri), content_type = COALESCE(?, content_type),"
                        + " size = COALESCE(?, size),"
                        + " loss_at = CASE WHEN ? = '" + Times.NEVER + "' THEN loss_at ELSE ? END,"
                        + " state = CASE WHEN state = 'not-retained' THEN ? ELSE state END, version = version + 1"
                        + " WHERE (state IN ('due', 'fetching', 'waiting') OR (state = 'not-retained' AND ? = 'due'))"
                        + " AND customer = ? AND item = ?",
                known);
        return fresh;
    }

    static List<DueItem> claim(
            Statements statements, Dialect dialect, String customer, String group, Selection selection, int limit)
            throws SQLException {
        Conditions conditions = new Conditions("claimed." + CLAIMABLE)
                .and("claimed.customer = ?", customer)
                .and("claimed.api_group = ?", group)
                .selected(selection, "claimed", "claimed")
                .then(limit);
        List<DueItem> items = statements.list(
                "SELECT claimed.*, r.raw, d.id AS told, d.extension, d.direction, d.from_number, d.from_name, d.to_number, d.to_name"
                        + " FROM item claimed" + dialect.by("item_claimable") + " JOIN revision r ON r.customer = claimed.customer"
                        + " AND r.feed = claimed.feed AND r.record_id = claimed.record_id"
                        + " AND r.revision = claimed.revision LEFT JOIN record d ON d.customer = claimed.customer"
                        + " AND d.feed = claimed.feed AND d.id = claimed.record_id AND d.revision = claimed.revision"
                        + " WHERE " + conditions.text()
                        + " ORDER BY claimed.loss_at, claimed.started_at, claimed.item LIMIT ?" + dialect.forUpdate(),
                ItemTable::due,
                conditions.values());
        List<Object[]> keys = new ArrayList<>();
        items.forEach(item -> keys.add(new Object[] {item.key().customer(), item.key().item()}));
        statements.batch(
                "UPDATE item SET state = 'fetching', version = version + 1 WHERE customer = ? AND item = ?", keys);
        return items;
    }

    private static DueItem due(ResultSet row) throws SQLException {
        return new DueItem(
                new ItemKey(row.getString("customer"), row.getString("item")),
                row.getString("feed"),
                row.getString("record_id"),
                row.getInt("revision"),
                row.getString("raw"),
                row.getString("kind"),
                row.getString("uri"),
                row.getString("content_type"),
                Statements.number(row, "size"),
                row.getString("api_group"),
                Times.instant(row.getString("started_at")),
                Times.loss(row.getString("loss_at")),
                row.getInt("attempts"),
                row.getInt("missing"),
                Times.instant(row.getString("missing_since")),
                parties(row),
                plan(row));
    }

    /** Null when the record's row is lost, or tells of a later revision than the item's. */
    private static Parties parties(ResultSet row) throws SQLException {
        return row.getString("told") == null
                ? null
                : new Parties(
                        row.getString("extension"),
                        row.getString("direction"),
                        row.getString("from_number"),
                        row.getString("from_name"),
                        row.getString("to_number"),
                        row.getString("to_name"));
    }

    /** What was fixed before the first put; null before. */
    static Plan plan(ResultSet row) throws SQLException {
        String path = row.getString("path");
        return path == null
                ? null
                : new Plan(
                        path,
                        row.getLong("length"),
                        row.getString("sha256"),
                        row.getString("type"),
                        row.getString("spool"));
    }

    static void giveBack(Statements statements, Collection<ItemKey> items) throws SQLException {
        List<Object[]> keys = new ArrayList<>();
        items.forEach(key -> keys.add(new Object[] {key.customer(), key.item()}));
        statements.batch(
                "UPDATE item SET state = 'due', version = version + 1"
                        + " WHERE customer = ? AND item = ? AND state = 'fetching'",
                keys);
    }

    /** Does nothing to an item that is stored: proof is not undone by a late failure. */
    static void failed(Statements statements, ItemKey key, Verdict verdict, long pass, Instant now)
            throws SQLException {
        record Before(String feed, String recordId, String state) {}
        Before before = statements
                .one(
                        "SELECT feed, record_id, state FROM item WHERE customer = ? AND item = ?",
                        row -> new Before(row.getString(1), row.getString(2), row.getString(3)),
                        key.customer(),
                        key.item())
                .orElseThrow(() -> unknown(key));
        if (before.state().equals("stored")) {
            return;
        }
        statements.update(
                "UPDATE item SET state = ?, attempts = ?, next_at = ?, code = ?, evidence = ?, status = ?,"
                        + " missing = ?, missing_since = ?, pass = ?, version = version + 1"
                        + " WHERE customer = ? AND item = ?",
                verdict.state(),
                verdict.attempts(),
                Times.notBefore(verdict.nextAt()),
                verdict.code(),
                verdict.evidence(),
                verdict.status(),
                verdict.missing(),
                verdict.missingSince(),
                pass,
                key.customer(),
                key.item());
        if (ENDS.contains(verdict.state()) && !verdict.state().equals(before.state())) {
            new EventTable(key.customer(), before.feed(), now)
                    .ended(verdict.state(), key.item(), before.recordId(), verdict.code(), verdict.evidence())
                    .write(statements);
        }
    }

    static IllegalStateException unknown(ItemKey key) {
        return new IllegalStateException("the ledger has no item " + key.item() + " of " + key.customer());
    }

    static List<StoredItem> untold(Statements statements, String customer, int limit) throws SQLException {
        return statements.list(
                "SELECT item, feed, record_id, path, length, sha256, type, spool FROM item"
                        + " WHERE customer = ? AND state = 'stored' AND told_at IS NULL"
                        + " ORDER BY stored_at, item LIMIT ?",
                row -> new StoredItem(
                        new ItemKey(customer, row.getString("item")),
                        row.getString("feed"),
                        row.getString("record_id"),
                        plan(row)),
                customer,
                limit);
    }

    static void told(Statements statements, ItemKey key, Instant now) throws SQLException {
        statements.update(
                "UPDATE item SET told_at = ?, version = version + 1 WHERE customer = ? AND item = ?",
                now,
                key.customer(),
                key.item());
    }

    static List<String> plannedSpoolFiles(Statements statements, String customer) throws SQLException {
        return statements.list(
                "SELECT spool FROM item WHERE customer = ? AND spool IS NOT NULL"
                        + " AND state IN ('due', 'fetching', 'waiting', 'dead')",
                row -> row.getString(1),
                customer);
    }

    static long claimable(Statements statements, Dialect dialect, String customer, Selection selection) throws SQLException {
        Conditions conditions = new Conditions("claimed." + CLAIMABLE)
                .and("claimed.customer = ?", customer)
                .selected(selection, "claimed", "claimed");
        return statements
                .one("SELECT COUNT(*) FROM item claimed" + dialect.by("item_claimable") + " WHERE " + conditions.text(), row -> row.getLong(1),
                        conditions.values())
                .orElseThrow();
    }

    static Optional<Instant> nextTime(Statements statements, Dialect dialect, String customer) throws SQLException {
        return statements.one(
                "SELECT MIN(next_at) FROM item" + dialect.by("item_next") + " WHERE customer = ? AND " + CLAIMABLE
                        + " AND next_at IS NOT NULL",
                row -> Times.instant(row.getString(1)),
                customer);
    }
}
