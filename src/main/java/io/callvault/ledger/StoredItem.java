// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;

/**
 * An item that is proved at all its targets.
 *
 * @param key whose it is
 * @param feed its record's feed
 * @param recordId its record
 * @param plan where it lies and what it is
 */
public record StoredItem(ItemKey key, String feed, String recordId, Plan plan) {}
