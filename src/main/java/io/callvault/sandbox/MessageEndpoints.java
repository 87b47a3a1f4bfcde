// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The message store of an extension: by page, by row, and what changed since a sync token. */
final class MessageEndpoints {

    private static final Set<String> LIST = Set.of(
            "messageType",
            "availability",
            "dateFrom",
            "dateTo",
            "direction",
            "readStatus",
            "conversationId",
            "distinctConversations",
            "phoneNumber",
            "owner",
            "ownerExtensionType",
            "voicemailOwner",
            "page",
            "perPage");
    private static final Set<String> SYNC = Set.of(
            "syncType",
            "syncToken",
            "recordCount",
            "dateFrom",
            "dateTo",
            "direction",
            "messageType",
            "conversationId",
            "distinctConversations",
            "owner");
    private static final String[] TYPES = {"Fax", "SMS", "VoiceMail", "Pager", "Text"};

    /** The provider repeats what changed in the last seconds before the token. */
    private static final int OVERLAP_SECONDS = 5;

    private final Site site;
    private final MessageRows rows;

    MessageEndpoints(Site site) {
        this.site = site;
        this.rows = new MessageRows(site.addresses());
    }

    List<Endpoint> all() {
        String extension = "/restapi/v1.0/account/*/extension/*";
        return List.of(
                new Endpoint("GET", extension + "/message-store", RateGroup.LIGHT, LIST, this::list),
                new Endpoint("GET", extension + "/message-store/*", RateGroup.LIGHT, Set.of(), this::one),
                new Endpoint("DELETE", extension + "/message-store/*", RateGroup.MEDIUM, Set.of("purge"), this::delete),
                new Endpoint("GET", extension + "/message-sync", RateGroup.LIGHT, SYNC, this::sync));
    }

    private Answer list(Request request) throws Refusal {
        site.account(request);
        Extension extension = site.extension(request);
        Parameters parameters = new Parameters(request);
        Parameters.Span span = parameters.span();
        List<String> availability = parameters.several("availability", "Alive", "Deleted", "Purged");
        List<String> wanted = availability.isEmpty() ? List.of("Alive") : availability;
        List<String> status = parameters.several("readStatus", "Read", "Unread");
        Predicate<Message> filter = filter(parameters)
                .and(one -> span.contains(one.created()))
                .and(one -> wanted.contains(one.availability()))
                .and(one -> status.isEmpty()
                        || status.contains(one.direction().equals("Inbound") ? "Unread" : "Read"));
        return site.page(request, of(extension, filter), true, rows::row);
    }

    private Answer delete(Request request) throws Refusal {
        site.account(request);
        String purge = new Parameters(request).one("purge");
        for (Message message : of(site.extension(request), any -> true)) {
            boolean isPurged = message.availability().equals("Purged");
            if (Long.toString(message.id()).equals(request.capture(2)) && !isPurged) {
                site.world().delete(message, "true".equals(purge));
                return Answer.nothing();
            }
        }
        throw Refusal.notFound("messageId");
    }

    private Answer one(Request request) throws Refusal {
        site.account(request);
        for (Message message : of(site.extension(request), any -> true)) {
            if (Long.toString(message.id()).equals(request.capture(2))) {
                return Answer.json(200, rows.row(message));
            }
        }
        throw Refusal.notFound("messageId");
    }

    private Answer sync(Request request) throws Refusal {
        site.account(request);
        Extension extension = site.extension(request);
        Parameters parameters = new Parameters(request);
        boolean isFull = parameters.oneOf("syncType", "FSync", "FSync", "ISync").equals("FSync");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("uri", site.addresses().page(request.path(), ""));
        ArrayNode records = body.putArray("records");
        ObjectNode info = body.putObject("syncInfo").put("syncType", isFull ? "FSync" : "ISync");
        info.put("syncToken", "since-" + request.at()).put("syncTime", request.at().toString());
        if (isFull) {
            Parameters.Span span = parameters.span();
            int count = parameters.number("recordCount", 100, 250);
            List<Message> all = of(
                    extension,
                    filter(parameters)
                            .and(one -> span.contains(one.created()))
                            .and(one -> one.availability().equals("Alive")));
            all.stream().limit(count).forEach(one -> records.add(rows.row(one)));
            info.put("olderRecordsExist", all.size() > count);
        } else {
            Instant since = since(parameters.one("syncToken")).minusSeconds(OVERLAP_SECONDS);
            of(extension, filter(parameters).and(one -> !one.lastModified().isBefore(since)))
                    .forEach(one -> records.add(one.availability().equals("Alive") ? rows.row(one) : stub(one)));
        }
        site.faults().change(request, records);
        return Answer.json(200, body);
    }

    /** All that a sync tells of a message that was deleted. */
    private ObjectNode stub(Message message) {
        ObjectNode stub = JsonNodeFactory.instance.objectNode();
        stub.put("id", message.id()).put("uri", site.addresses().message(message));
        return stub.put("availability", message.availability());
    }

    private static Instant since(String token) throws Refusal {
        try {
            if (token != null && token.startsWith("since-")) {
                return Instant.parse(token.substring("since-".length()));
            }
        } catch (DateTimeException e) {
            // Falls to the refusal: the token is none of ours.
        }
        throw Refusal.of(400, "MSG-333", "Parameter [syncToken] is invalid");
    }

    private static Predicate<Message> filter(Parameters parameters) throws Refusal {
        List<String> types = parameters.several("messageType", TYPES);
        List<String> directions = parameters.several("direction", "Inbound", "Outbound");
        String owner = parameters.one("owner");
        boolean isOwnShown = !"Shared".equals(owner);
        boolean isSharedShown = "Any".equals(owner) || "Shared".equals(owner);
        String conversation = parameters.one("conversationId");
        return one -> (types.isEmpty() || types.contains(one.type()))
                && (directions.isEmpty() || directions.contains(one.direction()))
                && (one.shared() ? isSharedShown : isOwnShown)
                && (conversation == null || conversation.equals(Long.toString(one.conversation())));
    }

    private List<Message> of(Extension extension, Predicate<Message> filter) {
        return site.world().messages().stream()
                .filter(one -> one.extension().equals(extension))
                .filter(filter)
                .toList();
    }
}
