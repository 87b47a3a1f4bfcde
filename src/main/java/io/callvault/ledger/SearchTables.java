// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.ledger.SearchTerms.Criterion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Looks records up by the rarest of the terms asked for, newest first. Each step is bounded, so that no question takes
 * long: what is so common that it is found everywhere is found by going through the newest records.
 */
final class SearchTables implements Search {

    /** Terms that begin alike, at most: with more, the beginning says too little to look up. */
    private static final int TERMS = 2000;

    /** Of so few the newest of each are merged; of more all records are, when there are not too many. */
    private static final int MERGED = 100;

    private static final long SORTED = 50_000;

    private static final int CHUNK = 400;

    /** Records looked at for one page. */
    private static final int LOOKED_AT = 12_000;

    /** Behind every term that begins like the text before it. */
    private static final String LAST = "\udbff\udfff";

    private static final String RECORD = "r.customer, r.feed, r.id, r.kind, r.started_at, r.extension, r.direction,"
            + " r.from_number, r.from_name, r.to_number, r.to_name";

    /** Takes the one thing at a time that changes the tables. */
    @FunctionalInterface
    interface Changes {
        <T> CompletableFuture<T> write(Writer.Work<T> work);
    }

    private final ReportTables.Reader reader;
    private final Changes changes;

    SearchTables(ReportTables.Reader reader, Changes changes) {
        this.reader = reader;
        this.changes = changes;
    }

    /**
     * A criterion and the terms it means.
     *
     * @param terms their numbers; null when there are too many
     * @param records how many have one of them, about
     */
    private record Resolved(Criterion criterion, List<Long> terms, long records) {

        private boolean canLead() {
            return terms != null && (terms.size() <= MERGED || records <= SORTED);
        }
    }

    @Override
    public CompletableFuture<Integer> index(int limit) {
        SearchIndexing.Batch batch = reader.read(s -> SearchIndexing.next(s, limit));
        return batch.isEmpty()
                ? CompletableFuture.completedFuture(0)
                : changes.write(s -> SearchIndexing.take(s, batch));
    }

    @Override
    public Found find(String customer, Query query, long before, int limit) {
        return reader.read(s -> {
            List<Resolved> resolved = new ArrayList<>();
            for (Criterion criterion : SearchTerms.of(query)) {
                Resolved one = resolve(s, customer, criterion);
                if (one.terms() != null && one.terms().isEmpty()) {
                    return new Found(List.of(), 0, false);
                }
                resolved.add(one);
            }
            return new Look(s, query, resolved, limit).from(before);
        });
    }

    private static Resolved resolve(Statements s, String customer, Criterion criterion) throws SQLException {
        Set<String> terms = new HashSet<>();
        long records = 0;
        for (String word : criterion.words()) {
            record Term(String term, long records) {}
            List<Term> found = s.list(
                    "SELECT term, records FROM search_term WHERE customer = ? AND term >= ? AND term < ? LIMIT ?",
                    row -> new Term(row.getString(1), row.getLong(2)),
                    customer,
                    word,
                    criterion.isWhole() ? word + "\u0001" : word + LAST,
                    TERMS + 1);
            for (Term each : found) {
                if ((!criterion.isWhole() || each.term().equals(word)) && terms.add(SearchTerms.indexed(each.term()))) {
                    records += each.records();
                }
            }
        }
        return terms.size() > TERMS
                ? new Resolved(criterion, null, records)
                : new Resolved(
                        criterion,
                        terms.stream().map(term -> SearchTerms.number(customer, term)).toList(),
                        records);
    }

    /** One question on its way through the records. */
    private static final class Look {

        private final Statements s;
        private final Query query;
        private final List<Resolved> criteria;
        private final Resolved leader;
        private final int limit;

        private Look(Statements s, Query query, List<Resolved> criteria, int limit) {
            this.s = s;
            this.query = query;
            this.criteria = criteria;
            this.leader = criteria.stream()
                    .filter(Resolved::canLead)
                    .min(Comparator.comparingLong(Resolved::records))
                    .orElseThrow();
            this.limit = limit;
        }

        private Found from(long before) throws SQLException {
            long low = query.from() == null ? Long.MIN_VALUE : SearchIndexing.place(query.from());
            long high = query.to() == null ? before : Math.min(before, SearchIndexing.place(query.to()));
            List<Hit> hits = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            int lookedAt = 0;
            int chunk = limit + 1; // most often the newest few are enough
            while (lookedAt < LOOKED_AT) {
                List<Long> places = places(low, high, chunk);
                for (Hit hit : records(places)) {
                    if (isMeant(hit) && seen.add(hit.feed() + " " + hit.id())) {
                        hits.add(hit);
                    }
                    if (hits.size() > limit) {
                        List<Hit> page = List.copyOf(hits.subList(0, limit));
                        return new Found(page, page.get(limit - 1).place(), false);
                    }
                }
                if (places.size() < chunk) {
                    return new Found(hits, 0, false);
                }
                lookedAt += places.size();
                high = places.get(places.size() - 1);
                chunk = Math.max(chunk, Math.min(CHUNK, 2 * chunk));
            }
            return new Found(hits, high, true);
        }

        private boolean isMeant(Hit hit) {
            Set<String> terms = SearchTerms.of(hit);
            Instant at = hit.startedAt();
            return criteria.stream().allMatch(each -> each.criterion().holds(terms))
                    && (query.from() == null || (at != null && !at.isBefore(query.from())))
                    && (query.to() == null || (at != null && at.isBefore(query.to())));
        }

        /** Of records that have the leader's terms, and the others' where these are few. The numbers are our own. */
        private List<Long> places(long low, long high, int chunk) throws SQLException {
            StringBuilder others = new StringBuilder();
            for (Resolved each : criteria) {
                boolean isAny = each.criterion().words().contains(SearchTerms.ANY);
                if (each != leader && !isAny && each.terms() != null && each.terms().size() <= MERGED) {
                    others.append(" AND EXISTS (SELECT 1 FROM search_posting o WHERE o.term IN ")
                            .append(list(each.terms()))
                            .append(" AND o.record = p.record)");
                }
            }
            String condition = " AND p.record >= " + low + " AND p.record < " + high + others;
            String end = " ORDER BY record DESC LIMIT " + chunk;
            String sql = leader.terms().size() > MERGED
                    ? "SELECT DISTINCT p.record FROM search_posting p WHERE p.term IN " + list(leader.terms()) + condition
                    : leader.terms().stream()
                            .map(term -> "SELECT record FROM (SELECT p.record FROM search_posting p WHERE p.term = " + term
                                    + condition + end + ") AS of_one")
                            .collect(Collectors.joining(" UNION "));
            return s.list(sql + end, row -> row.getLong(1));
        }

        private List<Hit> records(List<Long> places) throws SQLException {
            if (places.isEmpty()) {
                return List.of();
            }
            List<Hit> hits = s.list(
                    "SELECT s.number, " + RECORD + " FROM search_record s JOIN record r ON r.customer = s.customer"
                            + " AND r.feed = s.feed AND r.id = s.id WHERE s.number IN " + list(places),
                    SearchTables::hit);
            return hits.stream()
                    .sorted(Comparator.comparingLong(Hit::place).reversed())
                    .toList();
        }

        private static String list(List<Long> numbers) {
            return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** A place or number first, then {@link #RECORD}. */
    static Hit hit(ResultSet row) throws SQLException {
        return new Hit(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Times.instant(row.getString(6)),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }

    static String columns() {
        return RECORD;
    }
}
