// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import io.callvault.provider.Probe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One request for each permission of the guide's table that the feeds need (API reference, "Required permissions"). */
final class RingCentralProbes {

    private static final String ACCOUNT = "/restapi/v1.0/account/~";
    private static final String SELF = ACCOUNT + "/extension/~";

    private RingCentralProbes() {}

    static List<Probe> of(Collection<String> feeds) {
        List<Probe> probes = new ArrayList<>();
        probes.add(new Probe("read the facts of its own user", "light", SELF));
        if (feeds.contains("calls")) {
            probes.add(new Probe(
                    "list the company's calls", "heavy", ACCOUNT + "/call-log?view=Simple&perPage=1&page=1"));
            // Whether recordings may be heard shows at a recording alone; the user's half of it can be asked for.
            probes.add(new Probe(
                    "ask whether its user may hear recordings",
                    "light",
                    SELF + "/authz-profile/check?permissionId=ReadCallRecording",
                    RingCentralProbes::refused));
        }
        if (feeds.contains("messages")) {
            probes.add(new Probe("list the extensions", "medium", ACCOUNT + "/extension?perPage=1&page=1"));
            probes.add(new Probe("list its own messages", "light", SELF + "/message-store?perPage=1&page=1"));
        }
        return probes;
    }

    private static String refused(byte[] body) {
        return Rows.json(new String(body, StandardCharsets.UTF_8)).path("successful").asBoolean(true)
                ? null
                : "RingCentral says that the user of the JWT may not hear recordings: give its role the permission"
                        + " ReadCallRecording (\"Call Recordings\")";
    }
}
