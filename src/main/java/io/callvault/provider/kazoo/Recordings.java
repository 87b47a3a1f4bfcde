// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Recordings: whole documents, each with at most one binary. The document is saved before its binary is; the list says with
 * {@code _read_only.content_types} whether there is one yet. A server with a patch that was never merged hides documents with
 * a member {@code soft_delete} unless they are asked for; others ignore the question.
 */
final class Recordings implements KazooFeed {

    static final String RECORDING = "recording";

    /** In place of the kind of one that the patched server calls deleted, so that a rule can name it. */
    private static final String DELETED = "soft-deleted";

    @Override
    public String list() {
        return "/recordings?include=soft_delete";
    }

    @Override
    public String module() {
        return "cb_recordings";
    }

    @Override
    public ListedRecord record(Place place, String raw) {
        Row row = Row.of(raw);
        String id = row.text("id");
        String direction = row.text("direction");
        return new ListedRecord(
                place.id(id == null ? row.madeUpId() : id),
                row.json().hasNonNull("soft_delete") ? DELETED : RECORDING,
                startedAt(row),
                place.account(),
                direction == null ? null : direction.toLowerCase(Locale.ROOT),
                row.party("caller_id_number", "from"),
                row.text("caller_id_name"),
                row.party("callee_id_number", "to"),
                row.text("callee_id_name"),
                true,
                raw,
                id == null ? List.of() : List.of(item(place, row, id)),
                row.unreadable(id));
    }

    /** Documents written before 4.3 may lack the start; the interaction's id begins with that of its first leg. */
    private static Instant startedAt(Row row) {
        Instant start = row.time("start");
        String interaction = row.text("interaction_id");
        return start != null || interaction == null
                ? start
                : Gregorian.parse(interaction.split("-", 2)[0]);
    }

    private static ListedItem item(Place place, Row row, String id) {
        JsonNode stored = row.json().path("_read_only").path("content_types").path(0);
        String type = stored.isTextual() ? stored.asText() : row.text("content_type");
        return new ListedItem(
                RECORDING + "/" + place.id(id),
                RECORDING,
                place.path() + "/recordings/" + Address.encode(id),
                type,
                null,
                null);
    }
}
