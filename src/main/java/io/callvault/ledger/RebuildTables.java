// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A ledger being made again. */
final class RebuildTables implements Rebuild {

    private final Statements statements;
    private final Dialect dialect;

    RebuildTables(Statements statements, Dialect dialect) {
        this.statements = statements;
        this.dialect = dialect;
    }

    private <T> T ask(Writer.Work<T> work) {
        try {
            return work.with(statements);
        } catch (SQLException e) {
            throw dialect.failure("rebuild the ledger", e);
        }
    }

    private int change(String sql, Object... values) {
        return ask(s -> s.update(sql, values));
    }

    @Override
    public boolean isEmpty(String customer) {
        for (String table : List.of("record", "event", "journal_object")) {
            boolean has = ask(s -> s.one("SELECT 1 FROM " + table + " WHERE customer = ? LIMIT 1", row -> true, customer))
                    .isPresent();
            if (has) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Place place(Told told, long after) {
        Optional<Long> known = ask(s -> s.one(
                "SELECT number FROM event WHERE customer = ? AND number > ? AND target = '' AND event = ? AND feed = ?"
                        + " AND COALESCE(record_id, '') = ? AND COALESCE(revision, 0) = ? AND COALESCE(line, '') = ?"
                        + " ORDER BY number LIMIT 1",
                row -> row.getLong(1),
                told.customer(),
                after,
                told.event(),
                told.feed(),
                told.recordId() == null ? "" : told.recordId(),
                told.revision() == null ? 0 : told.revision(),
                told.line() == null ? "" : told.line()));
        if (known.isPresent()) {
            return new Place(known.get(), false);
        }
        long number = ask(s -> EventTable.take(s, "event", 1));
        change(
                "INSERT INTO event (number, at, event, customer, target, feed, record_id, revision, line)"
                        + " VALUES (?, ?, ?, ?, '', ?, ?, ?, ?)",
                number,
                told.at(),
                told.event(),
                told.customer(),
                told.feed(),
                told.recordId(),
                told.revision(),
                told.line());
        return new Place(number, true);
    }

    @Override
    public void record(Told told, NewRevision revision) {
        ask(s -> {
            RecordTable.again(s, told, revision);
            List<ItemTable.Named> items = new ArrayList<>();
            for (ListedItem item : revision.record().items()) {
                items.add(new ItemTable.Named(
                        told.customer(), told.feed(), told.recordId(), told.revision(), revision, item));
            }
            ItemTable.keep(s, items, told.at());
            return null;
        });
    }

    @Override
    public void ended(Told told, ItemKey item, String target, String code, String evidence, long position) {
        if (target != null) {
            change(
                    "INSERT INTO receipt (customer, item, target, state, attempts, next_at, pass, code, evidence)"
                            + " VALUES (?, ?, ?, ?, 0, ?, 0, ?, ?) ON CONFLICT (customer, item, target) DO NOTHING",
                    item.customer(),
                    item.item(),
                    target,
                    told.event(),
                    told.at(),
                    code,
                    evidence);
            return;
        }
        change(
                "UPDATE item SET state = ?, code = ?, evidence = ?, version = ? WHERE customer = ? AND item = ?",
                told.event(),
                code,
                evidence,
                position,
                item.customer(),
                item.item());
        if (told.event().equals("excluded")) {
            change(
                    "UPDATE record SET excluded = ? WHERE customer = ? AND feed = ? AND id = ?",
                    evidence,
                    told.customer(),
                    told.feed(),
                    told.recordId());
        }
    }

    @Override
    public void notVisible(FeedPart part, int status, String code, String reason, Window unlisted, Instant at) {
        change(
                "INSERT INTO not_visible (customer, feed, part, status, code, reason, since, last_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, feed, part) DO UPDATE SET"
                        + " status = excluded.status, code = excluded.code, reason = excluded.reason,"
                        + " last_at = excluded.last_at WHERE not_visible.last_at <= excluded.last_at",
                part.customer(),
                part.feed(),
                part.part(),
                status,
                code,
                reason,
                at,
                at);
        if (unlisted != null) {
            ask(s -> ListingTable.open(s, part).isEmpty() ? ListingTable.begin(s, part, unlisted, at) : null);
        }
    }

    @Override
    public void metadata(ItemKey item, String raw, String code, String evidence, Instant at) {
        change(
                "INSERT INTO metadata (customer, item, raw, code, evidence, asked_at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (customer, item) DO NOTHING",
                item.customer(),
                item.item(),
                raw,
                code,
                evidence,
                at);
    }

    @Override
    public void released(Told told, ItemKey item, String mode, String outcome, String code, String evidence) {
        ask(s -> {
            ReleaseTables.keep(
                    s,
                    new Releases.Asked(item, told.feed(), told.recordId()),
                    mode,
                    outcome,
                    code,
                    evidence,
                    null,
                    told.at());
            return null;
        });
    }

    @Override
    public void visible(FeedPart part, Instant at) {
        change(
                "DELETE FROM listing_window WHERE customer = ? AND feed = ? AND part = ? AND opened_at <= ?",
                part.customer(),
                part.feed(),
                part.part(),
                at);
        change(
                "DELETE FROM not_visible WHERE customer = ? AND feed = ? AND part = ? AND last_at <= ?",
                part.customer(),
                part.feed(),
                part.part(),
                at);
    }

    @Override
    public void listed(FeedPart part, Window span) {
        ask(s -> {
            ListingTable.told(s, part, span);
            return null;
        });
    }

    @Override
    public boolean stored(ItemKey item, String target, Plan plan, Receipt proof, Instant at, long after) {
        int known = change(
                "UPDATE item SET state = CASE WHEN version <= ? THEN 'due' ELSE state END,"
                        + " code = CASE WHEN version <= ? THEN NULL ELSE code END,"
                        + " evidence = CASE WHEN version <= ? THEN NULL ELSE evidence END"
                        + " WHERE customer = ? AND item = ?",
                after,
                after,
                after,
                item.customer(),
                item.item());
        if (known == 0) {
            return false;
        }
        change(
                "INSERT INTO receipt (customer, item, target, state, attempts, next_at, pass, path, location, length,"
                        + " sha256, type, checksum, stored_at) VALUES (?, ?, ?, 'stored', 0, ?, 0, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (customer, item, target) DO UPDATE SET state = 'stored', code = NULL,"
                        + " evidence = NULL, path = excluded.path, location = excluded.location,"
                        + " length = excluded.length, sha256 = excluded.sha256, type = excluded.type,"
                        + " checksum = excluded.checksum, stored_at = excluded.stored_at",
                item.customer(),
                item.item(),
                target,
                at,
                plan.path(),
                proof.location(),
                proof.length(),
                proof.sha256(),
                plan.type(),
                proof.checksum(),
                at);
        // The latest plan is the one that stands.
        change(
                "UPDATE item SET path = ?, length = ?, sha256 = ?, type = ?, spool = ?, stored_at = ?"
                        + " WHERE customer = ? AND item = ? AND (stored_at IS NULL OR stored_at <= ?)",
                plan.path(),
                plan.length(),
                plan.sha256(),
                plan.type(),
                plan.spool(),
                at,
                item.customer(),
                item.item(),
                at);
        return true;
    }

    @Override
    public Optional<Plan> plan(ItemKey item) {
        return ask(s -> s.one(
                "SELECT path, length, sha256, type, spool FROM item WHERE customer = ? AND item = ?",
                ItemTable::plan,
                item.customer(),
                item.item()));
    }

    @Override
    public void object(JournalObject object) {
        change(
                "INSERT INTO journal_object (customer, target, number, object_key, sha256, previous, last_event, at,"
                        + " published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                object.customer(),
                object.target(),
                object.number(),
                object.key(),
                object.sha256(),
                object.previous(),
                object.lastEvent(),
                object.at(),
                object.at());
    }

    @Override
    public void found(
            ItemKey item, String feed, String recordId, String target, Plan plan, Receipt proof, Instant now) {
        stored(item, target, plan, proof, now, 0);
        ask(s -> {
            new EventTable(item.customer(), feed, now)
                    .stored(item.item(), recordId, target, plan, proof)
                    .write(s);
            return null;
        });
    }

    @Override
    public long conclude(String customer, Collection<String> targets) {
        List<Object> wanted = new ArrayList<>(targets);
        String marks = Statements.marks(wanted.size());
        // How many receipts of an item are in a state, at the targets that count.
        String count = "(SELECT COUNT(*) FROM receipt r WHERE r.customer = item.customer AND r.item = item.item"
                + " AND r.state = '%s' AND r.target IN " + marks + ")";
        List<Object> values = new ArrayList<>(List.of(customer));
        values.addAll(wanted);
        values.add(wanted.size());
        change(
                "UPDATE item SET state = 'stored', code = NULL, evidence = NULL, told_at = stored_at WHERE customer = ?"
                        + " AND path IS NOT NULL AND " + count.formatted("stored") + " = ?",
                values.toArray());
        // Given up at one target and done with all others: dead, for the reason of the receipt.
        List<Object> dead = new ArrayList<>(wanted);
        dead.addAll(wanted);
        dead.add(customer);
        dead.addAll(wanted);
        dead.addAll(wanted);
        dead.addAll(wanted);
        dead.add(wanted.size());
        String reason = "(SELECT MIN(r.%s) FROM receipt r WHERE r.customer = item.customer AND r.item = item.item"
                + " AND r.state = 'dead' AND r.target IN " + marks + ")";
        change(
                "UPDATE item SET state = 'dead', code = " + reason.formatted("code") + ", evidence = "
                        + reason.formatted("evidence") + " WHERE customer = ? AND state = 'due' AND "
                        + count.formatted("dead") + " > 0 AND " + count.formatted("stored") + " + "
                        + count.formatted("dead") + " = ?",
                dead.toArray());
        change("UPDATE item SET version = 0, stored_at = CASE WHEN state = 'stored' THEN stored_at END WHERE customer = ?", customer);
        return ask(s -> s.one(
                        "SELECT COUNT(*) FROM item WHERE customer = ? AND state = 'due' AND path IS NOT NULL",
                        row -> row.getLong(1),
                        customer))
                .orElse(0L);
    }

    @Override
    public Reports reports() {
        return new ReportTables(new ReportTables.Reader() {
            @Override
            public <T> T read(Writer.Work<T> work) {
                return ask(work);
            }
        });
    }
}
