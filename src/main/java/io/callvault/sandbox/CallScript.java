// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Writes the call log of a world: a mixture of what a company's telephones do, so that even twenty calls have one of each
 * kind, with exactly so many calls and distinct recordings as asked for.
 */
final class CallScript {

    private final Company company;
    private final Instant now;
    private final Instant oldest;
    private final SplittableRandom random;
    private final Map<String, Recording> recordings;
    private final MessageScript messages;
    private final List<Call> calls = new ArrayList<>();
    private long serial;
    private int hostile;

    /** One kind of call: how many recordings and rows it makes, and how. */
    private record Kind(int recordings, int rows, Runnable script) {}

    CallScript(
            Company company,
            Instant now,
            Instant oldest,
            SplittableRandom random,
            Map<String, Recording> recordings,
            MessageScript messages) {
        this.company = company;
        this.now = now;
        this.oldest = oldest;
        this.random = random;
        this.recordings = recordings;
        this.messages = messages;
    }

    /** So many rows with so many distinct recordings, in no order. */
    List<Call> write(int rows, int recorded) {
        List<Kind> kinds = List.of(
                new Kind(1, 1, () -> answered(caller(), recording())),
                new Kind(2, 1, this::queued),
                new Kind(1, 1, () -> outbound(recording())),
                new Kind(0, 1, this::missed),
                new Kind(1, 2, this::transferred),
                new Kind(0, 1, this::voicemail),
                new Kind(1, 1, () -> answered(Party.unknown(), recording())),
                new Kind(0, 1, this::internal),
                new Kind(1, 1, () -> answered(Company.hostileCaller(hostile++), recording())),
                new Kind(0, 1, this::tooShort),
                new Kind(1, 1, this::recordedOnLegOnly),
                new Kind(0, 1, this::fax),
                new Kind(1, 1, () -> answered(Company.hostileCaller(hostile++), recording())),
                new Kind(0, 1, this::busy));
        Kind plain = new Kind(0, 1, () -> answered(caller(), null));
        Kind recordedPlain = kinds.get(0);
        Kind queued = kinds.get(1);
        IntSupplier rowsLeft = () -> rows - calls.size();
        IntSupplier recordingsLeft = () -> recorded - recordings.size();
        for (int turn = 0; rowsLeft.getAsInt() > 0; turn++) {
            Kind kind = kinds.get(turn % kinds.size());
            int rowsAfter = rowsLeft.getAsInt() - kind.rows();
            int recordingsAfter = recordingsLeft.getAsInt() - kind.recordings();
            if (rowsAfter < 0 || recordingsAfter < 0 || recordingsAfter > rowsAfter) {
                int missing = recordingsLeft.getAsInt();
                kind = missing > rowsLeft.getAsInt() ? queued : missing > 0 ? recordedPlain : plain;
            }
            kind.script().run();
        }
        return calls;
    }

    /** One more answered and recorded call, ended just before the given instant. */
    Call another(Instant end) {
        int seconds = 61;
        return call(end.minusSeconds(seconds), seconds * 1000L, "Inbound", "Phone Call", "Accepted")
                .between(caller(), Party.inside(company.user(0)), company.user(0))
                .recorded(recording())
                .write();
    }

    private Party caller() {
        return Company.caller(random);
    }

    private Extension someone() {
        return company.user(random.nextInt(Company.USERS));
    }

    private void answered(Party from, Recording recording) {
        Extension extension = someone();
        spoken("Inbound", "Phone Call", "Accepted")
                .between(from, Party.inside(extension), extension)
                .recorded(recording)
                .write();
    }

    private void outbound(Recording recording) {
        Extension extension = someone();
        spoken("Outbound", "VoIP Call", "Call connected")
                .between(Party.inside(extension), caller(), extension)
                .recorded(recording)
                .write();
    }

    private void internal() {
        Extension extension = someone();
        Extension other = company.user(company.extensions().indexOf(extension) + 1);
        spoken("Outbound", "VoIP Call", "Call connected")
                .between(Party.inside(extension), Party.inside(other), extension)
                .write();
    }

    private void missed() {
        Extension extension = someone();
        unanswered("Inbound", "Phone Call", "Missed")
                .between(caller(), Party.inside(extension), extension)
                .write();
    }

    private void busy() {
        unanswered("Outbound", "VoIP Call", "Busy")
                .between(Party.inside(company.former()), caller(), company.former())
                .write();
    }

    private void tooShort() {
        Extension extension = someone();
        unanswered("Inbound", "Phone Call", "Accepted")
                .between(caller(), Party.inside(extension), extension)
                .shortRecording()
                .write();
    }

    private void voicemail() {
        Extension extension = someone();
        Party from = caller();
        CallDraft draft = unanswered("Inbound", "Phone Call", "Voicemail").between(from, Party.inside(extension), extension);
        draft.message(messages.voicemail(extension, from, draft.start())).write();
    }

    private void fax() {
        Extension extension = someone();
        Party from = new Party(caller().number(), null, null, null);
        CallDraft draft = spoken("Inbound", "Incoming Fax", "Received").between(from, Party.inside(extension), extension);
        draft.fax().message(messages.faxIn(extension, from, draft.start())).write();
    }

    /** Rings in the queue, is answered by somebody whose leg has a recording of its own. */
    private void queued() {
        Extension agent = someone();
        Party from = caller();
        spoken("Inbound", "Phone Call", "Accepted")
                .between(from, Party.inside(company.queue()), company.queue())
                .recorded(recording())
                .leg(agent, recording())
                .write();
    }

    private void recordedOnLegOnly() {
        Extension agent = someone();
        spoken("Inbound", "Phone Call", "Accepted")
                .between(caller(), Party.inside(company.queue()), company.queue())
                .leg(agent, recording())
                .write();
    }

    /** Handed on: two rows of two sessions, and both name the same recording. */
    private void transferred() {
        Extension first = someone();
        Extension second = company.user(company.extensions().indexOf(first) + 2);
        Party from = caller();
        Recording shared = recording();
        CallDraft handedOn = spoken("Inbound", "Transfer", "Accepted")
                .between(from, Party.inside(second), second)
                .recorded(shared);
        call(handedOn.start().minusSeconds(20), 20_000, "Inbound", "Phone Call", "Accepted")
                .between(from, Party.inside(first), first)
                .recorded(shared)
                .transferTarget(telephonySession(handedOn.session()))
                .write();
        handedOn.write();
    }

    private Recording recording() {
        serial++;
        String id = Long.toString(9_900_000_000_000L + 1_000 * serial + random.nextInt(1_000));
        boolean wav = random.nextInt(5) == 0;
        Recording one = new Recording(id, random.nextInt(6) == 0, wav ? "audio/wav" : "audio/mpeg", 30 + random.nextInt(300));
        recordings.put(id, one);
        return one;
    }

    private CallDraft spoken(String direction, String action, String result) {
        return past(30_000 + random.nextInt(600_000), direction, action, result);
    }

    private CallDraft unanswered(String direction, String action, String result) {
        return past(2_000 + random.nextInt(26_000), direction, action, result);
    }

    /** Ended at least a quarter of an hour ago, so that nothing about it is still to change. */
    private CallDraft past(long millis, String direction, String action, String result) {
        Instant latest = now.minusMillis(millis).minus(Duration.ofMinutes(15));
        return call(Company.moment(random, oldest, latest), millis, direction, action, result);
    }

    private CallDraft call(Instant start, long millis, String direction, String action, String result) {
        boolean isWholeSecond = random.nextInt(5) == 0;
        Instant exact = start.truncatedTo(isWholeSecond ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
        long number = ++serial;
        String id = "C" + Long.toString(random.nextLong() >>> 1, 36) + number + (number % 2 == 0 ? "A" : "U");
        String session = Long.toString(4_503_000_000L + 1_000L * number + random.nextInt(1_000));
        return new CallDraft(id, session, exact, millis, direction, action, result, calls::add);
    }

    static String telephonySession(String session) {
        return "s-a1b2c3d4e5f60718z" + session + "z0000";
    }
}
