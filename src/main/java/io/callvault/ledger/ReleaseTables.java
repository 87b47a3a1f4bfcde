// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What was, and what may be, released at the source. */
final class ReleaseTables implements Releases {

    private static final String ITEMS =
            "SELECT i.item, i.feed, i.record_id, i.uri, i.revision, i.state, i.stored_at,"
                    + " COALESCE(r.started_at, i.started_at) AS began_at, r.extension, COALESCE(r.revision, 0) AS latest,"
                    + " COALESCE(r.settled, 0) AS settled, r.excluded, r.unreadable, x.outcome FROM item i"
                    + " LEFT JOIN record r ON r.customer = i.customer AND r.feed = i.feed AND r.id = i.record_id"
                    + " LEFT JOIN release x ON x.customer = i.customer AND x.item = i.item";

    private final ReportTables.Reader reader;
    private final AlarmTables.Writing writing;

    ReleaseTables(ReportTables.Reader reader, AlarmTables.Writing writing) {
        this.reader = reader;
        this.writing = writing;
    }

    @Override
    public List<Candidate> candidates(String customer, String after, int limit) {
        return reader.read(s -> s.list(
                ITEMS + " WHERE i.customer = ? AND i.item > ? AND i.state = 'stored'"
                        + " AND (x.outcome IS NULL OR x.outcome NOT IN ('released', 'gone')) ORDER BY i.item LIMIT ?",
                ReleaseTables::candidate,
                customer,
                after,
                limit));
    }

    @Override
    public List<Candidate> of(String customer, Collection<String> items) {
        return reader.read(s -> {
            List<Candidate> found = new ArrayList<>();
            for (String item : items) {
                s.one(ITEMS + " WHERE i.customer = ? AND i.item = ?", ReleaseTables::candidate, customer, item)
                        .ifPresent(found::add);
            }
            return found;
        });
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                row.getString("item"),
                row.getString("feed"),
                row.getString("record_id"),
                row.getString("uri"),
                row.getInt("revision"),
                row.getString("state"),
                Times.instant(row.getString("stored_at")),
                Times.instant(row.getString("began_at")),
                row.getString("extension"),
                row.getInt("latest"),
                row.getInt("settled") == 1,
                row.getString("excluded"),
                row.getString("unreadable"),
                row.getString("outcome"));
    }

    /** See {@link Reports#releases}. */
    static Map<String, Long> outcomes(Statements s, String customer, Instant from, Instant to) throws SQLException {
        String began = "COALESCE(r.started_at, i.started_at)";
        Conditions conditions = new Conditions("x.outcome IS NOT NULL").and("x.customer = ?", customer);
        if (from != null) {
            conditions.and("(" + began + " IS NULL OR " + began + " >= ?)", from);
        }
        if (to != null) {
            conditions.and("(" + began + " IS NULL OR " + began + " < ?)", to);
        }
        String joins = from == null && to == null
                ? ""
                : " LEFT JOIN item i ON i.customer = x.customer AND i.item = x.item"
                        + " LEFT JOIN record r ON r.customer = x.customer AND r.feed = x.feed AND r.id = x.record_id";
        Map<String, Long> outcomes = new TreeMap<>();
        s.list(
                "SELECT x.outcome, COUNT(*) FROM release x" + joins + " WHERE " + conditions.text() + " GROUP BY x.outcome",
                row -> outcomes.put(row.getString(1), row.getLong(2)),
                conditions.values());
        return outcomes;
    }

    @Override
    public List<Copy> copies(ItemKey item) {
        return reader.read(s -> s.list(
                "SELECT target, path, length, sha256, stored_at FROM receipt WHERE customer = ? AND item = ?"
                        + " AND state = 'stored' ORDER BY target",
                row -> new Copy(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        Times.instant(row.getString(5))),
                item.customer(),
                item.item()));
    }

    @Override
    public Set<Untold> untold(String customer, Collection<String> targets) {
        Set<Untold> untold = new HashSet<>();
        for (String target : targets) {
            reader.read(s -> {
                long told = s.one(
                                "SELECT MAX(last_event) FROM journal_object WHERE customer = ? AND target = ?"
                                        + " AND published_at IS NOT NULL",
                                row -> row.getLong(1),
                                customer,
                                target)
                        .orElse(0L);
                return s.list(
                        "SELECT feed, record_id FROM event WHERE customer = ? AND number > ? AND (target = '' OR target = ?)"
                                + " AND event NOT IN ('listed', 'visible') AND record_id IS NOT NULL",
                        row -> untold.add(new Untold(row.getString(1), row.getString(2))),
                        customer,
                        told,
                        target);
            });
        }
        return untold;
    }

    @Override
    public List<Made> made(String customer) {
        return reader.read(s -> s.list(
                "SELECT target, number, at FROM journal_object WHERE customer = ? ORDER BY target, number",
                row -> new Made(row.getString(1), row.getLong(2), Times.instant(row.getString(3))),
                customer));
    }

    @Override
    public Optional<Instant> rehearsedAt(String customer, String fingerprint) {
        return reader.read(s -> s.one(
                "SELECT at FROM release_rehearsal WHERE customer = ? AND fingerprint = ?",
                row -> Times.instant(row.getString(1)),
                customer,
                fingerprint));
    }

    @Override
    public CompletableFuture<Void> rehearsed(String customer, String fingerprint, Instant now) {
        return writing.write(s -> {
            s.update(
                    "INSERT INTO release_rehearsal (customer, fingerprint, at) VALUES (?, ?, ?)"
                            + " ON CONFLICT (customer, fingerprint) DO UPDATE SET at = excluded.at",
                    customer,
                    fingerprint,
                    now);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> asked(Collection<Asked> items, String mode, Instant provedAt, Instant now) {
        List<Asked> given = List.copyOf(items);
        return writing.write(s -> {
            for (Asked each : given) {
                keep(s, each, mode, ASKED, null, null, provedAt, now);
                event(s, each, mode, ASKED, null, null, now);
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> ended(
            Collection<Asked> items, String mode, String outcome, String code, String evidence, Instant now) {
        List<Asked> given = List.copyOf(items);
        return writing.write(s -> {
            for (Asked each : given) {
                keep(s, each, mode, outcome, code, evidence, null, now);
                event(s, each, mode, outcome, code, evidence, now);
            }
            return null;
        });
    }

    private static void event(
            Statements s, Asked each, String mode, String outcome, String code, String evidence, Instant now)
            throws SQLException {
        new EventTable(each.item().customer(), each.feed(), now)
                .released(each.item().item(), each.recordId(), mode, outcome, code, evidence)
                .write(s);
    }

    /** What was asked and when stays known when it ended; what was proved, too. */
    static void keep(
            Statements s,
            Asked each,
            String mode,
            String outcome,
            String code,
            String evidence,
            Instant provedAt,
            Instant at)
            throws SQLException {
        boolean isAsked = outcome.equals(ASKED);
        s.update(
                "INSERT INTO release (customer, item, feed, record_id, mode, outcome, code, evidence, proved_at, asked_at,"
                        + " ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, item) DO UPDATE SET"
                        + " mode = excluded.mode, outcome = excluded.outcome, code = excluded.code,"
                        + " evidence = excluded.evidence, proved_at = COALESCE(excluded.proved_at, release.proved_at),"
                        + " asked_at = CASE WHEN excluded.ended_at IS NULL THEN excluded.asked_at ELSE release.asked_at END,"
                        + " ended_at = excluded.ended_at",
                each.item().customer(),
                each.item().item(),
                each.feed(),
                each.recordId(),
                mode,
                outcome,
                code,
                evidence,
                provedAt,
                at,
                isAsked ? null : at);
    }
}
