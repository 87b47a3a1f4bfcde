// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.util.List;

/**
 * One page of the list of parts.
 *
 * @param parts those that may hold something
 * @param next the address of the next page as the provider gave it; null on the last page
 * @param refusedNext a next link that may not be followed, because its host is not the provider's; null normally
 */
public record PartsPage(List<Part> parts, String next, String refusedNext) {

    public PartsPage {
        parts = List.copyOf(parts);
    }
}
