// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.error.ErrorCode;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records, their revisions, and the items that they name. */
final class RecordTable {

    private static final int ASKED_AT_ONCE = 500;

    private record Latest(int revision, String sha256) {}

    private RecordTable() {}

    static Map<String, String> latestRevisions(
            Statements statements, String customer, String feed, Collection<String> ids) throws SQLException {
        Map<String, String> sums = new HashMap<>();
        Map<String, Latest> known = latest(
                statements, customer, feed, ids.stream().map(Statements::storable).toList());
        ids.forEach(id -> {
            Latest latest = known.get(Statements.storable(id));
            if (latest != null) {
                sums.put(id, latest.sha256());
            }
        });
        return sums;
    }

    private static Map<String, Latest> latest(
            Statements statements, String customer, String feed, Collection<String> ids) throws SQLException {
        return latest(
                statements,
                "SELECT id, revision, sha256 FROM record WHERE customer = ? AND feed = ? AND id IN ",
                "",
                customer,
                feed,
                ids);
    }

    private static Map<String, Latest> latest(
            Statements statements, String select, String then, String customer, String feed, Collection<String> ids)
            throws SQLException {
        Map<String, Latest> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int begin = 0; begin < all.size(); begin += ASKED_AT_ONCE) {
            List<String> some = all.subList(begin, Math.min(all.size(), begin + ASKED_AT_ONCE));
            List<Object> values = new ArrayList<>(List.of(customer, feed));
            values.addAll(some);
            statements.list(
                    select + Statements.marks(some.size()) + then,
                    row -> found.put(row.getString(1), new Latest(row.getInt(2), row.getString(3))),
                    values.toArray());
        }
        return found;
    }

    static Map<String, Set<String>> revisions(
            Statements statements, String customer, String feed, Collection<String> ids) throws SQLException {
        Map<String, Set<String>> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int begin = 0; begin < all.size(); begin += ASKED_AT_ONCE) {
            List<String> some = all.subList(begin, Math.min(all.size(), begin + ASKED_AT_ONCE));
            List<Object> values = new ArrayList<>(List.of(customer, feed));
            values.addAll(some);
            statements.list(
                    "SELECT record_id, sha256 FROM revision WHERE customer = ? AND feed = ? AND record_id IN "
                            + Statements.marks(some.size()),
                    row -> found.computeIfAbsent(row.getString(1), id -> new HashSet<>())
                            .add(row.getString(2)),
                    values.toArray());
        }
        return found;
    }

    /** Of records whose row was lost, the number of the last revision that is left. */
    private static Map<String, Latest> remains(
            Statements statements, String customer, String feed, Collection<String> ids) throws SQLException {
        return latest(
                statements,
                "SELECT record_id, MAX(revision), '' FROM revision WHERE customer = ? AND feed = ? AND record_id IN ",
                " GROUP BY record_id",
                customer,
                feed,
                ids);
    }

    /** Stores what is new on a page. Of a revision that is the latest already, only what the ledger lost of it. */
    static void keep(
            Statements statements, String customer, String feed, List<NewRevision> revisions, Instant now)
            throws SQLException {
        List<String> ids = revisions.stream()
                .map(revision -> Statements.storable(revision.record().id()))
                .distinct()
                .toList();
        Map<String, Latest> known = latest(statements, customer, feed, ids);
        known.putAll(remains(
                statements, customer, feed, ids.stream().filter(id -> !known.containsKey(id)).toList()));
        List<Object[]> forms = new ArrayList<>();
        List<Object[]> records = new ArrayList<>();
        List<ItemTable.Named> items = new ArrayList<>();
        EventTable events = new EventTable(customer, feed, now);
        for (NewRevision revision : revisions) {
            ListedRecord record = revision.record();
            String id = Statements.storable(record.id());
            Latest latest = known.get(id);
            boolean isLatest = latest != null && latest.sha256().equals(revision.sha256());
            int number = isLatest ? latest.revision() : latest == null ? 1 : latest.revision() + 1;
            forms.add(new Object[] {customer, feed, id, number, record.raw(), revision.sha256(), now});
            if (!isLatest) {
                known.put(id, new Latest(number, revision.sha256()));
                records.add(row(customer, feed, revision, number, now));
                events.record(id, number);
            }
            for (ListedItem item : record.items()) {
                items.add(new ItemTable.Named(customer, feed, id, number, revision, item));
            }
        }
        statements.batch(
                "INSERT INTO revision (customer, feed, record_id, revision, raw, sha256, seen_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                forms);
        statements.batch(UPSERT, records);
        for (ItemTable.Named item : ItemTable.keep(statements, items, now)) {
            if (item.state().equals("excluded")) {
                events.ended(
                        "excluded", item.id(), item.recordId(), ErrorCode.EXCLUDED.name(), item.revision().excluded());
            } else if (item.state().equals("not-retained")) {
                events.ended(
                        "not-retained",
                        item.id(),
                        item.recordId(),
                        ErrorCode.CONTENT_NOT_RETAINED.name(),
                        item.listed().notRetained());
            }
        }
        events.write(statements);
    }

    // A later reading never erases what an earlier one knew, so a fact is replaced by a fact only. Why it was excluded
    // or could not be read belongs to the one reading.
    private static final String UPSERT = "INSERT INTO record (customer, feed, id, kind, started_at, extension, direction,"
            + " from_number, from_name, to_number, to_name, settled, revision, sha256, excluded, unreadable, first_seen,"
            + " last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (customer, feed, id) DO UPDATE SET"
            + " kind = COALESCE(excluded.kind, record.kind),"
            + " started_at = COALESCE(excluded.started_at, record.started_at),"
            + " extension = COALESCE(excluded.extension, record.extension),"
            + " direction = COALESCE(excluded.direction, record.direction),"
            + " from_number = COALESCE(excluded.from_number, record.from_number),"
            + " from_name = COALESCE(excluded.from_name, record.from_name),"
            + " to_number = COALESCE(excluded.to_number, record.to_number),"
            + " to_name = COALESCE(excluded.to_name, record.to_name),"
            + " settled = excluded.settled, revision = excluded.revision, sha256 = excluded.sha256,"
            + " excluded = excluded.excluded, unreadable = excluded.unreadable, last_seen = excluded.last_seen";

    private static Object[] row(String customer, String feed, NewRevision revision, int number, Instant now) {
        ListedRecord record = revision.record();
        return new Object[] {
            customer,
            feed,
            record.id(),
            record.kind(),
            record.startedAt(),
            record.extension(),
            record.direction(),
            record.from(),
            record.fromName(),
            record.to(),
            record.toName(),
            record.settled(),
            number,
            revision.sha256(),
            revision.excluded(),
            record.unreadable(),
            now,
            now
        };
    }

    /** Keeps a revision whose number is known, as when it was listed; the record's facts are those of its latest. */
    static void again(Statements statements, Rebuild.Told told, NewRevision revision) throws SQLException {
        String customer = told.customer();
        int added = statements.update(
                "INSERT INTO revision (customer, feed, record_id, revision, raw, sha256, seen_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, feed, record_id, revision) DO NOTHING",
                customer,
                told.feed(),
                told.recordId(),
                told.revision(),
                revision.record().raw(),
                revision.sha256(),
                told.at());
        Latest latest = latest(statements, customer, told.feed(), List.of(told.recordId())).get(told.recordId());
        if (added > 0 && (latest == null || latest.revision() < told.revision())) {
            Object[] row = row(customer, told.feed(), revision, told.revision(), told.at());
            row[2] = told.recordId();
            statements.update(UPSERT, row);
        }
    }

    static String raw(Statements statements, String customer, String feed, String recordId, int revision)
            throws SQLException {
        return statements
                .one(
                        "SELECT raw FROM revision WHERE customer = ? AND feed = ? AND record_id = ? AND revision = ?",
                        row -> row.getString(1),
                        customer,
                        feed,
                        recordId,
                        revision)
                .orElseThrow(() -> new IllegalStateException(
                        "the ledger has no revision " + revision + " of " + feed + " " + recordId + " of " + customer));
    }
}
