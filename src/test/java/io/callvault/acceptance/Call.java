// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A call record, in the Detailed view; {@link #simple} takes away what only that view has. */
final class Call extends Row {

    private static final List<String> DETAILED_ONLY = List.of("legs", "billing", "lastModifiedTime");

    private final Company company;

    Call(Company company, String id, Instant start) {
        super(company, start, Json.object());
        this.company = company;
        String session = Long.toString(4503990000L + Math.floorMod(id.hashCode(), 1_000_000));
        edit(call -> {
            call.put("id", id);
            call.put("uri", company.url("call-log/" + id + "?view=Detailed"));
            call.put("sessionId", session);
            call.put("telephonySessionId", "s-" + session + "z19a2b3c4d5e60000");
            call.put("partyId", "p-" + session + "z19a2b3c4d5e60000-2");
            call.put("startTime", text(start)).put("duration", 184).put("durationMs", 184120);
            call.put("type", "Voice").put("internalType", "LongDistance").put("direction", "Inbound");
            call.put("action", "Phone Call").put("result", "Accepted").put("finished", true);
            call.putObject("from").put("phoneNumber", "+16505550142").put("name", "ACME DENTAL");
            call.putObject("to").put("phoneNumber", "+14155550100").put("name", "Robin Example");
            call.set("extension", company.extensionLink(company.firstExtension()));
            call.putObject("billing").put("costIncluded", 0.0).put("costPurchased", 0.0);
            call.put("lastModifiedTime", text(start.plusSeconds(190)));
            call.set("legs", leg(call, true));
        });
    }

    /** A recording on the record and on its master leg, as the provider shows it. */
    Call recorded(Media recording) {
        edit(call -> {
            call.set("recording", company.recordingLink(recording));
            ((ObjectNode) call.path("legs").path(0)).set("recording", company.recordingLink(recording));
        });
        return this;
    }

    /** A recording on a leg alone. */
    Call recordedOnLeg(Media recording) {
        edit(call -> {
            ObjectNode leg = (ObjectNode) leg(call, false).get(0);
            leg.set("recording", company.recordingLink(recording));
            call.withArray("legs").add(leg);
        });
        return this;
    }

    /** The provider forgets that it was recorded, as it does when the retention ends. */
    Call forgetsRecording() {
        edit(call -> {
            call.remove("recording");
            call.path("legs").forEach(leg -> ((ObjectNode) leg).remove("recording"));
        });
        return this;
    }

    /** Too short for a recording to be kept. */
    Call tooShortToKeep() {
        edit(call -> call.put("shortRecording", true).put("duration", 4).put("durationMs", 4100));
        return this;
    }

    Call inProgress() {
        edit(call -> call.put("finished", false).put("result", "In Progress").put("duration", 0));
        return this;
    }

    Call finished() {
        edit(call -> call.put("finished", true).put("result", "Accepted").put("duration", 95));
        return this;
    }

    Call fromCaller(String name, String number) {
        edit(call -> call.putObject("from").put("phoneNumber", number).put("name", name));
        return this;
    }

    Call toCaller(String name, String number) {
        edit(call -> call.putObject("to").put("phoneNumber", number).put("name", name));
        return this;
    }

    Call outbound() {
        edit(call -> call.put("direction", "Outbound"));
        return this;
    }

    Call without(String... fields) {
        edit(call -> call.remove(List.of(fields)));
        return this;
    }

    Call set(String field, String value) {
        edit(call -> call.put(field, value));
        return this;
    }

    Call setNumber(String field, long value) {
        edit(call -> call.put(field, value));
        return this;
    }

    /** It belongs to this extension. */
    Call of(String extension) {
        edit(call -> call.set("extension", company.extensionLink(extension)));
        return this;
    }

    /** Its recording was begun by hand. */
    Call onDemand() {
        edit(call -> call.findParents("recording")
                .forEach(holder -> ((ObjectNode) holder.path("recording")).put("type", "OnDemand")));
        return this;
    }

    static ObjectNode simple(ObjectNode detailed) {
        return detailed.deepCopy().without(DETAILED_ONLY);
    }

    private static com.fasterxml.jackson.databind.node.ArrayNode leg(ObjectNode call, boolean master) {
        ObjectNode leg = call.deepCopy();
        leg.remove(List.of("id", "uri", "sessionId", "legs", "recording", "billing", "lastModifiedTime", "finished"));
        leg.put("legType", master ? "Accept" : "SipForwarding");
        if (master) {
            leg.put("master", true);
        } else {
            leg.put("startTime", text(Instant.parse(call.path("startTime").asText()).plus(Duration.ofSeconds(14))));
        }
        return Json.object().putArray("legs").add(leg);
    }

    static String text(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
    }
}
