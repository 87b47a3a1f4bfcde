// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.Search;
import io.callvault.ledger.Views;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which items belong to a record: those that any of its forms names, because the last may name them no more. */
final class RecordItems {

    private final Desk desk;

    RecordItems(Desk desk) {
        this.desk = desk;
    }

    List<Views.Item> items(String customer, String feed, String recordId, List<Views.Revision> revisions) {
        Set<String> names = new LinkedHashSet<>();
        revisions.forEach(each -> names.addAll(desk.naming().items(customer, feed, recordId, each.raw())));
        return desk.ledger().views().items(customer, names);
    }

    /** Media types of what is stored of a record. */
    List<String> storedTypes(Search.Hit record) {
        List<Views.Revision> revisions =
                desk.ledger().views().revisions(record.customer(), record.feed(), record.id());
        return items(record.customer(), record.feed(), record.id(), revisions).stream()
                .filter(item -> item.state().equals("stored") && item.type() != null)
                .map(Views.Item::type)
                .toList();
    }
}
