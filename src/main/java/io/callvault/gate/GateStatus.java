// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Instant;

/**
 * @param group the group's name as last learned
 * @param limit requests in a window as last learned
 * @param windowSeconds length of the window
 * @param requests let in since the ledger began
 * @param refused of them answered 429
 * @param closedUntil null when open
 * @param waiting requests that wait now
 */
public record GateStatus(
        String group, int limit, int windowSeconds, long requests, long refused, Instant closedUntil, int waiting) {}
