// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.util.List;
import java.util.Map;

/** Messages of all mailboxes of an account: each row is an object whose one member has the mailbox's id for its name. */
final class Voicemails implements KazooFeed {

    static final String VOICEMAIL = "voicemail";

    @Override
    public String list() {
        return "/vmboxes/messages";
    }

    @Override
    public String module() {
        return "cb_vmboxes";
    }

    @Override
    public ListedRecord record(Place place, String raw) {
        Row row = Row.of(raw);
        String box = null;
        JsonNode message = row.json();
        if (message.size() == 1) {
            Map.Entry<String, JsonNode> only = message.properties().iterator().next();
            box = only.getKey();
            message = only.getValue();
        }
        Row inner = new Row(raw, message);
        String id = inner.text("media_id");
        String unreadable = inner.unreadable(id);
        return new ListedRecord(
                place.id(id == null ? row.madeUpId() : id),
                VOICEMAIL,
                inner.time("timestamp"),
                place.account(),
                "inbound",
                inner.party("caller_id_number", "from"),
                inner.text("caller_id_name"),
                inner.party("to_number", "to"),
                null,
                true,
                raw,
                box == null || id == null ? List.of() : List.of(item(place, box, id)),
                unreadable == null && box == null ? "no mailbox" : unreadable);
    }

    private static ListedItem item(Place place, String box, String id) {
        String uri = place.path() + "/vmboxes/" + Address.encode(box) + "/messages/" + Address.encode(id) + "/raw";
        return new ListedItem(VOICEMAIL + "/" + place.id(id), VOICEMAIL, uri, null, null, null);
    }
}
