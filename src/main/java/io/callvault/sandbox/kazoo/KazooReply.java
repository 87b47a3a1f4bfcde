// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer.
 *
 * @param cutAfter bytes of the body after which the connection is cut; -1 for none
 */
public record KazooReply(int status, Map<String, String> headers, byte[] body, int cutAfter) {

    static KazooReply json(int status, String body) {
        return new KazooReply(
                status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8), -1);
    }

    static KazooReply error(int status, String message, String data) {
        return json(
                status,
                "{\"data\":%s,\"error\":\"%d\",\"message\":\"%s\",\"status\":\"error\",\"request_id\":\"r-1\"}"
                        .formatted(data, status, message));
    }

    /** A token that has run out, as 4.3 says it. */
    public static KazooReply tokenExpired() {
        return error(401, "invalid_credentials", "{\"message\":\"invalid credentials\"}");
    }

    /** A token that it never gave. */
    public static KazooReply tokenUnknown() {
        return error(401, "invalid credentials", "{}");
    }

    /** The bucket is empty; nothing says for how long. */
    public static KazooReply tooMany() {
        return error(429, "too_many_requests", "{\"message\":\"too many requests\"}");
    }

    public static KazooReply forbidden() {
        return error(403, "forbidden", "{\"message\":\"forbidden\"}");
    }

    /** What is unknown: a document, an account, a module that is not started. */
    public static KazooReply badIdentifier() {
        return error(404, "bad_identifier", "{\"message\":\"bad identifier\"}");
    }

    /** The database, or the storage where a binary was put, failed, and said why. */
    public static KazooReply datastoreFault() {
        return error(500, "datastore_fault", "{\"message\":\"unknown failure\",\"cause\":\"NoSuchBucket\"}");
    }

    public static KazooReply datastoreUnreachable() {
        return error(503, "datastore_unreachable", "{\"message\":\"datastore unreachable\"}");
    }

    /** Of what stands before Kazoo. */
    public static KazooReply gateway() {
        return new KazooReply(503, Map.of("Content-Type", "text/html"), "<html>503</html>".getBytes(StandardCharsets.UTF_8), -1);
    }

    /** 200 and nothing. */
    public static KazooReply nothing() {
        return new KazooReply(200, Map.of("Content-Type", "audio/mpeg"), new byte[0], -1);
    }

    public KazooReply with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new KazooReply(status, more, body, cutAfter);
    }

    /** The connection ends after so many bytes. */
    public KazooReply cut(int after) {
        return new KazooReply(status, headers, body, after);
    }
}
