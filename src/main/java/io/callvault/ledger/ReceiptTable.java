// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import io.callvault.model.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans and receipts: an item from its proved download to its last target. */
final class ReceiptTable {

    /** @param isFirst whether this is its first plan */
    private record Item(String feed, String recordId, int revision, Plan plan, boolean isFirst) {}

    private record Open(String state, int attempts) {}

    private ReceiptTable() {}

    static List<DueReceipt> plan(
            Statements statements, ItemKey key, Plan fetched, Collection<String> targets, Instant now)
            throws SQLException {
        Item item = planned(statements, key, fetched);
        Plan plan = item.plan();
        Map<String, Open> known = new HashMap<>();
        if (!item.isFirst()) { // nothing has a receipt before its first plan
            statements.list(
                    "SELECT target, state, attempts FROM receipt WHERE customer = ? AND item = ?",
                    row -> known.put(row.getString(1), new Open(row.getString(2), row.getInt(3))),
                    key.customer(),
                    key.item());
        }
        List<DueReceipt> claimed = new ArrayList<>();
        for (String target : targets) {
            Open open = known.remove(target);
            if (open == null) {
                statements.update(
                        "INSERT INTO receipt (customer, item, target, state, attempts, next_at, pass)"
                                + " VALUES (?, ?, ?, 'storing', 0, ?, 0)",
                        key.customer(),
                        key.item(),
                        target,
                        now);
            } else if (open.state().equals("due")) {
                setState(statements, key, target, "storing");
            } else {
                continue;
            }
            int attempts = open == null ? 0 : open.attempts();
            claimed.add(
                    new DueReceipt(key, target, item.feed(), item.recordId(), item.revision(), null, plan, attempts));
        }
        // What is left is wanted no more: the target was taken out of the configuration.
        for (String target : known.keySet()) {
            statements.update(
                    "DELETE FROM receipt WHERE customer = ? AND item = ? AND target = ? AND state IN ('due', 'dead')",
                    key.customer(),
                    key.item(),
                    target);
        }
        if (claimed.isEmpty()) {
            conclude(statements, key, false, now);
        }
        return claimed;
    }

    private static final String PLAN = "UPDATE item SET state = 'fetching', next_at = NULL, path = ?, length = ?, sha256 = ?,"
            + " type = ?, spool = ?, version = version + 1 WHERE customer = ? AND item = ?";

    /** Fixes the plan, in one statement where it is the first. */
    private static Item planned(Statements statements, ItemKey key, Plan fetched) throws SQLException {
        Optional<Item> first = statements.one(
                PLAN + " AND path IS NULL RETURNING feed, record_id, revision",
                row -> new Item(row.getString(1), row.getString(2), row.getInt(3), fetched, true),
                values(fetched, key));
        if (first.isPresent()) {
            return first.get();
        }
        Item item = statements
                .one(
                        "SELECT feed, record_id, revision, path, length, sha256, type, spool FROM item"
                                + " WHERE customer = ? AND item = ?",
                        row -> new Item(
                                row.getString("feed"),
                                row.getString("record_id"),
                                row.getInt("revision"),
                                kept(ItemTable.plan(row), fetched),
                                false),
                        key.customer(),
                        key.item())
                .orElseThrow(() -> ItemTable.unknown(key));
        statements.update(PLAN, values(item.plan(), key));
        return item;
    }

    private static Object[] values(Plan plan, ItemKey key) {
        return new Object[] {
            plan.path(), plan.length(), plan.sha256(), plan.type(), plan.spool(), key.customer(), key.item()
        };
    }

    /** The first plan stands as long as the bytes are the same; only the spool file may be another. */
    private static Plan kept(Plan first, Plan fetched) {
        return first.sha256().equals(fetched.sha256())
                ? new Plan(first.path(), first.length(), first.sha256(), first.type(), fetched.spool())
                : fetched;
    }

    /** Of items that were planned and handed over since the start: a spool file from before is proved again first. */
    private static final String READY = "FROM receipt claimed JOIN item i ON i.customer = claimed.customer"
            + " AND i.item = claimed.item AND i.state = 'fetching' AND i.path IS NOT NULL"
            + " WHERE claimed.state = 'due' AND claimed.customer = ?";

    static List<DueReceipt> claim(
            Statements statements, Dialect dialect, String customer, String target, Selection selection, int limit)
            throws SQLException {
        Conditions conditions =
                new Conditions(READY).then(customer).and("claimed.target = ?", target).selected(selection, "claimed", "i");
        List<DueReceipt> receipts = statements.list(
                "SELECT claimed.target, claimed.attempts, i.item, i.feed, i.record_id, i.revision, i.path, i.length,"
                        + " i.sha256, i.type, i.spool " + conditions.text()
                        + " ORDER BY claimed.next_at, claimed.item LIMIT ?" + dialect.forUpdate(),
                row -> due(customer, row),
                conditions.then(limit).values());
        for (DueReceipt receipt : receipts) {
            setState(statements, receipt.item(), receipt.target(), "storing");
        }
        return receipts;
    }

    private static DueReceipt due(String customer, ResultSet row) throws SQLException {
        return new DueReceipt(
                new ItemKey(customer, row.getString("item")),
                row.getString("target"),
                row.getString("feed"),
                row.getString("record_id"),
                row.getInt("revision"),
                null,
                ItemTable.plan(row),
                row.getInt("attempts"));
    }

    private static void setState(Statements statements, ItemKey key, String target, String state)
            throws SQLException {
        statements.update(
                "UPDATE receipt SET state = ? WHERE customer = ? AND item = ? AND target = ?"
                        + " AND state IN ('due', 'storing')",
                state,
                key.customer(),
                key.item(),
                target);
    }

    static void giveBack(Statements statements, Collection<DueReceipt> receipts) throws SQLException {
        for (DueReceipt receipt : receipts) {
            setState(statements, receipt.item(), receipt.target(), "due");
        }
    }

    static void failed(Statements statements, DueReceipt receipt, Verdict verdict, long pass, Instant now)
            throws SQLException {
        ItemKey key = receipt.item();
        int changed = statements.update(
                "UPDATE receipt SET state = ?, attempts = ?, next_at = ?, code = ?, evidence = ?, pass = ?"
                        + " WHERE customer = ? AND item = ? AND target = ? AND state IN ('due', 'storing')",
                verdict.state(),
                verdict.attempts(),
                verdict.nextAt() == null ? Times.text(now) : Times.notBefore(verdict.nextAt()),
                verdict.code(),
                verdict.evidence(),
                pass,
                key.customer(),
                key.item(),
                receipt.target());
        if (changed > 0 && verdict.state().equals("dead")) {
            new EventTable(key.customer(), receipt.feed(), now)
                    .ended(
                            "dead",
                            key.item(),
                            receipt.recordId(),
                            receipt.target(),
                            verdict.code(),
                            verdict.evidence())
                    .write(statements);
            conclude(statements, key, false, now);
        }
    }

    static boolean stored(
            Statements statements, Dialect dialect, DueReceipt receipt, Receipt proof, boolean isTold, Instant now)
            throws SQLException {
        ItemKey key = receipt.item();
        Plan plan = receipt.plan();
        if (!plan.sha256().equals(proof.sha256()) || plan.length() != proof.length()) {
            throw new IllegalStateException("the proof of " + key.item() + " of " + key.customer() + " at "
                    + receipt.target() + " is of other bytes than were planned");
        }
        int changed = statements.update(
                "INSERT INTO receipt (customer, item, target, state, attempts, next_at, pass, path, location, length,"
                        + " sha256, type, checksum, stored_at) VALUES (?, ?, ?, 'stored', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (customer, item, target) DO UPDATE SET state = 'stored', code = NULL,"
                        + " evidence = NULL, path = excluded.path, location = excluded.location,"
                        + " length = excluded.length, sha256 = excluded.sha256, type = excluded.type,"
                        + " checksum = excluded.checksum, stored_at = excluded.stored_at"
                        + " WHERE receipt.state <> 'stored'",
                key.customer(),
                key.item(),
                receipt.target(),
                receipt.attempts(),
                now,
                plan.path(),
                proof.location(),
                proof.length(),
                proof.sha256(),
                plan.type(),
                proof.checksum(),
                now);
        if (changed > 0) {
            new EventTable(key.customer(), receipt.feed(), now)
                    .stored(key.item(), receipt.recordId(), receipt.target(), plan, proof)
                    .write(statements);
        }
        return isLast(statements, dialect, key, isTold, now) || conclude(statements, key, isTold, now);
    }

    private static final String IS_STORED = "UPDATE item SET state = 'stored', stored_at = COALESCE(stored_at, ?),"
            + " told_at = COALESCE(told_at, ?), next_at = NULL, code = NULL, evidence = NULL, status = 0,"
            + " version = version + 1 WHERE customer = ? AND item = ?";

    /** What most often is so after a receipt: every receipt is stored, and with it the item. */
    private static boolean isLast(Statements statements, Dialect dialect, ItemKey key, boolean isTold, Instant now)
            throws SQLException {
        return statements.update(
                        IS_STORED + " AND NOT EXISTS (SELECT 1 FROM receipt" + dialect.byKey("receipt")
                                + " WHERE customer = ? AND item = ? AND state <> 'stored')",
                        now,
                        isTold ? now : null,
                        key.customer(),
                        key.item(),
                        key.customer(),
                        key.item())
                > 0;
    }

    /**
     * When no receipt is open any more, the item is {@code stored}, or {@code dead} if one of them is.
     *
     * @return whether it is stored
     */
    private static boolean conclude(Statements statements, ItemKey key, boolean isTold, Instant now)
            throws SQLException {
        record End(String state, String code, String evidence) {}
        List<End> ends = statements.list(
                "SELECT state, code, evidence FROM receipt WHERE customer = ? AND item = ?",
                row -> new End(row.getString(1), row.getString(2), row.getString(3)),
                key.customer(),
                key.item());
        Optional<End> dead =
                ends.stream().filter(end -> end.state().equals("dead")).findFirst();
        if (ends.isEmpty()
                || ends.stream().anyMatch(end -> end.state().equals("due") || end.state().equals("storing"))) {
            return false;
        }
        if (dead.isPresent()) {
            statements.update(
                    "UPDATE item SET state = 'dead', code = ?, evidence = ?, version = version + 1"
                            + " WHERE customer = ? AND item = ?",
                    dead.get().code(),
                    dead.get().evidence(),
                    key.customer(),
                    key.item());
            return false;
        }
        statements.update(IS_STORED, now, isTold ? now : null, key.customer(), key.item());
        return true;
    }

    private static final String STORED_BUT_NOT_AT = " WHERE customer = ? AND state = 'stored' AND NOT EXISTS (SELECT 1 FROM"
            + " receipt r WHERE r.customer = item.customer AND r.item = item.item AND r.target = ?)";

    /** Those of the targets at which a stored item does not lie. */
    static List<String> lacking(Statements statements, String customer, Collection<String> targets)
            throws SQLException {
        List<String> lacking = new ArrayList<>();
        for (String target : targets) {
            statements
                    .one("SELECT 1 FROM item" + STORED_BUT_NOT_AT + " LIMIT 1", row -> row.getInt(1), customer, target)
                    .ifPresent(one -> lacking.add(target));
        }
        return lacking;
    }

    /** @return how many items are due again */
    static int want(Statements statements, String customer, Collection<String> targets) throws SQLException {
        int wanted = 0;
        for (String target : targets) {
            wanted += statements.update(
                    "UPDATE item SET state = 'due', next_at = NULL, attempts = 0, version = version + 1"
                            + STORED_BUT_NOT_AT,
                    customer,
                    target);
        }
        return wanted;
    }

    static Map<String, String> places(Statements statements, ItemKey key) throws SQLException {
        Map<String, String> places = new HashMap<>();
        statements.list(
                "SELECT target, path FROM receipt WHERE customer = ? AND item = ? AND state = 'stored'",
                row -> places.put(row.getString(1), row.getString(2)),
                key.customer(),
                key.item());
        return places;
    }

    static long claimable(Statements statements, String customer, Selection selection) throws SQLException {
        Conditions conditions = new Conditions(READY).then(customer).selected(selection, "claimed", "i");
        return statements
                .one("SELECT COUNT(*) " + conditions.text(), row -> row.getLong(1), conditions.values())
                .orElseThrow();
    }

    static Optional<Instant> nextTime(Statements statements, String customer) throws SQLException {
        return statements.one(
                "SELECT MIN(claimed.next_at) " + READY, row -> Times.instant(row.getString(1)), customer);
    }
}
