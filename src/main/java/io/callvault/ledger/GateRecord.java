// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * What is kept of a gate over a restart.
 *
 * @param customer a customer that uses it
 * @param lane number of the customer's credential, from {@code 1}
 * @param group the API group's name
 * @param limit requests in a window, as last learned
 * @param windowSeconds length of the window
 * @param requests requests sent since the ledger began
 * @param refused how many of them were answered 429
 * @param closedUntil no request before this; null when open
 */
public record GateRecord(
        String customer,
        String lane,
        String group,
        int limit,
        int windowSeconds,
        long requests,
        long refused,
        Instant closedUntil) {}
