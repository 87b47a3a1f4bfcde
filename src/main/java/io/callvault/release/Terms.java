// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.config.ReleaseSettings;
import io.callvault.ledger.Releases;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * On which terms one customer's things may go.
 *
 * @param customer its id
 * @param settings what is configured
 * @param zone in which days begin
 * @param targets all that are configured
 * @param fingerprint tells these settings from all others
 * @param readings what a record says
 */
public record Terms(
        String customer,
        ReleaseSettings settings,
        ZoneId zone,
        List<String> targets,
        String fingerprint,
        Readings readings) {

    public Terms {
        targets = List.copyOf(targets);
    }

    boolean isHeld(Instant startedAt) {
        return settings.isHeld(startedAt, zone);
    }

    /** What the latest form of an item's record says. */
    public interface Readings {

        Reading read(Releases.Candidate item);
    }

    /**
     * Of one item.
     *
     * @param together the items that the provider keeps as one, itself among them
     * @param rule of today's configuration that keeps its record out; null when none does
     */
    public record Reading(Set<String> together, String rule) {}
}
