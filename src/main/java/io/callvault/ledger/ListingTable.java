// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import io.callvault.model.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Windows, and how far each feed part is listed. */
final class ListingTable {

    private static final Duration TOLD_EVERY = Duration.ofDays(1);

    private ListingTable() {}

    static Optional<Instant> listedUntil(Statements statements, FeedPart part) throws SQLException {
        return listed(statements, "listed_until", part);
    }

    static Optional<Instant> listedFrom(Statements statements, FeedPart part) throws SQLException {
        return listed(statements, "listed_from", part);
    }

    private static Optional<Instant> listed(Statements statements, String bound, FeedPart part) throws SQLException {
        return statements.one(
                "SELECT " + bound + " FROM listed WHERE customer = ? AND feed = ? AND part = ?",
                row -> Times.instant(row.getString(1)),
                part.customer(),
                part.feed(),
                part.part());
    }

    static List<ListingWindow> open(Statements statements, FeedPart part) throws SQLException {
        return statements.list(
                "SELECT number, from_at, to_at, next, pages, records, opened_at FROM listing_window"
                        + " WHERE customer = ? AND feed = ? AND part = ? AND closed_at IS NULL"
                        + " ORDER BY from_at, number",
                row -> new ListingWindow(
                        row.getLong("number"),
                        part,
                        new Window(Times.instant(row.getString("from_at")), Times.instant(row.getString("to_at"))),
                        row.getString("next"),
                        row.getInt("pages"),
                        row.getInt("records"),
                        Times.instant(row.getString("opened_at"))),
                part.customer(),
                part.feed(),
                part.part());
    }

    static ListingWindow begin(Statements statements, FeedPart part, Window window, Instant now) throws SQLException {
        long number = EventTable.take(statements, "window", 1);
        statements.update(
                "INSERT INTO listing_window (number, customer, feed, part, from_at, to_at, pages, records, opened_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)",
                number,
                part.customer(),
                part.feed(),
                part.part(),
                window.from(),
                window.to(),
                now);
        return new ListingWindow(number, part, window, null, 0, 0, now);
    }

    static void restart(Statements statements, long window, Instant now) throws SQLException {
        changeOpen(
                window,
                statements.update(
                        "UPDATE listing_window SET next = NULL, pages = 0, records = 0, opened_at = ?, code = NULL,"
                                + " sentence = NULL WHERE number = ? AND closed_at IS NULL",
                        now,
                        window));
    }

    static void incomplete(Statements statements, long window, String code, String sentence) throws SQLException {
        changeOpen(
                window,
                statements.update(
                        "UPDATE listing_window SET code = ?, sentence = ? WHERE number = ? AND closed_at IS NULL",
                        code,
                        sentence,
                        window));
    }

    /** A page is stored: goes on, or closes the window after the last. */
    static void advance(Statements statements, ListingWindow window, int records, String next, Instant now)
            throws SQLException {
        changeOpen(
                window.number(),
                statements.update(
                        "UPDATE listing_window SET next = ?, pages = pages + 1, records = records + ?, code = NULL,"
                                + " sentence = NULL, closed_at = ? WHERE number = ? AND closed_at IS NULL",
                        next,
                        records,
                        next == null ? now : null,
                        window.number()));
        if (next == null) {
            extend(statements, window, now);
        }
    }

    private static void changeOpen(long window, int changed) {
        if (changed == 0) {
            throw new IllegalStateException("window " + window + " is closed or was never begun");
        }
    }

    /** Joins the closed window to what is listed, and with it those that were closed before and now touch. */
    private static void extend(Statements statements, ListingWindow closed, Instant now) throws SQLException {
        FeedPart part = closed.feedPart();
        Instant from = closed.window().from();
        Instant until = closed.window().to();
        Optional<Listed> listed = listed(statements, part);
        if (listed.isPresent()) {
            Window before = listed.get().span();
            if (until.isBefore(before.from().minusMillis(1)) || from.isAfter(before.to().plusMillis(1))) {
                return; // a gap lies between; the window that fills it will find this one
            }
            from = from.isBefore(before.from()) ? from : before.from();
            until = until.isAfter(before.to()) ? until : before.to();
        }
        Optional<Instant> further = Optional.of(until);
        while (further.isPresent()) {
            until = further.get();
            further = statements.one(
                    "SELECT MAX(to_at) FROM listing_window WHERE customer = ? AND feed = ? AND part = ?"
                            + " AND to_at > ? AND from_at <= ? AND closed_at IS NOT NULL",
                    row -> Times.instant(row.getString(1)),
                    part.customer(),
                    part.feed(),
                    part.part(),
                    until,
                    until.plusMillis(1));
        }
        Window joined = new Window(from, until);
        Instant told = listed.map(Listed::toldUntil).orElse(null);
        if (isNews(joined, listed.orElse(null))) {
            new EventTable(part.customer(), part.feed(), now)
                    .listed(part.part(), from, until)
                    .write(statements);
            told = until;
        }
        setListed(statements, part, joined, told);
    }

    /** A span listed without a gap, and how much of it the journals were told; null when nothing. */
    private record Listed(Window span, Instant toldUntil) {}

    private static Optional<Listed> listed(Statements statements, FeedPart part) throws SQLException {
        return statements.one(
                "SELECT listed_from, listed_until, told_until FROM listed WHERE customer = ? AND feed = ? AND part = ?",
                row -> new Listed(
                        new Window(Times.instant(row.getString(1)), Times.instant(row.getString(2))),
                        Times.instant(row.getString(3))),
                part.customer(),
                part.feed(),
                part.part());
    }

    /** The journals are told once a day: after the loss of a ledger a day more is listed again, no more. */
    private static boolean isNews(Window joined, Listed before) {
        return before == null
                || before.toldUntil() == null
                || !joined.from().equals(before.span().from())
                || !joined.to().isBefore(before.toldUntil().plus(TOLD_EVERY));
    }

    /** What a journal says of an earlier ledger's listing: joined to what is known, when they touch. */
    static void told(Statements statements, FeedPart part, Window span) throws SQLException {
        Optional<Window> known = listed(statements, part).map(Listed::span);
        Instant from = known.map(Window::from).filter(span.from()::isAfter).orElse(span.from());
        Instant until = known.map(Window::to).filter(span.to()::isBefore).orElse(span.to());
        setListed(statements, part, new Window(from, until), until);
    }

    private static void setListed(Statements statements, FeedPart part, Window span, Instant told)
            throws SQLException {
        statements.update(
                "INSERT INTO listed (customer, feed, part, listed_from, listed_until, told_until)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (customer, feed, part) DO UPDATE SET"
                        + " listed_from = excluded.listed_from, listed_until = excluded.listed_until,"
                        + " told_until = excluded.told_until",
                part.customer(),
                part.feed(),
                part.part(),
                span.from(),
                span.to(),
                told);
    }

    static void notVisible(Statements statements, FeedPart part, int status, String code, String reason, Instant now)
            throws SQLException {
        Optional<String> before = statements.one(
                "SELECT COALESCE(code, '') FROM not_visible WHERE customer = ? AND feed = ? AND part = ?",
                (ResultSet row) -> row.getString(1),
                part.customer(),
                part.feed(),
                part.part());
        statements.update(
                "INSERT INTO not_visible (customer, feed, part, status, code, reason, since, last_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer, feed, part) DO UPDATE SET"
                        + " status = excluded.status, code = excluded.code, reason = excluded.reason,"
                        + " last_at = excluded.last_at",
                part.customer(),
                part.feed(),
                part.part(),
                status,
                code,
                reason,
                now,
                now);
        if (!before.equals(Optional.of(code == null ? "" : code))) {
            new EventTable(part.customer(), part.feed(), now)
                    .notVisible(part.part(), status, code, reason, unlisted(statements, part))
                    .write(statements);
        }
    }

    /** What was begun of a part and waits; null when nothing does. */
    private static Window unlisted(Statements statements, FeedPart part) throws SQLException {
        List<ListingWindow> open = open(statements, part);
        return open.isEmpty()
                ? null
                : new Window(
                        open.get(0).window().from(),
                        open.get(open.size() - 1).window().to());
    }

    static void visible(Statements statements, FeedPart part, Instant now) throws SQLException {
        int changed = statements.update(
                "DELETE FROM not_visible WHERE customer = ? AND feed = ? AND part = ?",
                part.customer(),
                part.feed(),
                part.part());
        if (changed > 0) {
            new EventTable(part.customer(), part.feed(), now).visible(part.part()).write(statements);
        }
    }
}
