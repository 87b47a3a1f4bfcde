// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the ledger says of a customer that may be an alarm.
 *
 * @param dead items given up
 * @param deadCodes how many of them by the code of their last failure
 * @param firstLoss when the provider deletes the first item that is not stored; null when none is known to be
 * @param stopped what stopped the customer's run, with its code in brackets; null when nothing did
 * @param listedUntil until when each feed is listed; without those never listed
 * @param incomplete listings that a run could not bring to their end, one sentence each
 * @param troubled targets that did not take an item though they were asked: the last thing that one said
 */
public record AlarmFacts(
        long dead,
        Map<String, Long> deadCodes,
        Instant firstLoss,
        String stopped,
        Map<String, Instant> listedUntil,
        List<String> incomplete,
        Map<String, String> troubled) {}
