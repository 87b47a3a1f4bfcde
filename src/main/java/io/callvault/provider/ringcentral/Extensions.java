// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.model.Part;
import io.callvault.model.PartsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The extensions of an account, of all types and in all states: a disabled one's messages are there until it is deleted
 * (API reference, "Get extension list"; its types are those of the schema).
 */
final class Extensions {

    /** Types with a mailbox: a refusal means that there are messages which cannot be seen. */
    private static final Set<String> MAILBOXES = Set.of(
            "User", "DigitalUser", "VirtualUser", "FlexibleUser", "FaxUser", "Limited", "Department", "Voicemail");

    /** Menus, and numbers that only lead elsewhere: nobody can leave a message there. They are not asked. */
    private static final Set<String> NONE = Set.of("IvrMenu", "ParkLocation", "PagingOnly", "GroupCallPickup");

    /**
     * Types of which no document says whether they have a mailbox, nor how those without one answer. They are asked, and
     * believed when they refuse.
     */
    private static final Set<String> PERHAPS = Set.of(
            "Announcement",
            "ApplicationExtension",
            "Bot",
            "DelegatedLinesGroup",
            "ProxyAdmin",
            "Room",
            "RoomConnector",
            "SharedLinesGroup",
            "Site",
            "TieLine");

    /** Path and query of the first page. Without a filter for type or state the list has all of them. */
    String firstPage() {
        return "/restapi/v1.0/account/~/extension?perPage=" + Rows.PER_PAGE + "&page=1";
    }

    /** @param ofMailboxes true for messages, false for calls, which any extension may have */
    PartsPage read(RingCentralAccount account, boolean ofMailboxes, byte[] body) {
        Rows page = Rows.of(account, body, "extensions");
        List<Part> parts = new ArrayList<>();
        for (String raw : page.rows()) {
            JsonNode extension = Rows.json(raw);
            String id = Rows.text(extension.path("id"));
            String type = extension.path("type").asText();
            if (id != null && !(ofMailboxes && NONE.contains(type))) {
                parts.add(new Part(id, holdsNothing(type, extension.path("status").asText())));
            }
        }
        return new PartsPage(parts, page.next(), page.refusedNext());
    }

    /** Which refusals say that there is no mailbox, or no call log, rather than one that cannot be seen. */
    private static Set<Integer> holdsNothing(String type, String status) {
        if (PERHAPS.contains(type) || NONE.contains(type) || status.equals("Unassigned")) {
            return Set.of(403, 404);
        }
        // One of a type that is new may hold messages: that it is forbidden is told.
        return MAILBOXES.contains(type) ? Set.of() : Set.of(404);
    }
}
