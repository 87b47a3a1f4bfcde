// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Feeds that are listed by their parts, because the list of the whole is refused. */
final class FallbackTable {

    /**
     * Of {@code listing_window w}: the same span is listed in the other way. A window of the whole counts for nothing while
     * the parts take its place, and one of a part when the whole is listed over it.
     */
    static final String COVERED = "((w.part = '' AND EXISTS (SELECT 1 FROM fallback f WHERE f.customer = w.customer"
            + " AND f.feed = w.feed)) OR (w.part <> '' AND EXISTS (SELECT 1 FROM listed l WHERE l.customer = w.customer"
            + " AND l.feed = w.feed AND l.part = '' AND l.listed_from <= w.from_at AND l.listed_until >= w.to_at)))";

    private FallbackTable() {}

    static void fellBack(Statements statements, FeedPart whole, String code, String sentence, Instant now)
            throws SQLException {
        statements.update(
                "INSERT INTO fallback (customer, feed, code, sentence, since, last_at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (customer, feed) DO UPDATE SET code = excluded.code,"
                        + " sentence = excluded.sentence, last_at = excluded.last_at",
                whole.customer(),
                whole.feed(),
                code,
                sentence,
                now,
                now);
    }

    static void listedWhole(Statements statements, FeedPart whole) throws SQLException {
        statements.update("DELETE FROM fallback WHERE customer = ? AND feed = ?", whole.customer(), whole.feed());
        statements.update("DELETE FROM not_visible WHERE customer = ? AND feed = ?", whole.customer(), whole.feed());
    }

    static List<Reports.Fallback> of(Statements statements, String customer) throws SQLException {
        return statements.list(
                "SELECT feed, since, code, sentence FROM fallback WHERE customer = ? ORDER BY feed",
                row -> new Reports.Fallback(
                        row.getString(1), Times.instant(row.getString(2)), row.getString(3), row.getString(4)),
                customer);
    }
}
