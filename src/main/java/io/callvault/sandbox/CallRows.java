// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Writes rows of the call log (RingCentral OpenAPI document, schema CallLogRecord, read 2026-08). */
record CallRows(Addresses addresses, World world) {

    ObjectNode simple(Call call) {
        return row(call, "Simple");
    }

    /** With legs, billing and the time of the last change; the first leg mirrors the row and is the master. */
    ObjectNode detailed(Call call) {
        ObjectNode row = row(call, "Detailed");
        row.put("transport", call.direction().equals("Inbound") ? "PSTN" : "VoIP");
        row.put("finished", true);
        row.put("lastModifiedTime", call.lastModified().toString());
        row.putObject("billing").put("costIncluded", 0.0).put("costPurchased", 0.0);
        ArrayNode legs = row.putArray("legs");
        ObjectNode master = legs.addObject().put("legType", "Accept").put("master", true);
        common(master, call);
        party(master, "from", call.from(), false);
        party(master, "to", call.to(), false);
        extension(master, call.extension());
        recording(master, call.recording());
        int number = 3;
        for (Call.Leg leg : call.legs()) {
            legs.add(leg(call, leg, number++));
        }
        return row;
    }

    private ObjectNode row(Call call, String view) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("id", call.id());
        row.put("uri", addresses.call(call.id(), view));
        row.put("sessionId", call.session());
        common(row, call);
        party(row, "from", call.from(), call.from() != null && call.from().extension() != null);
        party(row, "to", call.to(), true);
        extension(row, call.extension());
        recording(row, call.recording());
        if (call.shortRecording()) {
            row.put("shortRecording", true);
        }
        if (call.message() != null) {
            row.putObject("message")
                    .put("id", Long.toString(call.message().id()))
                    .put("type", call.message().type())
                    .put("uri", addresses.message(call.message()));
        }
        if (call.transferTarget() != null) {
            row.putObject("transferTarget").put("telephonySessionId", call.transferTarget());
        }
        return row;
    }

    private static void common(ObjectNode row, Call call) {
        String session = CallScript.telephonySession(call.session());
        row.put("telephonySessionId", session);
        row.put("partyId", "p" + session.substring(1) + "-1");
        time(row, call.start(), call.durationMs());
        row.put("type", call.type());
        row.put("internalType", call.direction().equals("Inbound") ? "LongDistance" : "Local");
        row.put("direction", call.direction());
        row.put("action", call.action());
        row.put("result", call.result());
    }

    private ObjectNode leg(Call call, Call.Leg leg, int number) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("legType", leg.type());
        time(row, leg.start(), leg.durationMs());
        row.put("type", call.type());
        row.put("direction", call.direction());
        row.put("action", leg.action());
        row.put("result", leg.result());
        row.put("transport", "VoIP");
        String session = CallScript.telephonySession(call.session());
        row.put("telephonySessionId", session);
        row.put("partyId", "p" + session.substring(1) + "-" + number);
        party(row, "from", leg.from(), false);
        party(row, "to", leg.to(), true);
        extension(row, leg.extension());
        recording(row, leg.recording());
        return row;
    }

    private static void time(ObjectNode row, Instant start, long durationMs) {
        row.put("startTime", start.toString());
        row.put("duration", durationMs / 1000);
        row.put("durationMs", durationMs);
    }

    static void party(ObjectNode row, String name, Party party, boolean withExtension) {
        if (party == null) {
            return;
        }
        ObjectNode node = row.putObject(name);
        put(node, "phoneNumber", party.number());
        put(node, "name", party.name());
        put(node, "location", party.location());
        if (withExtension && party.extension() != null) {
            put(node, "extensionNumber", party.extension().number());
            node.put("extensionId", Long.toString(party.extension().id()));
        }
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private void extension(ObjectNode row, Extension extension) {
        row.putObject("extension").put("id", extension.id()).put("uri", addresses.extension(extension.id()));
    }

    private void recording(ObjectNode row, Recording recording) {
        if (recording != null && world.recording(recording.id()) != null) { // of one that was deleted the row says nothing
            row.putObject("recording")
                    .put("id", recording.id())
                    .put("type", recording.onDemand() ? "OnDemand" : "Automatic")
                    .put("uri", addresses.recording(recording.id()))
                    .put("contentUri", addresses.content(recording.id()));
        }
    }
}
