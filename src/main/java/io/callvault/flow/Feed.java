// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.time.Duration;

/**
 * One kind of listing of a customer.
 *
 * @param name the feed's name
 * @param listingGroup API group of its pages
 * @param contentGroup API group of its binaries
 * @param parts what it is listed by: {@code direct:<provider>-<parts>} says which there are; null when it is listed whole
 * @param window length of the first window that is listed
 */
public record Feed(String name, String listingGroup, String contentGroup, String parts, Duration window) {}
