// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.ledger.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when something is stored, for whoever trusts no clock alone.
 *
 * <p>Now is the earlier of what this machine and what the provider says. What was written down counts as it is, but for two
 * things. Nothing is stored before it began, and that is said by the provider's clock. And the numbers of a journal's objects
 * rise in the order of time: where an object is older than one before it, the machine's clock was set back in between, and
 * a time in that span may be meant for the later one; it then counts as the latest that was ever reached before.
 */
public final class Ages {

    /** How long before an object was made its events may have been. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private record Doubt(Instant from, Instant to) {}

    private final Instant now;
    private final List<Doubt> doubts = new ArrayList<>();

    /**
     * @param made the customer's journals, each in the order of its numbers
     * @param machine what this machine's clock says
     * @param provider what the provider's says; null in a rehearsal, in which nobody asks it
     */
    public Ages(List<Releases.Made> made, Instant machine, Instant provider) {
        this.now = provider != null && provider.isBefore(machine) ? provider : machine;
        Map<String, Instant> latest = new HashMap<>();
        for (Releases.Made each : made) {
            Instant before = latest.merge(each.target(), each.at(), (one, other) -> one.isAfter(other) ? one : other);
            if (each.at().isBefore(before)) {
                doubts.add(new Doubt(each.at().minus(MARGIN), before));
            }
        }
    }

    /**
     * Whether it is surely stored for that long.
     *
     * @param startedAt when its record began; null when not known
     */
    public boolean isOver(Instant storedAt, Instant startedAt, Duration after) {
        return storedAt != null && !since(storedAt, startedAt).plus(after).isAfter(now);
    }

    private Instant since(Instant storedAt, Instant startedAt) {
        Instant since = startedAt != null && startedAt.isAfter(storedAt) ? startedAt : storedAt;
        boolean isMoved = true;
        while (isMoved) {
            isMoved = false;
            for (Doubt doubt : doubts) {
                if (!since.isBefore(doubt.from()) && since.isBefore(doubt.to())) {
                    since = doubt.to();
                    isMoved = true;
                }
            }
        }
        return since;
    }
}
