// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back.
 *
 * @param announced Content-Length; more than the body's length makes a truncated answer, -1 sends chunks
 */
record Reply(int status, Map<String, String> headers, byte[] body, long announced) {

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body, body.length);
    }

    static Reply json(int status, JsonNode body) {
        return of(status, "application/json", Json.bytes(body));
    }

    /** From something before the server, or said to be something else. */
    static Reply page(int status, String contentType) {
        String page = "<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n";
        return of(status, contentType, page.getBytes(StandardCharsets.UTF_8));
    }

    /** The error envelope: the status as a string, a symbolic message, what is known of it. */
    static Reply error(int status, String message, JsonNode data) {
        ObjectNode body = Json.object();
        body.set("data", data);
        body.put("error", Integer.toString(status)).put("message", message).put("status", "error");
        return json(status, body.put("request_id", "r-" + status).put("node", "n1"));
    }

    static Reply error(int status, String message, String text) {
        return error(status, message, Json.object().put("message", text));
    }

    /** An unknown id, an unknown path, a module that is not started. */
    static Reply badIdentifier(String id) {
        return error(404, "bad_identifier", Json.object().put("message", "bad identifier").put("cause", id));
    }

    /** What any failure of the datastore or of a storage provider becomes when it has a reason. */
    static Reply datastoreFault(String cause) {
        return error(500, "datastore_fault", Json.object().put("message", "unknown failure").put("cause", cause));
    }

    static Reply unreachable() {
        return error(503, "datastore_unreachable", "datastore unreachable");
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, announced);
    }

    /** Announces all and sends a share of it. */
    Reply cut(double share) {
        return new Reply(status, headers, Arrays.copyOf(body, (int) (body.length * share)), announced);
    }

    Reply chunked() {
        return new Reply(status, headers, body, -1);
    }
}
