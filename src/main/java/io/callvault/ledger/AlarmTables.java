// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Alarms, and the facts that they are judged from. */
final class AlarmTables implements AlarmBook {

    /** What a target says that takes nothing for now, of whatever item. */
    private static final String TROUBLE = "('STORE_UNREACHABLE', 'STORE_FULL', 'STORE_DENIED', 'STORE_NOT_PROVED')";

    /** Lends statements of a transaction. */
    @FunctionalInterface
    interface Writing {
        CompletableFuture<Void> write(Writer.Work<Void> work);
    }

    private final ReportTables.Reader reader;
    private final Writing writing;
    private final Dialect dialect;

    AlarmTables(ReportTables.Reader reader, Writing writing, Dialect dialect) {
        this.reader = reader;
        this.writing = writing;
        this.dialect = dialect;
    }

    @Override
    public List<AlarmState> states() {
        return reader.read(s -> s.list(
                "SELECT customer, code, subject, since, raised_at, sentence FROM alarm ORDER BY since, customer, code, subject",
                row -> new AlarmState(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Times.instant(row.getString(4)),
                        Times.instant(row.getString(5)),
                        row.getString(6))));
    }

    @Override
    public CompletableFuture<Void> keep(
            Collection<AlarmState> changed, Collection<AlarmState> over, Collection<AlarmNotice> notices) {
        List<Object[]> kept = changed.stream()
                .map(each -> new Object[] {
                    each.customer(), each.code(), each.subject(), each.since(), each.raisedAt(), each.sentence()
                })
                .toList();
        List<Object[]> gone = over.stream()
                .map(each -> new Object[] {each.customer(), each.code(), each.subject()})
                .toList();
        List<AlarmNotice> told = List.copyOf(notices);
        return writing.write(s -> {
            s.batch("DELETE FROM alarm WHERE customer = ? AND code = ? AND subject = ?", gone);
            s.batch(
                    "INSERT INTO alarm (customer, code, subject, since, raised_at, sentence) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (customer, code, subject) DO UPDATE SET since = excluded.since,"
                            + " raised_at = excluded.raised_at, sentence = excluded.sentence",
                    kept);
            tell(s, told);
            return null;
        });
    }

    private static void tell(Statements s, List<AlarmNotice> notices) throws SQLException {
        long number = s.one("SELECT COALESCE(MAX(number), 0) FROM alarm_notice", row -> row.getLong(1))
                .orElseThrow();
        List<Object[]> rows = new ArrayList<>();
        for (AlarmNotice each : notices) {
            rows.add(new Object[] {
                ++number,
                each.channel(),
                each.kind(),
                each.customer(),
                each.code(),
                each.subject(),
                each.sentence(),
                each.at()
            });
        }
        s.batch(
                "INSERT INTO alarm_notice (number, channel, kind, customer, code, subject, sentence, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    @Override
    public List<AlarmNotice> unsent(int limit) {
        return reader.read(s -> s.list(
                "SELECT number, channel, kind, customer, code, subject, sentence, at FROM alarm_notice"
                        + " ORDER BY number LIMIT ?",
                row -> new AlarmNotice(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        Times.instant(row.getString(8))),
                limit));
    }

    @Override
    public CompletableFuture<Void> sent(Collection<AlarmNotice> notices) {
        List<Object[]> numbers =
                notices.stream().map(each -> new Object[] {each.number()}).toList();
        return writing.write(s -> {
            s.batch("DELETE FROM alarm_notice WHERE number = ?", numbers);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> beat() {
        return writing.write(s -> {
            s.update("INSERT INTO counter (name, value) VALUES ('look', 1)"
                    + " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1");
            return null;
        });
    }

    @Override
    public AlarmFacts facts(String customer, Collection<String> targets) {
        return reader.read(s -> {
            Map<String, Long> dead = new TreeMap<>();
            s.list(
                    "SELECT COALESCE(code, '-'), COUNT(*) FROM item WHERE customer = ? AND state = 'dead' GROUP BY code",
                    row -> dead.merge(row.getString(1), row.getLong(2), Long::sum),
                    customer);
            Map<String, Instant> listed = new TreeMap<>();
            s.list(
                    "SELECT feed, MAX(listed_until) FROM listed WHERE customer = ? GROUP BY feed",
                    row -> listed.put(row.getString(1), Times.instant(row.getString(2))),
                    customer);
            return new AlarmFacts(
                    dead.values().stream().mapToLong(Long::longValue).sum(),
                    dead,
                    firstLoss(s, customer),
                    s.one(
                                    "SELECT code, sentence FROM customer_run WHERE customer = ?",
                                    row -> CountTables.sentence(row.getString(1), row.getString(2)),
                                    customer)
                            .orElse(null),
                    listed,
                    s.list(
                            "SELECT code, sentence FROM listing_window w WHERE customer = ? AND closed_at IS NULL"
                                    + " AND code IS NOT NULL AND NOT " + FallbackTable.COVERED
                                    + " ORDER BY feed, part, from_at LIMIT 20",
                            row -> CountTables.sentence(row.getString(1), row.getString(2)),
                            customer),
                    troubled(s, customer, targets));
        });
    }

    private Instant firstLoss(Statements s, String customer) throws SQLException {
        return s.one(
                        "SELECT MIN(loss) FROM (SELECT MIN(loss_at) AS loss FROM item" + dialect.by("item_claimable")
                                + " WHERE customer = ? AND " + ItemTable.CLAIMABLE
                                + " UNION ALL SELECT MIN(loss_at) FROM item WHERE customer = ? AND state = 'fetching')"
                                + " each_state",
                        row -> Times.loss(row.getString(1)),
                        customer,
                        customer)
                .orElse(null);
    }

    private static Map<String, String> troubled(Statements s, String customer, Collection<String> targets)
            throws SQLException {
        Map<String, String> troubled = new TreeMap<>();
        for (String target : targets) {
            s.one(
                            "SELECT code, evidence FROM receipt WHERE customer = ? AND target = ? AND state IN ('due', 'storing')"
                                    + " AND code IN " + TROUBLE + " LIMIT 1",
                            row -> CountTables.sentence(
                                    row.getString(1), row.getString(2) == null ? "it failed" : row.getString(2)),
                            customer,
                            target)
                    .ifPresent(sentence -> troubled.put(target, sentence));
        }
        return troubled;
    }

    @Override
    public long storedSince(String customer, Instant since) {
        return reader.read(s -> s.one(
                        "SELECT COUNT(*) FROM item WHERE customer = ? AND state = 'stored' AND stored_at >= ?",
                        row -> row.getLong(1),
                        customer,
                        since)
                .orElseThrow());
    }
}
