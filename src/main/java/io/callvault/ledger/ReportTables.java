// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger row by row. */
final class ReportTables implements Reports {

    /** Lends statements for one short read. */
    @FunctionalInterface
    interface Reader {
        <T> T read(Writer.Work<T> work);
    }

    private static final String ITEMS =
            "SELECT i.item, i.feed, i.record_id, i.revision, i.state, i.code, i.evidence, i.path AS planned_path,"
                    + " COALESCE(r.started_at, i.started_at) AS began_at, r.extension, r.id AS known_record,"
                    + " OCTET_LENGTH(v.raw) AS sidecar, rc.state AS receipt_state, rc.code AS receipt_code,"
                    + " rc.evidence AS receipt_evidence, rc.path AS stored_path, rc.length AS stored_length,"
                    + " rc.sha256 AS stored_sha256, rc.stored_at AS receipt_stored_at FROM item i"
                    + " LEFT JOIN record r ON r.customer = i.customer AND r.feed = i.feed AND r.id = i.record_id"
                    + " LEFT JOIN revision v ON v.customer = i.customer AND v.feed = i.feed"
                    + " AND v.record_id = i.record_id AND v.revision = i.revision"
                    + " LEFT JOIN receipt rc ON rc.customer = i.customer AND rc.item = i.item AND rc.target = ?"
                    + " WHERE i.customer = ? AND i.item > ? ORDER BY i.item LIMIT ?";

    private final Reader reader;

    ReportTables(Reader reader) {
        this.reader = reader;
    }

    @Override
    public List<Listed> records(String customer, String afterFeed, String afterId, int limit) {
        return reader.read(s -> s.list(
                "SELECT feed, id, started_at, extension, unreadable FROM record"
                        + " WHERE customer = ? AND (feed, id) > (?, ?) ORDER BY feed, id LIMIT ?",
                row -> new Listed(
                        row.getString(1),
                        row.getString(2),
                        Times.instant(row.getString(3)),
                        row.getString(4),
                        row.getString(5)),
                customer,
                afterFeed,
                afterId,
                limit));
    }

    @Override
    public List<Item> items(String customer, String target, String after, int limit) {
        return reader.read(s -> s.list(ITEMS, ReportTables::item, target, customer, after, limit));
    }

    private static Item item(ResultSet row) throws SQLException {
        String receipt = row.getString("receipt_state");
        return new Item(
                row.getString("item"),
                row.getString("feed"),
                row.getString("record_id"),
                row.getInt("revision"),
                row.getString("state"),
                row.getString("code"),
                row.getString("evidence"),
                row.getString("planned_path"),
                Times.instant(row.getString("began_at")),
                row.getString("extension"),
                row.getString("known_record") != null,
                Statements.number(row, "sidecar"),
                receipt == null
                        ? null
                        : new ItemReceipt(
                                receipt,
                                row.getString("receipt_code"),
                                row.getString("receipt_evidence"),
                                row.getString("stored_path"),
                                row.getLong("stored_length"),
                                row.getString("stored_sha256"),
                                Times.instant(row.getString("receipt_stored_at"))));
    }

    @Override
    public List<ChainLink> chain(String customer, String target, long after, int limit) {
        return reader.read(s -> s.list(
                "SELECT number, object_key, sha256, previous, published_at FROM journal_object"
                        + " WHERE customer = ? AND target = ? AND number > ? ORDER BY number LIMIT ?",
                row -> new ChainLink(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5) != null),
                customer,
                target,
                after,
                limit));
    }

    @Override
    public List<OpenWindow> openWindows(String customer) {
        return reader.read(s -> s.list(
                "SELECT feed, part, from_at, to_at, code, sentence FROM listing_window w"
                        + " WHERE customer = ? AND closed_at IS NULL AND NOT " + FallbackTable.COVERED
                        + " ORDER BY feed, part, from_at, number",
                row -> new OpenWindow(
                        row.getString(1),
                        row.getString(2),
                        Times.instant(row.getString(3)),
                        Times.instant(row.getString(4)),
                        row.getString(5),
                        row.getString(6)),
                customer));
    }

    @Override
    public List<NotVisible> notVisible(String customer) {
        return reader.read(s -> s.list(
                "SELECT feed, part, status, code, reason FROM not_visible WHERE customer = ? ORDER BY part, feed",
                row -> new NotVisible(
                        row.getString(1), row.getString(2), row.getInt(3), row.getString(4), row.getString(5)),
                customer));
    }

    @Override
    public List<Fallback> fallbacks(String customer) {
        return reader.read(s -> FallbackTable.of(s, customer));
    }

    @Override
    public List<String> listedFeeds(String customer) {
        return reader.read(s -> s.list(
                "SELECT DISTINCT feed FROM listed WHERE customer = ? ORDER BY feed", row -> row.getString(1), customer));
    }

    @Override
    public Stopped stopped(String customer) {
        return reader.read(s -> s.one(
                        "SELECT code, sentence FROM customer_run WHERE customer = ?",
                        row -> new Stopped(row.getString(1), row.getString(2)),
                        customer)
                .orElse(null));
    }

    @Override
    public List<Torn> torn(String customer, int limit) {
        return reader.read(s -> s.list(
                "SELECT v.feed, v.record_id FROM revision v LEFT JOIN record r ON r.customer = v.customer"
                        + " AND r.feed = v.feed AND r.id = v.record_id WHERE v.customer = ? AND r.id IS NULL"
                        + " UNION SELECT r.feed, r.id FROM record r LEFT JOIN revision v ON v.customer = r.customer"
                        + " AND v.feed = r.feed AND v.record_id = r.id AND v.revision = r.revision"
                        + " WHERE r.customer = ? AND v.record_id IS NULL LIMIT ?",
                row -> new Torn(row.getString(1), row.getString(2)),
                customer,
                customer,
                limit));
    }

    @Override
    public List<Dead> dead(String customer, DeadSelection selection) {
        return reader.read(s -> DeadTables.dead(s, customer, selection));
    }

    // Of one kind some may be kept longer than others. Days serve, because databases count with texts in different ways.
    @Override
    public List<Inflow> inflow(String customer, Instant since) {
        Map<Inflow, Long> counts = new LinkedHashMap<>();
        reader.read(s -> s.list(
                        "SELECT feed, kind, api_group, SUBSTR(started_at, 1, 10) AS start_day,"
                                + " SUBSTR(loss_at, 1, 10) AS loss_day, COUNT(*) FROM item"
                                + " WHERE customer = ? AND started_at >= ? AND state NOT IN ('excluded', 'not-retained')"
                                + " GROUP BY feed, kind, api_group, SUBSTR(started_at, 1, 10), SUBSTR(loss_at, 1, 10)"
                                + " ORDER BY feed, kind, api_group, loss_day, start_day",
                        row -> new Inflow(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(6),
                                kept(row.getString(4), row.getString(5))),
                        customer,
                        since))
                .forEach(each -> counts.merge(
                        new Inflow(each.feed(), each.kind(), each.group(), 0, each.keptSeconds()),
                        each.count(),
                        Long::sum));
        return counts.entrySet().stream()
                .map(each -> new Inflow(
                        each.getKey().feed(),
                        each.getKey().kind(),
                        each.getKey().group(),
                        each.getValue(),
                        each.getKey().keptSeconds()))
                .toList();
    }

    private static Long kept(String startDay, String lossDay) {
        return Times.NEVER.startsWith(lossDay)
                ? null
                : Math.max(0, Duration.ofDays(ChronoUnit.DAYS.between(LocalDate.parse(startDay), LocalDate.parse(lossDay)))
                        .toSeconds());
    }

    @Override
    public Instant listedFrom(String customer) {
        return reader.read(s -> s.one(
                        "SELECT MIN(listed_from) FROM listed WHERE customer = ?",
                        row -> Times.instant(row.getString(1)),
                        customer)
                .orElse(null));
    }

    @Override
    public List<Newest> newest(String customer, int limit) {
        return reader.read(s -> s.list(
                "SELECT i.item, i.feed, i.record_id, i.kind, COALESCE(i.type, i.content_type), v.raw FROM item i JOIN revision v"
                        + " ON v.customer = i.customer AND v.feed = i.feed AND v.record_id = i.record_id"
                        + " AND v.revision = i.revision WHERE i.customer = ? AND i.started_at IS NOT NULL"
                        + " ORDER BY i.started_at DESC, i.item LIMIT ?",
                row -> new Newest(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                customer,
                limit));
    }

    @Override
    public List<Backlog> backlog(String customer) {
        return reader.read(s -> s.list(
                "SELECT api_group, SUBSTR(loss_at, 1, 10) AS day, COUNT(*) FROM item WHERE customer = ?"
                        + " AND state IN ('due', 'waiting', 'fetching') GROUP BY api_group, SUBSTR(loss_at, 1, 10)"
                        + " ORDER BY api_group, day",
                row -> new Backlog(
                        row.getString(1),
                        Times.NEVER.startsWith(row.getString(2)) ? null : row.getString(2),
                        row.getLong(3)),
                customer));
    }

    @Override
    public List<Pages> pages(String customer, Instant since) {
        return reader.read(s -> s.list(
                "SELECT feed, SUM(pages) FROM listing_window WHERE customer = ? AND closed_at >= ?"
                        + " GROUP BY feed ORDER BY feed",
                row -> new Pages(row.getString(1), row.getLong(2)),
                customer,
                since));
    }

    @Override
    public Instant firstWindow(String customer) {
        return reader.read(s -> s.one(
                        "SELECT MIN(opened_at) FROM listing_window WHERE customer = ?",
                        row -> Times.instant(row.getString(1)),
                        customer)
                .orElse(null));
    }

    @Override
    public Map<String, Long> releases(String customer, Instant from, Instant to) {
        return reader.read(s -> ReleaseTables.outcomes(s, customer, from, to));
    }

    @Override
    public List<GateRecord> gates(String customer) {
        return reader.read(s -> GateTable.of(s, customer));
    }
}
