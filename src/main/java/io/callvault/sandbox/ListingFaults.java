// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Listings that move while they are read, and rows that nobody expected. A fault about rows counts rows: of one that names
 * a row, {@code times(2)} means the first two listings that have it, {@code after(2)} all but the first two.
 */
public final class ListingFaults {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ListingFaults() {}

    /** The link to the next page leads to another server; path and query are right. */
    public static Fault foreignNextLink(URI server) {
        return nextLink("foreign next link", (request, link) -> {
            URI own = URI.create(link.get("uri").asText());
            link.put("uri", server + own.getRawPath() + "?" + own.getRawQuery());
        });
    }

    /** The link to the next page leads to the same page again. */
    public static Fault nextLinkToItself() {
        return nextLink(
                "next link to itself",
                (request, link) -> link.put("uri", Reception.at(URI.create("http://" + request.header("Host")), request)));
    }

    /**
     * From the second page on everything stands so many rows lower, as if so many had come in above: rows are seen twice. A
     * negative number moves it up, as if rows had gone: some are not seen at all.
     */
    public static Fault pagesMove(int rows) {
        return Fault.shift("pages move", path -> true, rows);
    }

    /** The call is listed as still going on: unfinished, no duration, no recording, no legs, direction not yet right. */
    public static Fault inProgress(String callId) {
        return row("in progress", callId, row -> {
            row.put("result", "In Progress").put("duration", 0).put("durationMs", 0);
            row.put("direction", "Outbound").put("finished", false);
            row.remove("recording");
            row.remove("legs");
        });
    }

    /** The call has no recording in its first so many listings, and then it has. */
    public static Fault recordingAppearsAfter(int listings, String callId) {
        return withoutRecording(callId).times(listings);
    }

    /** The call has its recording in its first so many listings, and then no longer. */
    public static Fault recordingVanishesAfter(int listings, String callId) {
        return withoutRecording(callId).after(listings);
    }

    /** Neither the row nor any leg of it names a recording. */
    public static Fault withoutRecording(String callId) {
        return row("without recording", callId, row -> {
            row.remove("recording");
            row.path("legs").forEach(leg -> ((ObjectNode) leg).remove("recording"));
        });
    }

    /** The call is not listed at all. */
    public static Fault hidden(String rowId) {
        return Fault.change("hidden", isRow(rowId), row -> null);
    }

    /** The last four digits of all numbers are {@code XXXX}. */
    public static Fault maskedNumbers() {
        return everyRow("masked numbers", row -> row.findParents("phoneNumber").forEach(party -> {
            String number = party.get("phoneNumber").asText();
            ((ObjectNode) party).put("phoneNumber", number.substring(0, number.length() - 4) + "XXXX");
        }));
    }

    /** Rows have neither {@code from} nor {@code to}. */
    public static Fault partiesMissing() {
        return everyRow("parties missing", row -> row.remove(List.of("from", "to")));
    }

    /** Rows have {@code from} and {@code to}, and nothing in them. */
    public static Fault partiesEmpty() {
        return everyRow("parties empty", row -> {
            row.putObject("from");
            row.putObject("to");
        });
    }

    /** Words and fields that no document names, some of them deep. */
    public static Fault unknownWords() {
        return everyRow("unknown words", row -> {
            row.put("result", "Quantum Accepted").put("action", "Hologram Call").put("messageStatus", "Beamed");
            row.put("newNumber", 1.50).putObject("newObject").putArray("list").add(1).addNull();
        });
    }

    /** In place of the row stands {@code null}. */
    public static Fault nullRow(String rowId) {
        return Fault.change("null row", isRow(rowId), row -> NullNode.getInstance());
    }

    /** In place of the row stands a text. */
    public static Fault textRow(String rowId) {
        return Fault.change("text row", isRow(rowId), row -> row.textNode("row"));
    }

    public static Fault idMissing(String rowId) {
        return row("id missing", rowId, row -> row.remove("id"));
    }

    /** The id is a number where the provider promises a text. */
    public static Fault idIsNumber(String rowId) {
        return row("id is a number", rowId, row -> row.put("id", 12_345));
    }

    /** The time of the row cannot be read. */
    public static Fault timeGarbled(String rowId) {
        return row("time garbled", rowId, row -> {
            row.put("startTime", "yesterday");
            row.put("creationTime", "yesterday");
        });
    }

    /** All addresses of content lead to this server; their paths are right. */
    public static Fault contentAt(URI server) {
        return everyRow("content elsewhere", row -> {
            for (String field : new String[] {"contentUri", "uri"}) {
                row.findParents(field).forEach(parent -> moveContent((ObjectNode) parent, field, server));
            }
        });
    }

    /** The extension is no longer listed, and everything below it is 404. */
    public static Fault extensionGone(long extensionId) {
        String part = "/extension/" + extensionId;
        return Fault.beforeAndChange(
                "extension gone",
                request -> request.path().contains(part + "/") || request.path().endsWith(part),
                request -> Refusal.notFound("extensionId").answer(),
                row -> row.path("id").asLong() == extensionId && row.has("status"),
                row -> null);
    }

    /** The voicemail's transcription is not done: status {@code InProgress}, and no attachment for it. */
    public static Fault transcriptionInProgress(long messageId) {
        return row("transcription in progress", Long.toString(messageId), row -> {
            row.put("vmTranscriptionStatus", "InProgress");
            for (int i = row.path("attachments").size() - 1; i >= 0; i--) {
                if (row.at("/attachments/" + i + "/type").asText().equals("AudioTranscription")) {
                    row.withArray("attachments").remove(i);
                }
            }
        });
    }

    /** A sync token is refused: 400 with {@code MSG-333} or {@code CMN-101}. */
    public static Fault syncTokenRefused(String code) {
        return Fault.before(
                        "sync token refused",
                        path -> path.endsWith("-sync"),
                        request -> Answer.error(400, code, "Parameter [syncToken] is invalid"))
                .where(request -> request.query().containsKey("syncToken"));
    }

    /** Any change of any rows; a change that answers null removes the row. */
    public static Fault rows(String name, Predicate<ObjectNode> wanted, UnaryOperator<JsonNode> change) {
        return Fault.change(name, wanted, change::apply);
    }

    private static void moveContent(ObjectNode parent, String field, URI server) {
        URI own = URI.create(parent.get(field).asText());
        if (own.getRawPath().contains("/content")) {
            parent.put(field, server + own.getRawPath());
        }
    }

    private static Fault everyRow(String name, Consumer<ObjectNode> change) {
        return changed(name, any -> true, change);
    }

    private static Fault row(String name, String rowId, Consumer<ObjectNode> change) {
        return changed(name, isRow(rowId), change);
    }

    private static Fault changed(String name, Predicate<ObjectNode> wanted, Consumer<ObjectNode> change) {
        return Fault.change(name, wanted, row -> {
            change.accept(row);
            return row;
        });
    }

    private static Predicate<ObjectNode> isRow(String rowId) {
        return row -> row.path("id").asText().equals(rowId);
    }

    private static Fault nextLink(String name, BiConsumer<Request, ObjectNode> change) {
        return Fault.after(name, any -> true, answer -> nextLink(read(answer)) != null, (request, answer) -> {
            JsonNode body = read(answer);
            change.accept(request, nextLink(body));
            return answer.with(200, Answer.json(200, body).body());
        });
    }

    private static ObjectNode nextLink(JsonNode body) {
        return body.at("/navigation/nextPage") instanceof ObjectNode link ? link : null;
    }

    /** Missing when the body is no JSON. */
    private static JsonNode read(Answer answer) {
        if (!Answer.JSON.equals(answer.headers().get("content-type"))) {
            return NullNode.getInstance();
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            answer.body().writeTo(bytes);
            return MAPPER.readTree(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
