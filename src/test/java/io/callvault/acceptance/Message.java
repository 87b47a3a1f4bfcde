// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A row of one extension's message store. */
final class Message extends Row {

    /** As the provider names them. An MMS is an SMS with more attachments. */
    enum Type {
        SMS,
        Fax,
        VoiceMail,
        Pager
    }

    private final Company company;
    private final String extension;
    private final long id;
    private final Type type;
    private final List<Media> texts = new ArrayList<>();
    private volatile boolean shared;

    Message(Company company, String extension, long id, Type type, Instant created) {
        super(company, created, Json.object());
        this.company = company;
        this.extension = extension;
        this.id = id;
        this.type = type;
        edit(message -> {
            message.put("id", id).put("uri", company.url("extension/" + extension + "/message-store/" + id));
            message.put("extensionId", extension).put("type", type.name());
            message.put("direction", "Inbound").put("availability", "Alive").put("readStatus", "Unread");
            message.put("priority", "Normal").put("messageStatus", "Received");
            message.put("creationTime", Call.text(created)).put("lastModifiedTime", Call.text(created.plusMillis(412)));
            message.putObject("from").put("phoneNumber", "+16505550142").put("location", "Redwood City, CA");
            message.putArray("to").addObject().put("phoneNumber", "+14155550101").put("name", "Robin Example");
            message.putArray("attachments");
        });
    }

    /** The text, and the part that repeats it: its attachment id is the message's own. */
    Message saying(String subject) {
        Media text = company.attachment(extension, id, id, new Media(Long.toString(id), subject));
        texts.add(text);
        // Beyond 2^53, so that a reader with doubles changes it.
        long conversation = 7_612_345_678_901_234_567L + id % 1000;
        edit(message -> {
            message.put("subject", subject).put("conversationId", conversation);
            message.putObject("conversation").put("id", Long.toString(conversation));
        });
        return attach(id, "Text", text);
    }

    Message attach(long attachmentId, String attachmentType, Media media) {
        company.attachment(extension, id, attachmentId, media);
        edit(message -> {
            ObjectNode attachment = message.withArray("attachments").addObject();
            attachment.put("id", attachmentId).put("type", attachmentType).put("contentType", media.contentType());
            attachment.put("uri", company.base() + media.path());
        });
        return this;
    }

    Message outbound() {
        edit(message -> message.put("direction", "Outbound").put("messageStatus", "Delivered"));
        return this;
    }

    /** Deleted by its user: still there, with its attachments, for who asks for deleted ones. */
    Message deleted() {
        edit(message -> message.put("availability", "Deleted"));
        return this;
    }

    /** Belongs to a queue; shown to those only who ask for shared ones too. */
    Message shared() {
        shared = true;
        return this;
    }

    Message anonymous() {
        edit(message -> message.remove(List.of("from", "to")));
        return this;
    }

    long id() {
        return id;
    }

    Type type() {
        return type;
    }

    /** What it is in that mailbox, for the parameter {@code owner}. */
    String ownerIn(String mailbox) {
        return shared || !mailbox.equals(extension) ? "Shared" : "Personal";
    }

    /** Parts that say what the record already says. */
    List<Media> texts() {
        return texts;
    }
}
