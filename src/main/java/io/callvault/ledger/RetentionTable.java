// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the provider told of how long it keeps things, and when each item is lost by it. */
final class RetentionTable {

    private RetentionTable() {}

    static List<Retention> of(Statements statements, String customer) throws SQLException {
        return statements.list(
                "SELECT name, kept_seconds, applied FROM retention WHERE customer = ? ORDER BY name",
                row -> new Retention(row.getString(1), Duration.ofSeconds(row.getLong(2)), row.getInt(3) != 0),
                customer);
    }

    /** What is told again as it was known keeps its mark. */
    static void keep(Statements statements, String customer, Map<String, Duration> learned, Instant now)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        learned.forEach((name, kept) -> rows.add(new Object[] {customer, name, kept.toSeconds(), now}));
        statements.batch(
                "INSERT INTO retention (customer, name, kept_seconds, learned_at, applied) VALUES (?, ?, ?, ?, 0)"
                        + " ON CONFLICT (customer, name) DO UPDATE SET applied = CASE"
                        + " WHEN retention.kept_seconds = excluded.kept_seconds THEN retention.applied ELSE 0 END,"
                        + " kept_seconds = excluded.kept_seconds, learned_at = excluded.learned_at",
                rows);
    }

    static Optional<Instant> askedAt(Statements statements, String customer) throws SQLException {
        return statements.one(
                "SELECT at FROM retention_asked WHERE customer = ?", row -> Times.instant(row.getString(1)), customer);
    }

    static void asked(Statements statements, String customer, Instant now) throws SQLException {
        statements.update(
                "INSERT INTO retention_asked (customer, at) VALUES (?, ?)"
                        + " ON CONFLICT (customer) DO UPDATE SET at = excluded.at",
                customer,
                now);
    }

    static void applied(Statements statements, String customer) throws SQLException {
        statements.update("UPDATE retention SET applied = 1 WHERE customer = ?", customer);
    }

    static List<Perishable> perishable(
            Statements statements, String customer, Instant since, String after, int limit) throws SQLException {
        return statements.list(
                "SELECT i.item, i.feed, i.record_id, i.loss_at, r.raw FROM item i JOIN revision r ON r.customer = i.customer"
                        + " AND r.feed = i.feed AND r.record_id = i.record_id AND r.revision = i.revision"
                        + " WHERE i.customer = ? AND i.item > ?"
                        + " AND (i.state IN ('due', 'fetching', 'waiting', 'dead') OR i.started_at >= ?)"
                        + " ORDER BY i.item LIMIT ?",
                row -> new Perishable(
                        row.getString("item"),
                        row.getString("feed"),
                        row.getString("record_id"),
                        row.getString("raw"),
                        Times.loss(row.getString("loss_at"))),
                customer,
                after,
                since,
                limit);
    }

    static void lossAt(Statements statements, String customer, Map<String, Instant> lossAt) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        lossAt.forEach((item, loss) ->
                rows.add(new Object[] {loss == null ? Times.NEVER : Times.text(loss), customer, item}));
        statements.batch("UPDATE item SET loss_at = ?, version = version + 1 WHERE customer = ? AND item = ?", rows);
    }
}
