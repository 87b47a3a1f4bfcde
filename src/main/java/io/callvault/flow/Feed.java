// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.model.FeedPart;
import java.time.Duration;

/**
 * One kind of listing of a customer.
 *
 * @param name the feed's name
 * @param listingGroup API group of its pages
 * @param contentGroup API group of its binaries; null when its records have none
 * @param parts what it is listed by: {@code direct:<provider>-<parts>} says which there are; null when it is listed whole
 * @param fallback what it is listed by where the whole is refused, in the same way; null when nothing can take its place
 * @param hasMetadata whether the provider is asked what it says of each item beside its record
 * @param window length of the first window that is listed
 * @param longest length that no window may exceed; null when the provider takes any
 */
public record Feed(String name, String listingGroup, String contentGroup, String parts, String fallback, boolean hasMetadata, Duration window, Duration longest) {

    /** What the feed is listed by, if it is not listed whole; null when it can be listed in no other way. */
    public String partsName() {
        return parts != null ? parts : fallback;
    }

    /** One of its parts, in a sentence; null when it can be listed whole only. */
    String partName() {
        return partsName() == null ? null : partsName().substring(0, partsName().length() - 1);
    }

    /** True for a part that takes the place of the whole. */
    boolean isFallback(FeedPart feedPart) {
        return fallback != null && !feedPart.part().isEmpty();
    }
}
