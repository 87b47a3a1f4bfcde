// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.ListedRecord;
import java.util.List;
import java.util.Locale;

/** Call detail records: one row for each leg of a call, in columns, numbers as text. There is no binary. */
final class Cdrs implements KazooFeed {

    @Override
    public String list() {
        return "/cdrs";
    }

    @Override
    public String module() {
        return "cb_cdrs";
    }

    @Override
    public ListedRecord record(Place place, String raw) {
        Row row = Row.of(raw);
        String id = row.text("id");
        String direction = row.text("direction");
        return new ListedRecord(
                place.id(id == null ? row.madeUpId() : id),
                "cdr",
                row.time("timestamp"),
                place.account(),
                direction == null ? null : direction.toLowerCase(Locale.ROOT),
                row.party("caller_id_number", "from"),
                row.text("caller_id_name"),
                row.party("callee_id_number", "to"),
                row.text("callee_id_name"),
                true,
                raw,
                List.of(),
                row.unreadable(id));
    }
}
