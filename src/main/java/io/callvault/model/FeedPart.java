// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

/**
 * What is listed by itself: one feed of one customer, or one part of it.
 *
 * @param customer the customer's id
 * @param feed a feed of its provider, for example {@code calls}
 * @param part the extension or sub-account that is listed by itself; empty when the feed is listed as a whole
 */
public record FeedPart(String customer, String feed, String part) {

    /** The whole feed. */
    public static FeedPart whole(String customer, String feed) {
        return new FeedPart(customer, feed, "");
    }
}
