// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * An item whose time of loss matters still.
 *
 * @param item its id
 * @param feed its record's feed
 * @param recordId its record: the first that named it
 * @param raw JSON of the revision that named it first
 * @param lossAt when the provider deletes it, as far as is known; null when it is not known to
 */
public record Perishable(String item, String feed, String recordId, String raw, Instant lossAt) {}
