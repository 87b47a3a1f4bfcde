// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * What somebody is to be told.
 *
 * @param number given by the ledger, rising; 0 before
 * @param channel in which way, {@code mail} or {@code webhook}
 * @param kind {@code raised}, {@code over} or {@code digest}
 * @param customer whose; empty for the installation itself
 * @param code which alarm
 * @param subject which target, feed, lane or disk; empty when there is only one
 * @param sentence of a digest, several lines
 */
public record AlarmNotice(
        long number,
        String channel,
        String kind,
        String customer,
        String code,
        String subject,
        String sentence,
        Instant at) {}
