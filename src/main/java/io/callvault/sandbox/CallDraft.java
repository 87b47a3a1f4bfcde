// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A call being written; {@link #write} hands it over. */
final class CallDraft {
    private final String id;
    private final String session;
    private final Instant start;
    private final long millis;
    private final String direction;
    private final String action;
    private final String result;
    private final Consumer<Call> written;
    private final List<Call.Leg> legs = new ArrayList<>();
    private String type = "Voice";
    private Party from;
    private Party to;
    private Extension extension;
    private Recording recording;
    private boolean isShort;
    private Message message;
    private String transferTarget;

    CallDraft(
            String id,
            String session,
            Instant start,
            long millis,
            String direction,
            String action,
            String result,
            Consumer<Call> written) {
        this.id = id;
        this.session = session;
        this.start = start;
        this.millis = millis;
        this.direction = direction;
        this.action = action;
        this.result = result;
        this.written = written;
    }

    Instant start() {
        return start;
    }

    String session() {
        return session;
    }

    CallDraft fax() {
        this.type = "Fax";
        return this;
    }

    CallDraft between(Party from, Party to, Extension extension) {
        this.from = from;
        this.to = to;
        this.extension = extension;
        return this;
    }

    CallDraft recorded(Recording recording) {
        this.recording = recording;
        return this;
    }

    CallDraft shortRecording() {
        this.isShort = true;
        return this;
    }

    CallDraft message(Message message) {
        this.message = message;
        return this;
    }

    CallDraft transferTarget(String session) {
        this.transferTarget = session;
        return this;
    }

    /** Somebody else answers fourteen seconds later, with a recording of their own. */
    CallDraft leg(Extension agent, Recording recording) {
        legs.add(new Call.Leg(
                "SipForwarding",
                start.plusMillis(14_003),
                millis - 14_003,
                "VoIP Call",
                "Accepted",
                from == null ? null : new Party(from.number(), null, null, null),
                Party.inside(agent),
                agent,
                recording));
        return this;
    }

    Call write() {
        Call call = new Call(
                id,
                session,
                start,
                millis,
                type,
                direction,
                action,
                result,
                from,
                to,
                extension,
                recording,
                isShort,
                message,
                transferTarget,
                List.copyOf(legs));
        written.accept(call);
        return call;
    }
}
