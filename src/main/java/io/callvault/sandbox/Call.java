// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * A row of the call log. The leg that mirrors the row is made when the row is written; here are the other ones.
 *
 * @param recording null when there is none on the row itself; a leg may still have one
 * @param message the message that a voicemail or fax call led to, or null
 * @param transferTarget telephony session that the call was handed to, or null
 */
record Call(
        String id,
        String session,
        Instant start,
        long durationMs,
        String type,
        String direction,
        String action,
        String result,
        Party from,
        Party to,
        Extension extension,
        Recording recording,
        boolean shortRecording,
        Message message,
        String transferTarget,
        List<Leg> legs) {

    /** Another leg of the same call. */
    record Leg(
            String type,
            Instant start,
            long durationMs,
            String action,
            String result,
            Party from,
            Party to,
            Extension extension,
            Recording recording) {}

    Instant lastModified() {
        return start.plusMillis(durationMs).plusMillis(3004);
    }

    boolean concerns(Extension one) {
        return one.equals(extension) || legs.stream().anyMatch(leg -> one.equals(leg.extension()));
    }
}
