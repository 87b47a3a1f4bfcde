// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param records in the provider's order
 * @param next the address of the next page as the provider gave it; null on the last page
 * @param refusedNext a next link that may not be followed, because its host is not the provider's; null normally. The
 *     window then stays incomplete
 */
public record ListedPage(List<ListedRecord> records, String next, String refusedNext) {

    public ListedPage {
        records = List.copyOf(records);
    }
}
