// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Search;
import io.callvault.ledger.Views;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One call or message: what is known of it, and what is stored. */
public record RecordPage(
        Search.Hit record, ZoneId zone, String unreadable, String text, List<Item> items, List<Leg> legs, List<Form> forms) {

    /** Bytes up to which a recording is drawn: the browser reads the whole of it for that. */
    private static final long DRAWN = 30_000_000;

    /** An item and where it lies. */
    public record Item(Views.Item item, List<Views.ItemReceipt> receipts, String path) {

        public boolean isStored() {
            return receipts.stream().anyMatch(each -> each.state().equals("stored"));
        }

        public boolean isSound() {
            return isStored() && shownAs("audio/");
        }

        public boolean isPicture() {
            return isStored() && shownAs("image/");
        }

        public boolean isPdf() {
            return isStored() && shownAs("application/pdf");
        }

        public boolean isDrawn() {
            return item.length() != null && item.length() <= DRAWN;
        }

        private boolean shownAs(String prefix) {
            return Media.type(item.type()).startsWith(prefix);
        }
    }

    /** A part of a call, as its provider writes it; empty where it does not say. */
    public record Leg(String type, String from, String to, String result, String seconds) {}

    /** One form of the record as it came, laid out. */
    public record Form(Views.Revision revision, String json) {}

    static RecordPage of(Desk desk, String customer, String feed, String id) {
        Views views = desk.ledger().views();
        Search.Hit record = views.record(customer, feed, id)
                .orElseThrow(() -> Refusal.notFound("There is no such record."));
        List<Views.Revision> revisions = views.revisions(customer, feed, id);
        List<Item> items = new ArrayList<>();
        for (Views.Item item : new RecordItems(desk).items(customer, feed, id, revisions)) {
            items.add(new Item(
                    item,
                    views.receipts(customer, item.item()),
                    "/customers/" + customer + "/item?name=" + Words.encoded(item.item())));
        }
        List<Form> forms = revisions.stream()
                .sorted(Comparator.comparingInt(Views.Revision::number).reversed())
                .map(each -> new Form(each, laidOut(each.raw())))
                .toList();
        JsonNode latest = revisions.isEmpty() ? null : json(revisions.get(revisions.size() - 1).raw());
        return new RecordPage(
                record,
                desk.configuration().customers().get(customer).timeZone(),
                views.unreadable(customer, feed, id),
                latest == null ? null : text(latest.path("subject")),
                items,
                latest == null ? List.of() : legs(latest),
                forms);
    }

    private static List<Leg> legs(JsonNode record) {
        List<Leg> legs = new ArrayList<>();
        for (JsonNode leg : record.path("legs")) {
            legs.add(new Leg(
                    Words.or(text(leg.path("legType"))),
                    party(leg.path("from")),
                    party(leg.path("to")),
                    Words.or(text(leg.path("result"))),
                    Words.or(text(leg.path("duration")))));
        }
        return legs;
    }

    private static String party(JsonNode party) {
        String number = text(party.path("phoneNumber"));
        String name = text(party.path("name"));
        String extension = text(party.path("extensionNumber"));
        String first = number != null ? number : extension;
        return Words.or(name == null ? first : first == null ? name : name + " " + first);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static JsonNode json(String raw) {
        try {
            return ExactJson.MAPPER.readTree(raw);
        } catch (JsonProcessingException e) {
            return null; // what is no JSON is shown as it is
        }
    }

    private static String laidOut(String raw) {
        JsonNode json = json(raw);
        return json == null ? raw : json.toPrettyString();
    }
}
