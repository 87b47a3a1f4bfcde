// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.json.ExactJson;
import io.callvault.model.ReleaseMode;
import io.callvault.provider.Inquiry;
import io.callvault.provider.Probe;
import io.callvault.provider.Removable;
import io.callvault.provider.Removal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What RingCentral gives up: recordings by their ids, up to a hundred in a request (API reference, "Delete call
 * recordings"), messages one by one (API reference, "Delete message"). Neither is ever asked for by a filter: a deletion of
 * messages that names none deletes them all.
 */
final class RingCentralRemovals {

    private static final String ACCOUNT = "/restapi/v1.0/account/~";
    private static final String SELF = ACCOUNT + "/extension/~";

    /** The most recordings that one request may name (API reference, "Delete call recordings"). */
    static final int RECORDINGS = 100;

    private RingCentralRemovals() {}

    static Removal recordings(List<Removable> things) {
        ObjectNode body = ExactJson.MAPPER.createObjectNode();
        ArrayNode ids = body.putArray("records");
        things.forEach(thing -> ids.add(thing.id()));
        String which = things.size() == 1 ? things.get(0).item() : things.size() + " recordings";
        return new Removal(
                "delete " + which, "heavy", "DELETE", ACCOUNT + "/call-recordings", body.toString(), null);
    }

    /**
     * The first deletion of a message makes it a deleted one, the second purges it. So one that is only to be deleted is
     * looked at before; one that is to go for good is purged at once.
     */
    static Removal message(ReleaseMode mode, Removable thing) {
        String address = ACCOUNT + "/extension/" + (thing.extension() == null ? "~" : Rows.encode(thing.extension()))
                + "/message-store/" + Rows.encode(thing.recordId());
        boolean isSoft = mode == ReleaseMode.SOFT_DELETE;
        Inquiry look = isSoft
                ? new Inquiry("message", "look at message " + thing.recordId() + " before it is deleted", "light", address)
                : null;
        return new Removal(
                "delete message " + thing.recordId(),
                "medium",
                "DELETE",
                isSoft ? address : address + "?purge=true",
                null,
                look);
    }

    /** Whether a message is deleted or purged already. */
    static boolean isDeleted(byte[] message) {
        String availability = Rows.json(new String(message, StandardCharsets.UTF_8)).path("availability").asText("");
        return availability.equals("Deleted") || availability.equals("Purged");
    }

    /** The user's half of what recordings take can be asked for; the application's shows when it is used. */
    static List<Probe> probes(Collection<String> feeds) {
        List<Probe> probes = new ArrayList<>();
        if (feeds.contains("calls")) {
            probes.add(new Probe(
                    "ask whether its user may delete recordings",
                    "light",
                    SELF + "/authz-profile/check?permissionId=EditCompanyCallRecordings",
                    body -> Rows.json(new String(body, StandardCharsets.UTF_8))
                                    .path("successful")
                                    .asBoolean(true)
                            ? null
                            : "RingCentral says that the user of the JWT may not delete recordings, which release needs:"
                                    + " give its role the permission EditCompanyCallRecordings"));
        }
        return probes;
    }

    static String needs(Collection<String> feeds) {
        List<String> needs = new ArrayList<>();
        if (feeds.contains("calls")) {
            needs.add("the app permission EditCallLog and the user permission EditCompanyCallRecordings for recordings");
        }
        if (feeds.contains("messages")) {
            needs.add("the app permission EditMessages, and a user who may edit everybody's, for messages");
        }
        return "release needs " + String.join("; ", needs)
                + ". RingCentral says only when something is deleted whether the app has them";
    }
}
