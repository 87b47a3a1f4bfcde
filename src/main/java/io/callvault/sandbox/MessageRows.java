// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes rows of a message store (RingCentral OpenAPI document, schema GetMessageInfoResponse, read 2026-08). */
record MessageRows(Addresses addresses) {

    ObjectNode row(Message message) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("id", message.id());
        row.put("uri", addresses.message(message));
        row.put("extensionId", Long.toString(message.extension().id()));
        row.put("type", message.type());
        row.put("direction", message.direction());
        row.put("availability", message.availability());
        row.put("readStatus", message.direction().equals("Inbound") ? "Unread" : "Read");
        row.put("priority", "Normal");
        row.put("messageStatus", message.status());
        row.put("creationTime", message.created().toString());
        row.put("lastModifiedTime", message.lastModified().toString());
        if (message.subject() != null) {
            row.put("subject", message.subject());
        }
        CallRows.party(row, "from", message.from(), true);
        recipients(row, message);
        attachments(row, message);
        if (message.conversation() != 0) {
            row.put("conversationId", message.conversation());
            row.putObject("conversation")
                    .put("id", Long.toString(message.conversation()))
                    .put("uri", addresses.api() + "/restapi/v1.0/conversations/" + message.conversation());
        }
        if (message.type().equals("Fax")) {
            row.put("faxPageCount", 1).put("faxResolution", "High").put("coverIndex", 0);
        }
        if (message.type().equals("VoiceMail")) {
            row.put("vmTranscriptionStatus", "Completed").put("private", false);
        }
        if (message.shared()) {
            row.putObject("owner")
                    .put("extensionId", Long.toString(message.extension().id()))
                    .put("extensionType", message.extension().type())
                    .put("name", message.extension().name());
        }
        return row;
    }

    /** A received fax has no {@code to} at all. */
    private static void recipients(ObjectNode row, Message message) {
        if (message.to().isEmpty()) {
            return;
        }
        ArrayNode to = row.putArray("to");
        int recipient = 31_001;
        for (Party party : message.to()) {
            ObjectNode holder = JsonNodeFactory.instance.objectNode();
            CallRows.party(holder, "to", party, true);
            ObjectNode one = (ObjectNode) holder.get("to");
            if (message.type().equals("Fax")) {
                one.put("recipientId", Integer.toString(recipient++)).put("messageStatus", message.status());
            }
            to.add(one);
        }
    }

    private void attachments(ObjectNode row, Message message) {
        ArrayNode all = row.putArray("attachments");
        for (Message.Attachment attachment : message.attachments()) {
            ObjectNode one = all.addObject();
            one.put("id", attachment.id());
            one.put("uri", addresses.content(message, attachment));
            one.put("type", attachment.type());
            one.put("contentType", attachment.contentType());
            if (attachment.fileName() != null) {
                one.put("fileName", attachment.fileName());
            }
            if (attachment.seconds() > 0) {
                one.put("vmDuration", attachment.seconds());
            } else if (!attachment.type().equals("Text")) {
                one.put("size", attachment.media().length());
            }
        }
    }
}
