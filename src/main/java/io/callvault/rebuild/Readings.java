// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.time.Instant;

/** How a customer's records are read, as when they were listed. */
public interface Readings {

    /**
     * Reads a record from its raw JSON.
     *
     * @param recordId the id that it was journalled under
     * @throws io.callvault.error.StopAllException if the provider does not have the feed
     */
    ListedRecord record(String feed, String recordId, String raw);

    /** When the provider will delete an item; null when it is not known to. */
    Instant lossAt(ListedRecord record, ListedItem item);

    /** API group of the content of a feed that the provider has. */
    String group(String feed);
}
