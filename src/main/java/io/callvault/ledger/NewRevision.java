// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ListedRecord;
import java.time.Instant;
import java.util.Map;

/**
 * A form of a record that the ledger has not seen as its latest.
 *
 * @param record as listed
 * @param sha256 of its canonical JSON, 64 lower-case hex digits
 * @param excluded the rule that keeps its items out; null when they are to be fetched
 * @param lossAt for each item, by id, when the provider will delete it; absent when it is not known to
 * @param group the API group that its items' content is asked from
 */
public record NewRevision(
        ListedRecord record, String sha256, String excluded, Map<String, Instant> lossAt, String group) {

    public NewRevision {
        lossAt = Map.copyOf(lossAt);
    }
}
