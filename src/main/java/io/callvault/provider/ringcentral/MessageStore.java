// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The message store of one extension: texts, pictures, faxes and voicemails (API reference, "Get message list"). There is
 * no list for the whole account.
 */
final class MessageStore {

    static final String VOICEMAIL = "voicemail";
    static final String TRANSCRIPTION = "transcription";
    static final String FAX = "fax";

    /** By the attachment's type. {@code FaxAttachment} stands in RingCentral's own client code only. */
    private static final Map<String, String> KINDS = Map.of(
            "AudioRecording", VOICEMAIL,
            "AudioTranscription", TRANSCRIPTION,
            "RenderedDocument", FAX,
            "SourceDocument", FAX,
            "FaxAttachment", FAX,
            "MmsAttachment", "mms",
            "Text", "text");

    /** Types whose subject is the text itself. A voicemail's is a title. */
    private static final Set<String> TEXTS = Set.of("SMS", "Pager", "Text");

    /** The guide, "Deleting messages": a deleted one is purged after some days. */
    private static final Duration DELETED_FOR = Duration.ofDays(5);

    /** When that is over, it may be purged at any moment, but that it is gone is not believed at once. */
    private static final Duration ANY_MOMENT = Duration.ofDays(1);

    /**
     * Path and query of a window's first page. Deleted and shared messages come only to those who ask for them; without
     * bounds the last 24 hours come back.
     */
    String firstPage(String extension, Window window) {
        return "/restapi/v1.0/account/~/extension/" + Rows.encode(extension) + "/message-store?availability=Alive"
                + "&availability=Deleted&availability=Purged&owner=Any&dateFrom=" + Rows.time(window.from())
                + "&dateTo=" + Rows.time(window.to()) + "&perPage=" + Rows.PER_PAGE + "&page=1";
    }

    ListedPage read(RingCentralAccount account, byte[] body) {
        Rows page = Rows.of(account, body, "messages");
        return new ListedPage(page.rows().stream().map(this::record).toList(), page.next(), page.refusedNext());
    }

    /** Reads one message; never fails. Of a deleted one there may be no more than its id. */
    ListedRecord record(String raw) {
        JsonNode message = Rows.json(raw);
        String id = Rows.text(message.path("id"));
        Instant startedAt = Rows.instant(message.path("creationTime"));
        boolean isStub = !message.path("availability").asText("Alive").equals("Alive") && !message.has("creationTime");
        String unreadable = null;
        if (!message.isObject()) {
            unreadable = "not a JSON object";
        } else if (id == null) {
            unreadable = "no id";
        } else if (startedAt == null && !isStub) {
            unreadable = "no creation time that can be read";
        } else if (!areAttachmentsNamed(message)) {
            unreadable = "an attachment without an id";
        }
        JsonNode from = message.path("from");
        JsonNode to = message.path("to").isArray() ? message.path("to").path(0) : message.path("to");
        String direction = Rows.text(message.path("direction"));
        return new ListedRecord(
                id == null ? Rows.unreadableId(raw) : id,
                Rows.text(message.path("type")),
                startedAt,
                Rows.text(message.path("extensionId")),
                direction == null ? null : direction.toLowerCase(Locale.ROOT),
                Rows.number(from),
                Rows.text(from.path("name")),
                Rows.number(to),
                Rows.text(to.path("name")),
                isSettled(message),
                raw,
                id == null ? List.of() : items(message, id),
                unreadable);
    }

    /** When an attachment will be gone; null when it is not known to be. */
    static Instant lossAt(ListedRecord record, Duration kept, Instant now) {
        Instant loss = kept == null || record.startedAt() == null ? null : record.startedAt().plus(kept);
        if (!record.raw().contains("Deleted")) { // most are not, and need not be read once more
            return loss;
        }
        JsonNode message = Rows.json(record.raw());
        Instant modifiedAt = Rows.instant(message.path("lastModifiedTime"));
        if (!message.path("availability").asText().equals("Deleted") || modifiedAt == null) {
            return loss;
        }
        Instant purge = modifiedAt.plus(DELETED_FOR);
        purge = purge.isBefore(now) ? now.plus(ANY_MOMENT) : purge;
        return loss == null || purge.isBefore(loss) ? purge : loss;
    }

    private static List<ListedItem> items(JsonNode message, String id) {
        Map<String, ListedItem> items = new LinkedHashMap<>();
        boolean isPurged = message.path("availability").asText().equals("Purged");
        for (JsonNode attachment : message.path("attachments")) {
            String part = Rows.text(attachment.path("id"));
            if (part == null || isHeldByRecord(message, id, attachment)) {
                continue;
            }
            String item = "attachment/" + id + "-" + part;
            JsonNode size = attachment.path("size");
            items.putIfAbsent(
                    item,
                    new ListedItem(
                            item,
                            KINDS.getOrDefault(attachment.path("type").asText(), "other"),
                            isPurged ? null : uri(message, id, attachment, part),
                            Rows.text(attachment.path("contentType")),
                            size.canConvertToLong() && size.isIntegralNumber() ? size.longValue() : null,
                            isPurged ? "purged before it was seen" : null));
        }
        return List.copyOf(items.values());
    }

    /** The text of an SMS is its subject; its part has the message's own id, or is the only one of its kind. */
    private static boolean isHeldByRecord(JsonNode message, String id, JsonNode attachment) {
        if (!attachment.path("type").asText().equals("Text")
                || !TEXTS.contains(message.path("type").asText())
                || !message.path("subject").isTextual()) {
            return false;
        }
        int texts = 0;
        for (JsonNode each : message.path("attachments")) {
            texts += each.path("type").asText().equals("Text") ? 1 : 0;
        }
        return texts == 1 || id.equals(Rows.text(attachment.path("id")));
    }

    private static String uri(JsonNode message, String id, JsonNode attachment, String part) {
        String uri = Rows.text(attachment.path("uri"));
        if (uri != null) {
            return uri;
        }
        // Always there by the reference; if it ever is not, the published path is better than a loss.
        String extension = Rows.text(message.path("extensionId"));
        return "/restapi/v1.0/account/~/extension/" + (extension == null ? "~" : Rows.encode(extension))
                + "/message-store/" + Rows.encode(id) + "/content/" + Rows.encode(part);
    }

    private static boolean areAttachmentsNamed(JsonNode message) {
        for (JsonNode attachment : message.path("attachments")) {
            if (Rows.text(attachment.path("id")) == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSettled(JsonNode message) {
        return !message.path("vmTranscriptionStatus").asText().equals("InProgress")
                && !message.path("messageStatus").asText().equals("Queued");
    }
}
