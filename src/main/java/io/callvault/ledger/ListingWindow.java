// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import io.callvault.model.Window;
import java.time.Instant;

/**
 * A window whose listing was begun and has not been closed.
 *
 * @param number the ledger's own number
 * @param feedPart what is listed
 * @param window both bounds, pinned
 * @param next address of the next page to ask for; null when not even the first was stored
 * @param pages pages stored
 * @param records records on those pages
 * @param openedAt when the first page was asked for
 */
public record ListingWindow(
        long number, FeedPart feedPart, Window window, String next, int pages, int records, Instant openedAt) {}
