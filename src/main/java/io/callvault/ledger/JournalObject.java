// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * One object of a chain, fixed before it is put.
 *
 * @param customer whose chain
 * @param target the chain's target
 * @param number 1 and up, without gaps
 * @param key where it goes in the target
 * @param sha256 of {@code bytes}
 * @param previous SHA-256 of the object before it; null for number 1
 * @param bytes the gzip bytes; null once published
 * @param lastEvent number of the last event in it
 * @param at when it was fixed
 */
public record JournalObject(
        String customer,
        String target,
        long number,
        String key,
        String sha256,
        String previous,
        byte[] bytes,
        long lastEvent,
        Instant at) {}
