// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.ledger.DueItem;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedRecord;
import io.callvault.model.Parties;
import io.callvault.store.MediaNames;
import io.callvault.store.ObjectPath;
import io.callvault.store.PathFacts;
import java.time.Instant;

/** What stored things are called. */
public final class Names {

    /** The item's path at every target, by the customer's setting. */
    String of(Customer customer, DueItem item, String type) {
        Parties parties = item.parties();
        if (parties == null) { // what was said when the item was first named stands, whatever a later revision says
            ListedRecord record = customer.provider().record(customer.id(), item.feed(), item.recordId(), item.raw());
            return of(customer, item.feed(), record, item.kind(), item.key(), type);
        }
        return of(customer, item.feed(), item.recordId(), item.startedAt(), parties, item.kind(), item.key(), type);
    }

    /** The same for any item of a record. */
    public String of(
            Customer customer, String feed, ListedRecord record, String kind, ItemKey key, String type) {
        return of(customer, feed, record.id(), record.startedAt(), record.parties(), kind, key, type);
    }

    private static String of(
            Customer customer,
            String feed,
            String recordId,
            Instant startedAt,
            Parties parties,
            String kind,
            ItemKey key,
            String type) {
        return customer.path()
                .render(new PathFacts(
                        customer.id(),
                        customer.providerName(),
                        feed,
                        startedAt,
                        customer.zone(),
                        parties.direction(),
                        parties.from(),
                        parties.to(),
                        parties.fromName(),
                        parties.toName(),
                        parties.extension(),
                        kind,
                        key.id(),
                        recordId,
                        MediaNames.ending(type)));
    }

    /** Where other bytes of the same item go. */
    String variant(String path, String sha256) {
        return ObjectPath.variant(path, sha256);
    }
}
