// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.audit.Finding;
import io.callvault.json.ExactJson;
import io.callvault.json.RawObject;
import io.callvault.ledger.JournalObject;
import io.callvault.ledger.NewRevision;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Rebuild;
import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import io.callvault.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells a ledger what one chain tells. */
final class Replay {

    private final String customer;
    private final Rebuild ledger;
    private final Readings readings;
    private final List<Finding> findings;
    private final Runnable told;

    private Chain chain;
    private Chain.Link link;
    private long position;
    private long line;

    /**
     * @param findings takes lines that tell nothing
     * @param told told of each object that was told
     */
    Replay(String customer, Rebuild ledger, Readings readings, List<Finding> findings, Runnable told) {
        this.customer = customer;
        this.ledger = ledger;
        this.readings = readings;
        this.findings = findings;
        this.told = told;
    }

    /** Tells a chain from its first object to its last. */
    void tell(Chain whole) {
        chain = whole;
        position = 0;
        Chain.Link before = null;
        for (Chain.Link each : whole.links()) {
            link = each;
            if (each.isBelieved()) {
                events();
                listing();
            }
            String previous = each.previous();
            if (previous == null && before != null) {
                previous = before.sha256();
            }
            Instant at = each.at() == null ? Instant.EPOCH : each.at();
            ledger.object(new JournalObject(
                    customer, whole.target(), each.number(), each.path(), each.sha256(), previous, null, position, at));
            before = each;
            told.run();
        }
    }

    private void events() {
        line = 1;
        try {
            link.file().events(text -> {
                line++;
                try {
                    event(text);
                } catch (IOException | DateTimeException e) {
                    unread(text, e);
                }
            });
        } catch (IOException e) {
            unread("", e);
        }
    }

    private void unread(String text, Exception e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        findings.add(new Finding(
                customer,
                chain.target(),
                Finding.Kind.UNREADABLE,
                link.path(),
                "line " + line + " (" + text.length() + " characters) is no event and was left out: " + reason));
    }

    /** How far the listing had come. Where something is lost, it is not believed: what was listed may be lost too. */
    private void listing() {
        for (JsonNode each : link.header().path("visible")) {
            ledger.visible(part(each), Instant.parse(each.path("at").asText()));
        }
        for (JsonNode each : chain.findings().isEmpty() ? link.header().path("listed") : List.<JsonNode>of()) {
            ledger.listed(part(each), span(each.path("from"), each.path("until")));
        }
    }

    private static Window span(JsonNode from, JsonNode until) {
        return new Window(Instant.parse(from.asText()), Instant.parse(until.asText()));
    }

    private FeedPart part(JsonNode each) {
        return new FeedPart(customer, each.path("feed").asText(), each.path("extension").asText(""));
    }

    private void event(String text) throws IOException {
        RawObject event = RawObject.cut(text.getBytes(StandardCharsets.UTF_8), "record");
        Instant at = Instant.parse(event.member("at").asText());
        String kind = event.member("event").asText();
        String feed = event.member("feed").asText();
        if (kind.equals("stored")) {
            stored(event, at);
            return;
        }
        boolean isRecord = kind.equals("record");
        Rebuild.Told told = new Rebuild.Told(
                customer,
                at,
                kind,
                feed,
                event.text(isRecord ? "id" : "record-id"),
                isRecord ? event.member("revision").asInt() : null,
                isRecord ? null : text);
        Rebuild.Place place = ledger.place(told, position);
        position = place.position();
        if (!place.isNew()) {
            return;
        }
        switch (kind) {
            case "record" -> ledger.record(told, revision(feed, event.text("id"), raw(event.raw())));
            case "gone", "dead", "not-retained", "excluded" -> ledger.ended(
                    told,
                    new ItemKey(customer, event.text("item")),
                    event.text("target"),
                    event.text("code"),
                    event.text("evidence"),
                    position);
            case "metadata" -> ledger.metadata(
                    new ItemKey(customer, event.text("item")),
                    RawObject.cut(text.getBytes(StandardCharsets.UTF_8), "metadata").raw(),
                    event.text("code"),
                    event.text("evidence"),
                    at);
            case "released" -> ledger.released(
                    told,
                    new ItemKey(customer, event.text("item")),
                    event.text("mode"),
                    event.text("outcome"),
                    event.text("code"),
                    event.text("evidence"));
            case "not-visible" -> ledger.notVisible(
                    new FeedPart(customer, feed, event.member("extension").asText("")),
                    event.member("status").asInt(0),
                    event.text("code"),
                    event.text("evidence"),
                    event.text("from") == null ? null : span(event.member("from"), event.member("until")),
                    at);
            default -> {
                // Kept for the chains that do not have it yet; it changes nothing here.
            }
        }
    }

    private void stored(RawObject event, Instant at) throws IOException {
        ItemKey item = new ItemKey(customer, event.text("item"));
        Plan plan = new Plan(
                event.text("path"),
                event.member("length").asLong(),
                event.text("sha256"),
                event.text("type"),
                Spool.name(item));
        Receipt proof =
                new Receipt(event.text("location"), plan.length(), plan.sha256(), event.text("checksum"));
        if (!ledger.stored(item, chain.target(), plan, proof, at, position)) {
            throw new IOException("no record names " + item.item());
        }
    }

    private NewRevision revision(String feed, String recordId, String raw) {
        ListedRecord record = readings.record(feed, recordId, raw);
        Map<String, Instant> lossAt = new HashMap<>();
        for (ListedItem item : record.items()) {
            Instant loss = readings.lossAt(record, item);
            if (loss != null) {
                lossAt.put(item.id(), loss);
            }
        }
        return new NewRevision(record, ExactJson.sha256(raw), null, lossAt, readings.group(feed));
    }

    /** What is no JSON stands in the journal as a string; a record that is a string itself stands there as it is. */
    private static String raw(String value) throws IOException {
        if (value == null) {
            throw new IOException("no record");
        }
        if (!value.startsWith("\"")) {
            return value;
        }
        String text = ExactJson.MAPPER.readTree(value).asText();
        return text.startsWith("{") || text.startsWith("[") ? text : value;
    }
}
