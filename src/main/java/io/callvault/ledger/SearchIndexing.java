// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills the tables of the search: first with all records, then with those that events tell of. What is taken in twice
 * changes nothing. What a record was before is not taken out: who asks looks at the record itself.
 */
final class SearchIndexing {

    /** So many places in a millisecond. */
    private static final int SHIFT = 22;

    private static final String KEY = " r.customer = e.customer AND r.feed = e.feed AND r.id = e.record_id";

    /**
     * How far it has come, as in the table {@code search_progress}.
     *
     * @param isNew true when nothing is kept yet
     */
    private record Progress(long event, String customer, String feed, String id, boolean isWalked, boolean isNew) {}

    /**
     * What is to be taken in.
     *
     * @param rows of the ledger that were looked at
     */
    record Batch(Progress then, boolean isEmpty, int rows, Map<Long, Search.Hit> records) {}

    private SearchIndexing() {}

    /** The first place of an instant. */
    static long place(Instant instant) {
        return instant.toEpochMilli() << SHIFT;
    }

    static Batch next(Statements s, int limit) throws SQLException {
        Progress now = s.one(
                        "SELECT event, customer, feed, id, walked FROM search_progress WHERE name = 'records'",
                        row -> new Progress(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getInt(5) == 1,
                                false))
                .orElse(null);
        if (now == null) {
            long event = s.one("SELECT value FROM counter WHERE name = 'event'", row -> row.getLong(1))
                    .orElse(0L);
            now = new Progress(event, "", "", "", false, true);
        }
        return now.isWalked() ? told(s, now, limit) : walked(s, now, limit);
    }

    private static Batch walked(Statements s, Progress now, int limit) throws SQLException {
        List<Search.Hit> records = s.list(
                "SELECT 0, " + SearchTables.columns() + " FROM record r WHERE (r.customer, r.feed, r.id) > (?, ?, ?)"
                        + " ORDER BY r.customer, r.feed, r.id LIMIT ?",
                SearchTables::hit,
                now.customer(),
                now.feed(),
                now.id(),
                limit);
        boolean isEnd = records.size() < limit;
        Search.Hit last = records.isEmpty() ? null : records.get(records.size() - 1);
        Progress then = last == null
                ? new Progress(now.event(), now.customer(), now.feed(), now.id(), true, now.isNew())
                : new Progress(now.event(), last.customer(), last.feed(), last.id(), isEnd, now.isNew());
        return new Batch(then, false, Math.max(1, records.size()), placed(s, records));
    }

    private static Batch told(Statements s, Progress now, int limit) throws SQLException {
        record Event(long number, Search.Hit record) {}
        List<Event> events = s.list(
                "SELECT e.number, " + SearchTables.columns() + " FROM event e LEFT JOIN record r ON e.event = 'record' AND"
                        + KEY + " WHERE e.number > ? ORDER BY e.number LIMIT ?",
                row -> new Event(row.getLong(1), row.getString(4) == null ? null : SearchTables.hit(row)),
                now.event(),
                limit);
        if (events.isEmpty()) {
            return new Batch(now, true, 0, Map.of());
        }
        long last = events.get(events.size() - 1).number();
        List<Search.Hit> records =
                events.stream().map(Event::record).filter(Objects::nonNull).toList();
        return new Batch(
                new Progress(last, now.customer(), now.feed(), now.id(), true, false),
                false,
                events.size(),
                placed(s, records));
    }

    /** Gives each record a place of its own; one that has a place keeps it. */
    private static Map<Long, Search.Hit> placed(Statements s, List<Search.Hit> records) throws SQLException {
        Map<Long, String> taken = new HashMap<>();
        if (!records.isEmpty()) {
            String places = records.stream()
                    .map(record -> String.valueOf(place(record)))
                    .distinct()
                    .collect(Collectors.joining(", ", "(", ")"));
            s.list(
                    "SELECT number, customer, feed, id FROM search_record WHERE number IN " + places,
                    row -> taken.put(row.getLong(1), key(row.getString(2), row.getString(3), row.getString(4))));
        }
        Map<Long, Search.Hit> placed = new LinkedHashMap<>();
        for (Search.Hit record : records) {
            String key = key(record.customer(), record.feed(), record.id());
            long place = place(record);
            while (!taken.computeIfAbsent(place, free -> key).equals(key)) {
                place++;
            }
            placed.put(place, record);
        }
        return placed;
    }

    private static long place(Search.Hit record) {
        byte[] key = key(record.customer(), record.feed(), record.id()).getBytes(StandardCharsets.UTF_8);
        long own = ByteBuffer.wrap(SearchTerms.sha256(key)).getInt() & ((1L << SHIFT) - 1);
        return (record.startedAt() == null ? 0 : place(record.startedAt())) + own;
    }

    private static String key(String customer, String feed, String id) {
        return customer + "\0" + feed + "\0" + id;
    }

    static int take(Statements s, Batch batch) throws SQLException {
        List<Object[]> records = new ArrayList<>();
        List<Object[]> postings = new ArrayList<>();
        List<String[]> owners = new ArrayList<>(); // of each posting: customer and term
        batch.records().forEach((place, record) -> {
            records.add(new Object[] {place, record.customer(), record.feed(), record.id()});
            for (String term : SearchTerms.of(record)) {
                if (SearchTerms.isIndexed(term)) {
                    postings.add(new Object[] {SearchTerms.number(record.customer(), term), place});
                    owners.add(new String[] {record.customer(), term});
                }
            }
        });
        s.batch(
                "INSERT INTO search_record (number, customer, feed, id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                records);
        int[] added = s.batch("INSERT INTO search_posting (term, record) VALUES (?, ?) ON CONFLICT DO NOTHING", postings);
        terms(s, owners, added);
        keep(s, batch.then());
        return batch.rows();
    }

    private static void terms(Statements s, List<String[]> owners, int[] added) throws SQLException {
        Map<List<String>, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < added.length; i++) {
            if (added[i] != 0) {
                counts.merge(List.of(owners.get(i)), 1L, Long::sum);
            }
        }
        List<Object[]> rows = new ArrayList<>();
        Set<List<String>> all = new HashSet<>(counts.keySet());
        for (List<String> each : all) {
            String term = each.get(1);
            long count = counts.get(each);
            rows.add(new Object[] {each.get(0), term, count});
            if (term.startsWith("n")) {
                String backwards = new StringBuilder(term.substring(1)).reverse().toString();
                rows.add(new Object[] {each.get(0), "r" + backwards, count});
            }
        }
        s.batch(
                "INSERT INTO search_term (customer, term, records) VALUES (?, ?, ?) ON CONFLICT (customer, term)"
                        + " DO UPDATE SET records = search_term.records + excluded.records",
                rows);
    }

    private static void keep(Statements s, Progress then) throws SQLException {
        s.update(
                "INSERT INTO search_progress (name, event, customer, feed, id, walked) VALUES ('records', ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET event = excluded.event, customer = excluded.customer,"
                        + " feed = excluded.feed, id = excluded.id, walked = excluded.walked",
                then.event(),
                then.customer(),
                then.feed(),
                then.id(),
                then.isWalked());
    }
}
