// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The account's call log, or an extension's, in the Detailed view: only there are legs, and a recording may lie on a leg
 * alone (API reference, "Get company call log records", "Get user call log records").
 */
final class CallLog {

    /** Kind of a call's recording. */
    static final String RECORDING = "recording";

    /**
     * Path and query of a window's first page. Both bounds are always sent: without them the last 24 hours come back.
     *
     * @param extension whose calls; empty for the whole account's
     */
    String firstPage(String extension, Window window) {
        String whose = extension.isEmpty() ? "" : "/extension/" + Rows.encode(extension);
        return "/restapi/v1.0/account/~" + whose + "/call-log?view=Detailed&showDeleted=true&dateFrom=" + Rows.time(window.from())
                + "&dateTo=" + Rows.time(window.to()) + "&perPage=" + Rows.PER_PAGE + "&page=1";
    }

    ListedPage read(RingCentralAccount account, byte[] body) {
        Rows page = Rows.of(account, body, "calls");
        return new ListedPage(page.rows().stream().map(this::record).toList(), page.next(), page.refusedNext());
    }

    /** Reads one record; never fails. */
    ListedRecord record(String raw) {
        JsonNode call = Rows.json(raw);
        String id = Rows.text(call.path("id"));
        Instant startedAt = Rows.instant(call.path("startTime"));
        String unreadable = null;
        if (!call.isObject()) {
            unreadable = "not a JSON object";
        } else if (id == null) {
            unreadable = "no id";
        } else if (startedAt == null) {
            unreadable = "no start time that can be read";
        }
        if (id == null) {
            id = Rows.unreadableId(raw);
        }
        JsonNode from = call.path("from");
        JsonNode to = call.path("to");
        String direction = Rows.text(call.path("direction"));
        return new ListedRecord(
                id,
                Rows.text(call.path("type")),
                startedAt,
                extension(call, direction),
                direction == null ? null : direction.toLowerCase(Locale.ROOT),
                Rows.number(from),
                Rows.text(from.path("name")),
                Rows.number(to),
                Rows.text(to.path("name")),
                isSettled(call),
                raw,
                items(call, id),
                unreadable);
    }

    /** Each recording once, though the record, its master leg and other legs may name the same. */
    private List<ListedItem> items(JsonNode call, String recordId) {
        Map<String, ListedItem> items = new LinkedHashMap<>();
        List<JsonNode> holders = new ArrayList<>();
        holders.add(call);
        call.path("legs").forEach(holders::add);
        for (JsonNode holder : holders) {
            String id = Rows.text(holder.path("recording").path("id"));
            if (id != null) {
                String uri = Rows.text(holder.path("recording").path("contentUri"));
                // Always there by the reference; if it ever is not, the published path is better than a loss.
                uri = uri != null ? uri : "/restapi/v1.0/account/~/recording/" + Rows.encode(id) + "/content";
                items.putIfAbsent(id, new ListedItem(RECORDING + "/" + id, RECORDING, uri, null, null, null));
            }
        }
        if (items.isEmpty() && call.path("shortRecording").asBoolean(false)) {
            String none = "short-recording/" + recordId;
            items.put(none, new ListedItem(none, RECORDING, null, null, null, "too short to be kept"));
        }
        return List.copyOf(items.values());
    }

    /** Whether a recording was begun by hand: the account may keep such ones for another time than automatic ones. */
    static boolean isOnDemand(ListedRecord record, ListedItem item) {
        JsonNode call = Rows.json(record.raw());
        List<JsonNode> holders = new ArrayList<>();
        holders.add(call);
        call.path("legs").forEach(holders::add);
        return holders.stream()
                .map(holder -> holder.path("recording"))
                .filter(recording -> item.id().equals(RECORDING + "/" + Rows.text(recording.path("id"))))
                .anyMatch(recording -> recording.path("type").asText().equals("OnDemand"));
    }

    private static boolean isSettled(JsonNode call) {
        return call.path("finished").asBoolean(true)
                && !"In Progress".equals(call.path("result").asText());
    }

    private static String extension(JsonNode call, String direction) {
        String own = Rows.text(call.path("extension").path("id"));
        if (own != null) {
            return own;
        }
        return Rows.text(call.path("Outbound".equalsIgnoreCase(direction) ? "from" : "to").path("extensionId"));
    }
}
