// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import io.callvault.ledger.AlarmFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known at a moment of a customer, or of the installation itself.
 *
 * @param customer the customer's id; empty for the installation itself
 * @param facts the ledger's; null for the installation itself
 * @param feeds those that are archived
 * @param targets how each stands
 * @param credentials when they end, by the lane's number; without those that do not say it
 * @param disks the room on each, by what it is called
 * @param refused the changed configuration that is not in force, and why; null when there is none, and for a customer
 */
public record Situation(
        String customer,
        AlarmFacts facts,
        List<String> feeds,
        List<Target> targets,
        Map<String, Instant> credentials,
        Map<String, Room> disks,
        String refused) {

    /**
     * @param down why nothing is brought there; null when nothing says so
     * @param isProved true when it is known to take what it is given
     */
    public record Target(String name, String down, boolean isProved) {}

    /**
     * @param place which directory's disk it is
     * @param free bytes; null when it did not answer
     */
    public record Room(String place, Long free) {}
}
