// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Gates as they were last committed. */
final class GateTable {

    private GateTable() {}

    static List<GateRecord> all(Statements statements) throws SQLException {
        return statements.list("SELECT * FROM gate ORDER BY customer, lane, api_group", GateTable::gate);
    }

    static List<GateRecord> of(Statements statements, String customer) throws SQLException {
        return statements.list(
                "SELECT * FROM gate WHERE customer = ? ORDER BY lane, api_group", GateTable::gate, customer);
    }

    private static GateRecord gate(ResultSet row) throws SQLException {
        return new GateRecord(
                row.getString("customer"),
                row.getString("lane"),
                row.getString("api_group"),
                row.getInt("request_limit"),
                row.getInt("window_seconds"),
                row.getLong("requests"),
                row.getLong("refused"),
                Times.instant(row.getString("closed_until")));
    }

    static void keep(Statements statements, GateRecord gate) throws SQLException {
        statements.update(
                "INSERT INTO gate (customer, lane, api_group, request_limit, window_seconds, requests, refused,"
                        + " closed_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, lane, api_group)"
                        + " DO UPDATE SET request_limit = excluded.request_limit,"
                        + " window_seconds = excluded.window_seconds, requests = excluded.requests,"
                        + " refused = excluded.refused, closed_until = excluded.closed_until",
                gate.customer(),
                gate.lane(),
                gate.group(),
                gate.limit(),
                gate.windowSeconds(),
                gate.requests(),
                gate.refused(),
                Times.notBefore(gate.closedUntil()));
    }
}
