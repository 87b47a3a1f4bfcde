// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import io.callvault.sandbox.Message.Attachment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes the message stores of a world, with exactly so many messages as asked for. */
final class MessageScript {

    private static final List<String> TEXTS = List.of(
            "Can we move it to 3pm?",
            "Your parcel is at the front desk.",
            "\u00dcbermorgen passt gut \ud83d\udc4d",
            "=1+1 is two",
            "Two lines\nin one message",
            "\u660e\u65e5\u306f\u4f11\u307f\u3067\u3059");

    private final Company company;
    private final Instant now;
    private final SandboxOptions.Volume volume;
    private final SplittableRandom random;
    private final List<Message> messages = new ArrayList<>();
    private long serial;

    MessageScript(Company company, Instant now, SandboxOptions.Volume volume, SplittableRandom random) {
        this.company = company;
        this.now = now;
        this.volume = volume;
        this.random = random;
    }

    /** All messages: those that calls have led to already, and as many others as are missing. */
    List<Message> write() {
        for (int turn = 0; messages.size() < volume.messages(); turn++) {
            Extension extension = company.user(turn);
            Instant when = Company.moment(random, volume.oldest(now), now.minusSeconds(900))
                    .truncatedTo(ChronoUnit.MILLIS);
            switch (turn % 8) {
                case 0 -> text(extension, "Inbound", when);
                case 1 -> text(extension, "Outbound", when);
                case 2 -> picture(extension, when);
                case 3 -> faxOut(extension, when);
                case 4 -> voicemail(extension, Company.caller(random), when);
                case 5 -> pager(extension, when);
                case 6 -> shared(when);
                default -> faxIn(extension, new Party("+16505550144", null, null, null), when);
            }
        }
        return messages;
    }

    /** Null when there are enough messages already. */
    Message voicemail(Extension extension, Party from, Instant when) {
        return add(voicemailOf(extension, from, when, false));
    }

    /** Null when there are enough messages already. */
    Message faxIn(Extension extension, Party from, Instant when) {
        long id = nextId();
        List<Attachment> pages = List.of(fax(id));
        return add(message(id, extension, "Fax", "Inbound", when, "Received", null, from, List.of(), 0, false, pages));
    }

    /** One more voicemail, whether there are enough or not. */
    Message another(Instant when) {
        Message message = voicemailOf(company.user(0), Company.caller(random), when, false);
        messages.add(message);
        return message;
    }

    private void faxOut(Extension extension, Instant when) {
        long id = nextId();
        List<Party> to = List.of(
                new Party("+16505550144", null, null, null), new Party("+16505550145", "EXAMPLE FREIGHT", null, null));
        Party from = Party.inside(extension);
        add(message(id, extension, "Fax", "Outbound", when, "Sent", null, from, to, 0, false, List.of(fax(id))));
    }

    private void text(Extension extension, String direction, Instant when) {
        boolean in = direction.equals("Inbound");
        Party other = new Party(Company.caller(random).number(), null, "Redwood City, CA", null);
        Party own = Party.inside(extension);
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        long id = nextId();
        add(message(
                id,
                extension,
                "SMS",
                direction,
                when,
                in ? "Received" : "Delivered",
                text,
                in ? other : own,
                List.of(in ? own : other),
                conversation(),
                false,
                List.of(text(id, text))));
    }

    private void picture(Extension extension, Instant when) {
        long id = nextId();
        List<Attachment> parts = List.of(
                text(id, "Photo attached"),
                new Attachment(
                        part(1), "MmsAttachment", "image/jpeg", "IMG_0007.jpg", 0, Samples.jpeg(id + "-" + part(1))),
                new Attachment(part(2), "MmsAttachment", "image/png", "../sketch?.png", 0, Samples.png()));
        List<Party> to = List.of(
                new Party("+16505550142", null, null, null), new Party("+16505550143", null, null, null));
        Party from = Party.inside(extension);
        add(message(
                id, extension, "SMS", "Outbound", when, "Delivered", "Photo attached", from, to, conversation(), false, parts));
    }

    private void pager(Extension extension, Instant when) {
        long id = nextId();
        String text = "The meeting room is free now.";
        add(message(
                id,
                extension,
                "Pager",
                "Inbound",
                when,
                "Received",
                text,
                Party.inside(company.user((int) serial)),
                List.of(Party.inside(extension)),
                conversation(),
                false,
                List.of(text(id, text))));
    }

    /** A voicemail of the queue, which the default owner of a listing hides. */
    private void shared(Instant when) {
        add(voicemailOf(company.queue(), Party.unknown(), when, true));
    }

    private Message voicemailOf(Extension extension, Party from, Instant when, boolean isShared) {
        long id = nextId();
        int seconds = 5 + random.nextInt(50);
        byte[] transcript = "It is me, please call back.".getBytes(StandardCharsets.UTF_8);
        List<Attachment> parts = List.of(
                new Attachment(id, "AudioRecording", "audio/x-wav", null, seconds, Samples.voicemail(id + "-" + id)),
                new Attachment(
                        part(4), "AudioTranscription", "text/plain", "transcription", seconds, Media.of(transcript)));
        List<Party> to = List.of(Party.inside(extension));
        return message(
                id, extension, "VoiceMail", "Inbound", when, "Received", "Voice message", from, to, 0, isShared, parts);
    }

    /** Attachment 1 of every fax: ids are unique within a message only. */
    private static Attachment fax(long id) {
        return new Attachment(1, "RenderedDocument", "application/pdf", "invoice.pdf", 0, Samples.fax(id + "-1"));
    }

    /** The text part has the id of its message. */
    private static Attachment text(long id, String text) {
        return new Attachment(id, "Text", "text/plain", null, 0, Media.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Message message(
            long id,
            Extension extension,
            String type,
            String direction,
            Instant when,
            String status,
            String subject,
            Party from,
            List<Party> to,
            long conversation,
            boolean isShared,
            List<Attachment> attachments) {
        int missing = volume.messages() - messages.size();
        String availability = missing > 0 && missing <= volume.deleted() ? "Deleted" : "Alive";
        return new Message(
                id, extension, type, direction, when, availability, status, subject, from, to, conversation, isShared,
                attachments);
    }

    private Message add(Message message) {
        if (messages.size() >= volume.messages()) {
            return null;
        }
        messages.add(message);
        return message;
    }

    private long nextId() {
        return 5_550_000_000_000L + ++serial;
    }

    private long part(int number) {
        return 8_880_000_000_000L + 10 * serial + number;
    }

    private long conversation() {
        return 7_612_345_678_901_234_000L + serial;
    }
}
