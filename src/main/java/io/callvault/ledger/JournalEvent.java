// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

/**
 * An event on its way to a chain.
 *
 * @param number the ledger's own number, rising with each event
 * @param line the event as one JSON object without line breaks, as section "What lies in a target" of the guide defines
 */
public record JournalEvent(long number, String line) {}
