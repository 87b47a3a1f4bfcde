// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Instant;

/**
 * How a gate is now.
 *
 * @param group the group's name as last learned
 * @param limit requests in a window as last learned
 * @param windowSeconds length of the window
 * @param share how much of the limit may be used, in per cent
 * @param used requests that count in the present window, of ours
 * @param others requests of the window that are left to others because they use them, beyond what {@code share} leaves
 * @param requests let in since the ledger began
 * @param refused of them answered 429
 * @param closedUntil null when open
 * @param waiting requests that wait now
 */
public record GateStatus(
        String group,
        int limit,
        int windowSeconds,
        int share,
        int used,
        int others,
        long requests,
        long refused,
        Instant closedUntil,
        int waiting) {}
