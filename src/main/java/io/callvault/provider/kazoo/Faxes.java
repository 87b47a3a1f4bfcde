// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.util.List;

/**
 * Faxes received, and then faxes sent. A fax is served from its own folder only: from the other one it is a 500. Which format
 * comes is a setting of the server, and not always the one that it offers.
 */
final class Faxes implements KazooFeed {

    static final String FAX = "fax";

    private static final String INBOX = "inbox";
    private static final String OUTBOX = "outbox";

    @Override
    public String list() {
        return "/faxes/" + INBOX;
    }

    @Override
    public String listAfter(String path) {
        return path.endsWith("/faxes/" + INBOX)
                ? path.substring(0, path.length() - INBOX.length()) + OUTBOX
                : null;
    }

    @Override
    public String module() {
        return "cb_faxes";
    }

    @Override
    public ListedRecord record(Place place, String raw) {
        Row row = Row.of(raw);
        String id = row.text("id");
        String folder = folder(row);
        return new ListedRecord(
                place.id(id == null ? row.madeUpId() : id),
                FAX,
                row.time("created", "timestamp"),
                place.account(),
                folder.equals(OUTBOX) ? "outbound" : "inbound",
                row.party("from_number", "from"),
                row.text("from_name"),
                row.party("to_number", "to"),
                row.text("to_name"),
                true,
                raw,
                id == null ? List.of() : List.of(item(place, folder, id)),
                row.unreadable(id));
    }

    /** By the document's word; else a result of sending stands only in one that was sent. */
    private static String folder(Row row) {
        String said = row.text("folder");
        if (said != null && said.matches("[a-z]+")) {
            return said;
        }
        return row.json().has("tx_result") ? OUTBOX : INBOX;
    }

    private static ListedItem item(Place place, String folder, String id) {
        String uri = place.path() + "/faxes/" + folder + "/" + Address.encode(id) + "/attachment";
        return new ListedItem(FAX + "/" + place.id(id), FAX, uri, null, null, null);
    }
}
