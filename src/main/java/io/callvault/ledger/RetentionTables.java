// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the provider told of how long it keeps things, and when each item is lost by it. */
final class RetentionTables implements Retentions {

    private final ReportTables.Reader reader;
    private final AlarmTables.Writing writing;

    RetentionTables(ReportTables.Reader reader, AlarmTables.Writing writing) {
        this.reader = reader;
        this.writing = writing;
    }

    @Override
    public List<Retention> of(String customer) {
        return reader.read(s -> s.list(
                "SELECT name, kept_seconds, applied FROM retention WHERE customer = ? ORDER BY name",
                row -> new Retention(row.getString(1), Duration.ofSeconds(row.getLong(2)), row.getInt(3) != 0),
                customer));
    }

    /** What is told again as it was known keeps its mark. */
    @Override
    public CompletableFuture<Void> keep(String customer, Map<String, Duration> learned, Instant now) {
        List<Object[]> rows = new ArrayList<>();
        learned.forEach((name, kept) -> rows.add(new Object[] {customer, name, kept.toSeconds(), now}));
        return batch(
                "INSERT INTO retention (customer, name, kept_seconds, learned_at, applied) VALUES (?, ?, ?, ?, 0)"
                        + " ON CONFLICT (customer, name) DO UPDATE SET applied = CASE"
                        + " WHEN retention.kept_seconds = excluded.kept_seconds THEN retention.applied ELSE 0 END,"
                        + " kept_seconds = excluded.kept_seconds, learned_at = excluded.learned_at",
                rows);
    }

    @Override
    public Optional<Instant> askedAt(String customer) {
        return reader.read(s -> s.one(
                "SELECT at FROM retention_asked WHERE customer = ?", row -> Times.instant(row.getString(1)), customer));
    }

    @Override
    public CompletableFuture<Void> asked(String customer, Instant now) {
        return update(
                "INSERT INTO retention_asked (customer, at) VALUES (?, ?)"
                        + " ON CONFLICT (customer) DO UPDATE SET at = excluded.at",
                customer,
                now);
    }

    @Override
    public CompletableFuture<Void> applied(String customer) {
        return update("UPDATE retention SET applied = 1 WHERE customer = ?", customer);
    }

    @Override
    public List<Perishable> perishable(String customer, Instant since, String after, int limit) {
        return reader.read(s -> s.list(
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
                limit));
    }

    @Override
    public CompletableFuture<Void> changeLossAt(String customer, Map<String, Instant> lossAt) {
        List<Object[]> rows = new ArrayList<>();
        lossAt.forEach((item, loss) ->
                rows.add(new Object[] {loss == null ? Times.NEVER : Times.text(loss), customer, item}));
        return batch("UPDATE item SET loss_at = ?, version = version + 1 WHERE customer = ? AND item = ?", rows);
    }

    private CompletableFuture<Void> update(String sql, Object... values) {
        return writing.write(s -> {
            s.update(sql, values);
            return null;
        });
    }

    private CompletableFuture<Void> batch(String sql, List<Object[]> rows) {
        return writing.write(s -> {
            s.batch(sql, rows);
            return null;
        });
    }
}
