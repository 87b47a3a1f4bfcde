// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

/**
 * How far the listing had come: something for the header of a chain's next object, and no reason to publish one.
 *
 * @param number the ledger's own number; everything that was found has a smaller one
 * @param event {@code listed} or {@code visible}
 * @param feed the feed
 * @param part the extension or sub-account; empty for the whole feed
 * @param line one JSON object without line breaks
 */
public record HeaderEvent(long number, String event, String feed, String part, String line) {}
