// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.SplittableRandom;

/**
 * The company's data, made from a seed and an instant. Only {@link #ring}, {@link #leaveVoicemail} and what is deleted change
 * it afterwards.
 */
final class World {

    private static final Comparator<Call> NEWEST_CALL =
            Comparator.comparing(Call::start).thenComparing(Call::id).reversed();
    private static final Comparator<Message> NEWEST_MESSAGE =
            Comparator.comparing(Message::created).thenComparing(Message::id).reversed();

    private final Company company;
    private final long recordingBytes;
    private final CallScript script;
    private final Map<String, Recording> recordings = new LinkedHashMap<>();
    private final MessageScript texts;
    private volatile List<Message> messages;
    private volatile List<Call> calls;
    private volatile Consumer<String> removed = id -> {};
    private volatile Retention retention = Retention.PUBLISHED;

    World(SandboxOptions options, Instant now) {
        SplittableRandom random = new SplittableRandom(options.seed());
        SandboxOptions.Volume volume = options.volume();
        this.company = new Company(options.accountId());
        this.recordingBytes = options.recordingBytes();
        this.texts = new MessageScript(company, now, volume, random.split());
        this.script = new CallScript(company, now, volume.oldest(now), random.split(), recordings, texts);
        this.calls = sorted(script.write(volume.calls(), volume.recordings()));
        this.messages = sortedMessages(texts.write());
    }

    Retention retention() {
        return retention;
    }

    void keep(Retention settings) {
        retention = settings;
    }

    Company company() {
        return company;
    }

    /** Newest first. */
    List<Call> calls() {
        return calls;
    }

    /** Newest first, of all extensions. */
    List<Message> messages() {
        return messages;
    }

    /** Null when there is none of that id. */
    synchronized Recording recording(String id) {
        return recordings.get(id);
    }

    synchronized List<Recording> recordings() {
        return List.copyOf(recordings.values());
    }

    Media media(Recording recording) {
        if (recordingBytes > 0) {
            return new SyntheticMedia(recording.id(), recordingBytes);
        }
        return recording.contentType().equals("audio/wav")
                ? Samples.wav(recording.id())
                : Samples.mp3(recording.id());
    }

    String contentType(Recording recording) {
        return recordingBytes > 0 ? "audio/mpeg" : recording.contentType();
    }

    /** Adds a call that was answered, recorded and ended just before the given instant. */
    synchronized Call ring(Instant end) {
        Call call = script.another(end);
        List<Call> more = new ArrayList<>(calls);
        more.add(call);
        calls = sorted(more);
        return call;
    }

    /** Adds a voicemail left at the given instant. */
    synchronized Message leaveVoicemail(Instant when) {
        Message message = texts.another(when);
        List<Message> more = new ArrayList<>(messages);
        more.add(message);
        messages = sortedMessages(more);
        return message;
    }

    /** Takes a recording away; its call stays. False when there was none. */
    synchronized boolean forget(String recordingId) {
        boolean wasThere = recordings.remove(recordingId) != null;
        if (wasThere) {
            removed.accept(recordingId);
        }
        return wasThere;
    }

    /** A message is deleted, one that was is purged; at once when it is to be. */
    synchronized void delete(Message message, boolean isPurged) {
        String next = isPurged || !message.availability().equals("Alive") ? "Purged" : "Deleted";
        messages = messages.stream()
                .map(each -> each.id() == message.id() && each.extension().equals(message.extension()) ? each.with(next) : each)
                .toList();
        removed.accept(Long.toString(message.id()));
    }

    /** Told of each id of a recording or message at the moment it is deleted. */
    void onRemoval(Consumer<String> told) {
        removed = told;
    }

    private static List<Message> sortedMessages(List<Message> unsorted) {
        return unsorted.stream().sorted(NEWEST_MESSAGE).toList();
    }

    private static List<Call> sorted(List<Call> unsorted) {
        return unsorted.stream().sorted(NEWEST_CALL).toList();
    }
}
