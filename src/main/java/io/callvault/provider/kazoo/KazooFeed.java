// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.ListedRecord;

/** One of the feeds: what it is listed by, and how a row is read. */
interface KazooFeed {

    /** Path of its list below the account or user, with the parameters that are its own. */
    String list();

    /** Path of the list that follows when the given one is at its end; null when none does. */
    default String listAfter(String path) {
        return null;
    }

    /** Module of Crossbar without which there is no such list. */
    String module();

    /** Reads a row, redacted already; never fails. */
    ListedRecord record(Place place, String raw);
}
