// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;

/**
 * An item that lies in the spool and was claimed to be stored at one target.
 *
 * @param item whose it is
 * @param target the target's name
 * @param feed its record's feed
 * @param recordId its record
 * @param revision the revision whose raw JSON is the sidecar
 * @param raw that JSON; null when it must be asked for, see {@link Ledger#raw}
 * @param plan what was fixed
 * @param attempts rungs of the ladder used up at this target
 */
public record DueReceipt(
        ItemKey item,
        String target,
        String feed,
        String recordId,
        int revision,
        String raw,
        Plan plan,
        int attempts) {

    /** The same with the record's JSON, known from elsewhere. */
    public DueReceipt with(String known) {
        return new DueReceipt(item, target, feed, recordId, revision, known, plan, attempts);
    }
}
