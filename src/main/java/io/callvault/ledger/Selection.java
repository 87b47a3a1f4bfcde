// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * Which unfinished items or receipts may be claimed.
 *
 * @param dueBy only those whose next time is at or before this instant; null takes all, whatever their next time
 * @param pass the number of the pass that claims; one that this pass has claimed and given back with a verdict is not
 *     claimed by it again. 0 for the service, which goes by the next time alone
 * @param from only items that started at or after this; null for no bound
 * @param to only items that started before this; null for no bound
 */
public record Selection(Instant dueBy, long pass, Instant from, Instant to) {

    /** What the service takes: everything whose time has come. */
    public static Selection due(Instant now) {
        return new Selection(now, 0, null, null);
    }
}
