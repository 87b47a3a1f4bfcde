// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

import io.callvault.ledger.AlarmState;
import io.callvault.ledger.CustomerCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is shown, as it was at a moment.
 *
 * @param at when it was taken
 * @param customers by the ledger, and how their work stands
 * @param gates of all customers
 * @param alarms those that stand
 * @param spoolBytes what lies in the spool
 * @param commit how long the last write of the ledger took that was timed; null before the first
 */
public record View(
        Instant at,
        List<Customer> customers,
        List<Gate> gates,
        List<AlarmState> alarms,
        long spoolBytes,
        Duration commit) {

    /**
     * @param counts the ledger's
     * @param listed until when each feed is listed
     * @param targets those that are configured
     */
    public record Customer(CustomerCounts counts, List<Listed> listed, List<Target> targets) {}

    /** Until when a feed is listed. */
    public record Listed(String feed, Instant until) {}

    /** Whether a target is known to take nothing. */
    public record Target(String name, boolean isDown) {}

    /**
     * A gate as one of its customers uses it.
     *
     * @param used requests that count in the present window
     * @param waiting requests that wait now
     */
    public record Gate(
            String customer,
            String lane,
            String group,
            int limit,
            int used,
            int waiting,
            boolean isClosed,
            long requests,
            long refused) {}
}
