// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The objects of each chain. */
final class JournalTable {

    private JournalTable() {}

    static Optional<JournalObject> newest(Statements statements, String customer, String target)
            throws SQLException {
        return statements.one(
                "SELECT * FROM journal_object WHERE customer = ? AND target = ? ORDER BY number DESC LIMIT 1",
                row -> new JournalObject(
                        customer,
                        target,
                        row.getLong("number"),
                        row.getString("object_key"),
                        row.getString("sha256"),
                        row.getString("previous"),
                        row.getBytes("bytes"),
                        row.getLong("last_event"),
                        Times.instant(row.getString("at"))),
                customer,
                target);
    }

    static boolean isUnpublished(Statements statements, String customer, String target) throws SQLException {
        return statements
                .one(
                        "SELECT CASE WHEN published_at IS NULL THEN 1 ELSE 0 END FROM journal_object"
                                + " WHERE customer = ? AND target = ? ORDER BY number DESC LIMIT 1",
                        row -> row.getInt(1) == 1,
                        customer,
                        target)
                .orElse(false);
    }

    /** Refuses what would break the chain: a gap, another's predecessor, a second object before the first is out. */
    static void fix(Statements statements, JournalObject object) throws SQLException {
        Optional<JournalObject> newest = newest(statements, object.customer(), object.target());
        long number = newest.map(JournalObject::number).orElse(0L) + 1;
        String previous = newest.map(JournalObject::sha256).orElse(null);
        if (object.number() != number
                || !Objects.equals(object.previous(), previous)
                || isUnpublished(statements, object.customer(), object.target())) {
            throw new IllegalStateException("journal object " + object.number() + " of " + object.customer() + " at "
                    + object.target() + " does not follow the newest, " + (number - 1));
        }
        statements.update(
                "INSERT INTO journal_object (customer, target, number, object_key, sha256, previous, bytes, last_event,"
                        + " at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                object.customer(),
                object.target(),
                object.number(),
                object.key(),
                object.sha256(),
                object.previous(),
                object.bytes(),
                object.lastEvent(),
                object.at());
    }

    static void published(Statements statements, JournalObject object, Instant now) throws SQLException {
        int changed = statements.update(
                "UPDATE journal_object SET bytes = NULL, published_at = COALESCE(published_at, ?)"
                        + " WHERE customer = ? AND target = ? AND number = ? AND sha256 = ?",
                now,
                object.customer(),
                object.target(),
                object.number(),
                object.sha256());
        if (changed == 0) {
            throw new IllegalStateException("journal object " + object.number() + " of " + object.customer() + " at "
                    + object.target() + " was never fixed");
        }
    }
}
