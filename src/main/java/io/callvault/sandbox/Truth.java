// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What should end in an archive. Made from the world when asked, so it holds calls that came later too; faults do not
 * change it: a recording that a fault hides for ever is still named here.
 */
public final class Truth {

    private final World world;
    private final Map<String, String> sums = new ConcurrentHashMap<>();

    Truth(World world) {
        this.world = world;
    }

    /**
     * A row of the call log.
     *
     * @param start ISO 8601 as the provider spells it
     * @param recordings ids on the row or on any of its legs, each once
     * @param shortRecording whether the provider says that it did not keep the recording
     */
    public record CallRow(String id, long extension, String start, List<String> recordings, boolean shortRecording) {}

    /**
     * A row of a message store.
     *
     * @param availability {@code Alive} or {@code Deleted}
     * @param isShared hidden by the default {@code owner=Personal}
     */
    public record MessageRow(long id, long extension, String type, String availability, boolean isShared) {}

    /**
     * An attachment.
     *
     * @param isHeldByRecord a text part: the row's subject already says it, so nobody need fetch it
     */
    public record AttachmentRow(
            long message, long id, String type, String contentType, long length, String sha256, boolean isHeldByRecord) {

        /** Message and attachment id with a hyphen between; an attachment id alone is not unique. */
        public String key() {
            return message + "-" + id;
        }
    }

    /** Newest first. */
    public List<CallRow> calls() {
        return world.calls().stream().map(Truth::row).toList();
    }

    /** Newest first. */
    public List<MessageRow> messages() {
        return world.messages().stream().map(Truth::row).toList();
    }

    /** Ids of all recordings that any row or leg names, each once. */
    public List<String> recordings() {
        return world.recordings().stream().map(Recording::id).toList();
    }

    /** All attachments of all messages. */
    public List<AttachmentRow> attachments() {
        return world.messages().stream()
                .flatMap(message -> message.attachments().stream().map(one -> row(message, one)))
                .toList();
    }

    /**
     * SHA-256 of everything that is worth fetching, by recording id or {@link AttachmentRow#key()}. Reads all of it; not
     * for synthetic recordings in bulk.
     */
    public Map<String, String> items() {
        Map<String, String> items = new TreeMap<>();
        recordings().forEach(id -> items.put(id, sha256(id)));
        attachments().stream()
                .filter(one -> !one.isHeldByRecord())
                .forEach(one -> items.put(one.key(), one.sha256()));
        return items;
    }

    /**
     * SHA-256 of a recording, in lower-case hexadecimal.
     *
     * @throws IllegalArgumentException if there is no such recording
     */
    public String sha256(String recordingId) {
        return sum(recordingId, () -> world.media(known(recordingId)).sha256());
    }

    /** Whether a recording was begun by hand. */
    public boolean isOnDemand(String recordingId) {
        return known(recordingId).onDemand();
    }

    /** Length in bytes of a recording. */
    public long length(String recordingId) {
        return world.media(known(recordingId)).length();
    }

    private Recording known(String id) {
        Recording recording = world.recording(id);
        if (recording == null) {
            throw new IllegalArgumentException("no recording " + id);
        }
        return recording;
    }

    private String sum(String key, Supplier<String> sha256) {
        String known = sums.get(key);
        if (known == null) {
            known = sha256.get();
            sums.put(key, known);
        }
        return known;
    }

    static CallRow row(Call call) {
        List<String> ids = Stream.concat(
                        Stream.of(Optional.ofNullable(call.recording())),
                        call.legs().stream().map(leg -> Optional.ofNullable(leg.recording())))
                .flatMap(Optional::stream)
                .map(Recording::id)
                .distinct()
                .toList();
        return new CallRow(call.id(), call.extension().id(), call.start().toString(), ids, call.shortRecording());
    }

    static MessageRow row(Message one) {
        return new MessageRow(one.id(), one.extension().id(), one.type(), one.availability(), one.shared());
    }

    private AttachmentRow row(Message message, Message.Attachment one) {
        String key = message.id() + "-" + one.id();
        return new AttachmentRow(
                message.id(),
                one.id(),
                one.type(),
                one.contentType(),
                one.media().length(),
                sum(key, () -> one.media().sha256()),
                one.type().equals("Text"));
    }
}
