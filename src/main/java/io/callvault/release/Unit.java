// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.ledger.Releases;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What goes together, decided and proved.
 *
 * @param items all of it, in the order of their ids
 * @param copies of each item, by its id
 * @param provedAt when it had been read back
 */
record Unit(List<Releases.Candidate> items, Map<String, List<Releases.Copy>> copies, Instant provedAt) {

    /** The one that stands for all of it when the provider is asked. */
    Releases.Candidate first() {
        return items.get(0);
    }
}
