// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells a server that does not work from an item that does not. A failure is the server's when nothing gets through: no
 * connection at all, or three different things failed since the last success. Then nobody's try counts, and the server is
 * asked again after 1 s, 2 s, 4 s and so on, at most every minute.
 */
final class Outage {

    private static final int DIFFERENT = 3;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Set<String> failing = new HashSet<>();
    private int probes;
    private long successes;
    private Instant probeAt = Instant.MIN;

    /** Something got through. */
    synchronized void succeeded() {
        successes++;
        failing.clear();
        probes = 0;
        probeAt = Instant.MIN;
    }

    /**
     * @param subject what failed
     * @param isUnreachable true when no answer came at all
     * @return when to ask the server again; null when the failure is the subject's own
     */
    synchronized Instant failed(String subject, boolean isUnreachable, Instant now) {
        failing.add(subject);
        if (!isUnreachable && failing.size() < DIFFERENT) {
            return null;
        }
        if (!now.isBefore(probeAt)) {
            Duration pause = Duration.ofSeconds(1L << Math.min(probes, 6));
            probeAt = now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
            probes++;
        }
        return probeAt;
    }

    /** How often the server was asked in vain, since the last success. */
    synchronized int probes() {
        return probes;
    }

    /** How often something got through. */
    synchronized long successes() {
        return successes;
    }
}
