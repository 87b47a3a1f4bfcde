// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.ledger.GateRecord.Pace;
import io.callvault.ledger.GateRecord.Sent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
                Times.instant(row.getString("closed_until")),
                new Pace(
                        row.getString("reported_as"),
                        row.getInt("is_learned") != 0,
                        row.getInt("is_clean") != 0,
                        Times.instant(row.getString("kept_at")),
                        sent(row.getString("recent"))));
    }

    static void keep(Statements statements, GateRecord gate) throws SQLException {
        statements.update(
                "INSERT INTO gate (customer, lane, api_group, request_limit, window_seconds, requests, refused,"
                        + " closed_until, reported_as, is_learned, is_clean, recent, kept_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, lane, api_group)"
                        + " DO UPDATE SET request_limit = excluded.request_limit,"
                        + " window_seconds = excluded.window_seconds, requests = excluded.requests,"
                        + " refused = excluded.refused, closed_until = excluded.closed_until,"
                        + " reported_as = excluded.reported_as, is_learned = excluded.is_learned,"
                        + " is_clean = excluded.is_clean, recent = excluded.recent, kept_at = excluded.kept_at",
                gate.customer(),
                gate.lane(),
                gate.group(),
                gate.limit(),
                gate.windowSeconds(),
                gate.requests(),
                gate.refused(),
                Times.notBefore(gate.closedUntil()),
                gate.pace().reportedAs(),
                gate.pace().isLearned() ? 1 : 0,
                gate.pace().isClean() ? 1 : 0,
                text(gate.pace().sent()),
                Times.text(gate.pace().keptAt()));
    }

    private static String text(List<Sent> sent) {
        return sent.stream()
                .map(each -> (each.at() == null ? "?" : Times.notBefore(each.at())) + "*" + each.requests())
                .collect(Collectors.joining(" "));
    }

    private static List<Sent> sent(String text) {
        List<Sent> sent = new ArrayList<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
            int star = each.indexOf('*');
            String at = each.substring(0, star);
            sent.add(new Sent(at.equals("?") ? null : Times.instant(at), Integer.parseInt(each.substring(star + 1))));
        }
        return sent;
    }
}
