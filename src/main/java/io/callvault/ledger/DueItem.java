// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.ItemKey;
import io.callvault.model.Parties;
import java.time.Instant;

/**
 * An item that was claimed to be fetched.
 *
 * @param key whose it is
 * @param feed its record's feed
 * @param recordId its record: the first that named it
 * @param revision the revision of that record that named it first; its raw JSON becomes the sidecar
 * @param raw that revision's JSON
 * @param kind what it is
 * @param uri where the provider serves it, from the latest revision that said so
 * @param contentType as announced; null when not said
 * @param size in bytes as announced; null when not said
 * @param group the API group of its content
 * @param startedAt when its call began or its message was made; null when not known
 * @param lossAt when the provider deletes it; null when not known
 * @param attempts rungs of the ladder used up
 * @param missing how often the provider answered that it does not have it
 * @param missingSince when it first answered so; null when never
 * @param parties who its record says took part; null when the ledger knows that of a later revision only
 * @param plan what was fixed before its first put; null before
 */
public record DueItem(
        ItemKey key,
        String feed,
        String recordId,
        int revision,
        String raw,
        String kind,
        String uri,
        String contentType,
        Long size,
        String group,
        Instant startedAt,
        Instant lossAt,
        int attempts,
        int missing,
        Instant missingSince,
        Parties parties,
        Plan plan) {}
