// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back.
 *
 * @param announced Content-Length; more than the body's length makes a truncated answer, -1 sends chunks
 */
record Answer(int status, Map<String, String> headers, byte[] body, long announced) {

    private static final String PAGE = "<!DOCTYPE html>\n<html><head><title>%1$s</title></head><body><h1>%1$s</h1>"
            + "<p>The service is temporarily unavailable.</p></body></html>\n";

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body, body.length);
    }

    static Answer json(int status, JsonNode body) {
        return of(status, "application/json;charset=utf-8", Json.bytes(body));
    }

    static Answer html(int status, String contentType) {
        return of(status, contentType, PAGE.formatted("Service").getBytes(StandardCharsets.UTF_8));
    }

    /** The provider's error body: the first error is repeated at the top. */
    static Answer error(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.put("errorCode", code).put("message", message);
        body.putArray("errors").addObject().put("errorCode", code).put("message", message);
        return json(status, body);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, announced);
    }

    Answer announcing(long length) {
        return new Answer(status, headers, body, length);
    }
}
