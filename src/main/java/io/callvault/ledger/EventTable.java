// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes to the journals. A row is written in the transaction that causes it and never changed. It holds its line as
 * it will stand in the journal; that of a record is made when it is read, because the raw JSON lies with the revision.
 */
final class EventTable {

    /** The chain of an event that goes to every chain of its customer. */
    private static final String EVERY_CHAIN = "";

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Object[]> rows = new ArrayList<>();
    private final String customer;
    private final String feed;
    private final Instant now;

    /** Collects the events of one operation; they are written with {@link #write}. */
    EventTable(String customer, String feed, Instant now) {
        this.customer = customer;
        this.feed = feed;
        this.now = now;
    }

    EventTable record(String id, int revision) {
        rows.add(row("record", EVERY_CHAIN, id, revision, null));
        return this;
    }

    EventTable stored(String item, String recordId, String target, Plan plan, Receipt proof) {
        Line line = line("stored")
                .with("item", item)
                .with("record-id", recordId)
                .with("path", plan.path())
                .with("length", plan.length())
                .with("sha256", plan.sha256())
                .with("type", plan.type())
                .with("location", proof.location())
                .with("checksum", proof.checksum());
        rows.add(row("stored", target, recordId, null, line.end()));
        return this;
    }

    /** @param event {@code gone}, {@code not-retained}, {@code dead} or {@code excluded} */
    EventTable ended(String event, String item, String recordId, String code, String evidence) {
        return ended(event, item, recordId, null, code, evidence);
    }

    /** @param target the target at which it ended; null when it ended as a whole */
    EventTable ended(String event, String item, String recordId, String target, String code, String evidence) {
        Line line = line(event).with("item", item).with("record-id", recordId);
        if (target != null) {
            line.with("target", target);
        }
        line.with("code", code).with("evidence", evidence);
        rows.add(row(event, EVERY_CHAIN, recordId, null, line.end()));
        return this;
    }

    /** @param raw null when it could not be had; then {@code code} and {@code evidence} say why */
    EventTable metadata(String item, String recordId, String raw, String code, String evidence) {
        Line line = line("metadata").with("item", item).with("record-id", recordId);
        if (raw != null) {
            line.withRaw("metadata", raw);
        } else {
            line.with("code", code).with("evidence", evidence);
        }
        rows.add(row("metadata", EVERY_CHAIN, recordId, null, line.end()));
        return this;
    }

    EventTable played(String item, String recordId, String who, String address) {
        Line line = line("played")
                .with("item", item)
                .with("record-id", recordId)
                .with("who", who)
                .with("address", address);
        rows.add(row("played", EVERY_CHAIN, recordId, null, line.end()));
        return this;
    }

    /** @param outcome {@code asked} before the provider is, then what became of it; see {@link Releases} */
    EventTable released(
            String item, String recordId, String mode, String outcome, String code, String evidence) {
        Line line = line("released")
                .with("item", item)
                .with("record-id", recordId)
                .with("mode", mode)
                .with("outcome", outcome);
        if (code != null) {
            line.with("code", code).with("evidence", evidence);
        }
        rows.add(row("released", EVERY_CHAIN, recordId, null, line.end()));
        return this;
    }

    /** @param unlisted the span that waits to be listed when it can be seen; null for none */
    EventTable notVisible(String extension, int status, String code, String evidence, Window unlisted) {
        Line line = line("not-visible")
                .with("extension", extension)
                .with("status", status)
                .with("code", code)
                .with("evidence", evidence);
        if (unlisted != null) {
            line.with("from", Times.text(unlisted.from())).with("until", Times.text(unlisted.to()));
        }
        rows.add(row("not-visible", EVERY_CHAIN, null, null, line.end()));
        return this;
    }

    /** For the next header: the part is listed without a gap, and everything that was found is told before. */
    EventTable listed(String part, Instant from, Instant until) {
        return forHeader("listed", part, new Line()
                .with("feed", feed)
                .with("extension", part.isEmpty() ? null : part)
                .with("from", Times.text(from))
                .with("until", Times.text(until)));
    }

    /** For the next header: the part was not visible and is. */
    EventTable visible(String part) {
        return forHeader(
                "visible",
                part,
                new Line()
                        .with("feed", feed)
                        .with("extension", part.isEmpty() ? null : part)
                        .with("at", Times.text(now)));
    }

    private EventTable forHeader(String event, String part, Line line) {
        rows.add(row(event, EVERY_CHAIN, part, null, line.end()));
        return this;
    }

    /** Numbers the events and writes them, in the order in which they were collected. */
    void write(Statements statements) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long number = take(statements, "event", rows.size());
        for (Object[] row : rows) {
            row[0] = number++;
        }
        statements.batch(
                "INSERT INTO event (number, at, event, customer, target, feed, record_id, revision, line)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /** Takes so many numbers and answers the first of them. */
    static long take(Statements statements, String counter, int count) throws SQLException {
        return statements
                .one(
                        "UPDATE counter SET value = value + ? WHERE name = ? RETURNING value",
                        row -> row.getLong(1) - count + 1,
                        count,
                        counter)
                .orElseThrow();
    }

    static List<JournalEvent> after(Statements statements, String customer, String target, long after, int limit)
            throws SQLException {
        return statements.list(
                "SELECT e.number, e.at, e.feed, e.record_id, e.revision, e.line, r.raw"
                        + " FROM event e LEFT JOIN revision r ON e.line IS NULL AND r.customer = e.customer"
                        + " AND r.feed = e.feed AND r.record_id = e.record_id AND r.revision = e.revision"
                        + " WHERE e.customer = ? AND e.number > ? AND (e.target = '' OR e.target = ?)"
                        + " AND e.event NOT IN ('listed', 'visible') ORDER BY e.number LIMIT ?",
                EventTable::read,
                customer,
                after,
                target,
                limit);
    }

    static List<HeaderEvent> forHeader(Statements statements, String customer, long after) throws SQLException {
        return statements.list(
                "SELECT number, event, feed, record_id, line FROM event WHERE customer = ? AND number > ?"
                        + " AND event IN ('listed', 'visible') ORDER BY number",
                row -> new HeaderEvent(
                        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                customer,
                after);
    }

    private static JournalEvent read(ResultSet row) throws SQLException {
        String line = row.getString("line");
        if (line == null) {
            line = new Line("record", row.getString("at"), row.getString("feed"))
                    .with("id", row.getString("record_id"))
                    .with("revision", row.getInt("revision"))
                    .withRaw("record", row.getString("raw"))
                    .end();
        }
        return new JournalEvent(row.getLong("number"), line);
    }

    private Line line(String event) {
        return new Line(event, Times.text(now), feed);
    }

    private Object[] row(String event, String target, String recordId, Integer revision, String line) {
        return new Object[] {null, now, event, customer, target, feed, recordId, revision, line};
    }

    /** One JSON object without line breaks. */
    private static final class Line {
        private final StringWriter text = new StringWriter(400);
        private final JsonGenerator json;

        private Line() {
            try {
                json = JSON.createGenerator(text);
                json.writeStartObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Line(String event, String at, String feed) {
            this();
            with("at", at).with("event", event).with("feed", feed);
        }

        private Line with(String name, String value) {
            try {
                json.writeStringField(name, value == null ? null : Statements.storable(value));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Line with(String name, long value) {
            try {
                json.writeNumberField(name, value);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As JSON, byte for byte but for line breaks between its tokens; as a string if it is no JSON. */
        private Line withRaw(String name, String raw) {
            try {
                json.writeFieldName(name);
                if (isJson(raw)) {
                    json.writeRawValue(raw.replace('\n', ' ').replace('\r', ' '));
                } else {
                    json.writeString(raw);
                }
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String end() {
            try {
                json.writeEndObject();
                json.close();
                return text.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean isJson(String raw) {
        try (JsonParser parser = JSON.createParser(raw)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }
}
