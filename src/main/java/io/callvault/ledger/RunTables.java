// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.SQLException;
import java.time.Instant;

/** Passes, the claims of a run that ended uncleanly, and what stopped a customer. */
final class RunTables {

    private RunTables() {}

    static long beginPass(Statements statements, Instant now) throws SQLException {
        long number = statements
                .one("SELECT COALESCE(MAX(number), 0) + 1 FROM pass", row -> row.getLong(1))
                .orElseThrow();
        statements.update("INSERT INTO pass (number, began_at) VALUES (?, ?)", number, now);
        return number;
    }

    static void releaseClaims(Statements statements) throws SQLException {
        statements.update("UPDATE item SET state = 'due', version = version + 1 WHERE state = 'fetching'");
        statements.update(
                "UPDATE receipt SET state = 'due' WHERE state = 'storing'");
    }

    /** @param code null when nothing stops it any more */
    static void stopped(Statements statements, String customer, String code, String sentence, Instant now)
            throws SQLException {
        statements.update("DELETE FROM customer_run WHERE customer = ?", customer);
        if (code != null) {
            statements.update(
                    "INSERT INTO customer_run (customer, code, sentence, stopped_at) VALUES (?, ?, ?, ?)",
                    customer,
                    code,
                    sentence,
                    now);
        }
    }
}
