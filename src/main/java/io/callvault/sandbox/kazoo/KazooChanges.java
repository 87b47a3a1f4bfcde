// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Crossbar answers a request that deletes a document or, with the patch that was never merged, marks recordings. */
final class KazooChanges {

    private static final Pattern DOCUMENT =
            Pattern.compile("(recordings)/([^/]+)|(vmboxes)/[^/]+/messages/([^/]+)|(faxes/(?:inbox|outbox))/([^/]+)");

    private final KazooAccounts accounts;
    private volatile boolean isPatched;
    private volatile Consumer<String> removed = id -> {};

    KazooChanges(KazooAccounts accounts) {
        this.accounts = accounts;
    }

    void patched() {
        isPatched = true;
    }

    void onRemoval(Consumer<String> told) {
        removed = told;
    }

    KazooReply answer(KazooRequest request, byte[] body) {
        Matcher path = DOCUMENT.matcher(request.rest());
        if (!path.matches() || (request.method().equals("PATCH") && !isPatched)) {
            return KazooReply.error(405, "invalid_method", "{}");
        }
        if (request.method().equals("PATCH")) {
            return mark(request, path, body);
        }
        String id = Arrays.asList(path.group(2), path.group(4), path.group(6)).stream()
                .filter(each -> each != null)
                .findFirst()
                .orElseThrow();
        KazooDocument document = document(request.account(), id);
        if (document == null) {
            return unknown(id);
        }
        accounts.remove(request.account(), id);
        removed.accept(id);
        ObjectNode gone = document.row().deepCopy();
        gone.putObject("_read_only").put("deleted", true);
        return KazooReply.json(200, "{\"data\":" + gone + ",\"status\":\"success\"}");
    }

    private KazooReply mark(KazooRequest request, Matcher path, byte[] body) {
        JsonNode data;
        try {
            data = KazooAccounts.MAPPER.readTree(body).path("data");
        } catch (IOException e) {
            return KazooReply.error(400, "parse_error", "{}");
        }
        String id = path.group(2);
        if (id == null || !data.path("soft_delete").isObject()) {
            return KazooReply.error(400, "validation error", "{}");
        }
        if (!id.equals("collection")) {
            return document(request.account(), id) == null
                    ? unknown(id)
                    : KazooReply.json(200, "{\"data\":" + marked(request, id, data) + ",\"status\":\"success\"}");
        }
        if (!data.path("recordings").isArray() || data.path("recordings").isEmpty()) {
            return KazooReply.error(400, "validation error", "{}");
        }
        ObjectNode answer = KazooAccounts.MAPPER.createObjectNode();
        ObjectNode success = answer.putObject("success");
        ObjectNode failure = answer.putObject("failure");
        for (JsonNode each : data.path("recordings")) {
            if (document(request.account(), each.asText()) == null) {
                failure.putObject(each.asText()).put("code", 404).put("message", "bad identifier");
            } else {
                success.set(each.asText(), marked(request, each.asText(), data));
            }
        }
        return KazooReply.json(200, "{\"data\":" + answer + ",\"status\":\"success\"}");
    }

    private ObjectNode marked(KazooRequest request, String id, JsonNode data) {
        accounts.row(request.account(), id, row -> row.set("soft_delete", data.path("soft_delete")));
        removed.accept(id);
        return document(request.account(), id).row();
    }

    private KazooDocument document(String account, String id) {
        return accounts.documents(account).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static KazooReply unknown(String id) {
        return KazooReply.error(404, "bad_identifier", "{\"message\":\"bad identifier\",\"cause\":\"" + id + "\"}");
    }
}
