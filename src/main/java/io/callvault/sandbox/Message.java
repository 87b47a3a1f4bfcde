// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * A row of an extension's message store.
 *
 * @param type {@code SMS} (also with pictures), {@code Fax}, {@code VoiceMail} or {@code Pager}
 * @param conversation above 2^53 as the provider's are; 0 where the type has none
 * @param shared whether the row belongs to a shared mailbox, which the default {@code owner=Personal} hides
 */
record Message(
        long id,
        Extension extension,
        String type,
        String direction,
        Instant created,
        String availability,
        String status,
        String subject,
        Party from,
        List<Party> to,
        long conversation,
        boolean shared,
        List<Attachment> attachments) {

    /**
     * One binary or text of a message.
     *
     * @param id unique within its message only
     * @param fileName or null
     * @param seconds of audio, 0 for anything else
     */
    record Attachment(long id, String type, String contentType, String fileName, long seconds, Media media) {}

    Message with(String otherAvailability) {
        return new Message(
                id,
                extension,
                type,
                direction,
                created,
                otherAvailability,
                status,
                subject,
                from,
                to,
                conversation,
                shared,
                attachments);
    }

    Instant lastModified() {
        return created.plusMillis(412);
    }

    Attachment attachment(String wanted) {
        return attachments.stream()
                .filter(one -> Long.toString(one.id()).equals(wanted))
                .findFirst()
                .orElse(null);
    }
}
