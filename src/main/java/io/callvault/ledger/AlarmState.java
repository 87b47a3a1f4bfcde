// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * Something that is wrong.
 *
 * @param customer whose; empty for the installation itself
 * @param code which alarm
 * @param subject which target, feed, lane or disk; empty when there is only one
 * @param since when it was seen first
 * @param raisedAt when somebody was told; null while it has not lasted long enough
 * @param sentence what is wrong, as it was seen first
 */
public record AlarmState(
        String customer, String code, String subject, Instant since, Instant raisedAt, String sentence) {}
