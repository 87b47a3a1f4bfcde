// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param headers without a length
 * @param body bytes; null when there is a stream
 * @param stream read once, to its end; null when there are bytes
 */
public record Reply(int status, Map<String, String> headers, byte[] body, InputStream stream) {

    private static final byte[] NOTHING = {};

    static Reply page(int status, String html) {
        return bytes(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    static Reply text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Reply bytes(int status, String type, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", type), bytes, null);
    }

    static Reply stream(InputStream stream) {
        return new Reply(200, Map.of(), null, stream);
    }

    static Reply nothing(int status) {
        return new Reply(status, Map.of(), NOTHING, null);
    }

    /** See another page, with GET. */
    static Reply to(String path) {
        return nothing(303).with("Location", path);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, stream);
    }
}
