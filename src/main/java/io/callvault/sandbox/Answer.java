// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes back: status, headers, a body, and how the body is delivered. Immutable.
 *
 * @param status 0 cuts the connection without a word
 * @param headers by name in lower case; {@code Content-Length} is not among them
 */
record Answer(int status, Map<String, String> headers, Body body, Delivery delivery) {

    static final String JSON = "application/json;charset=utf-8";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A body of known length that is written when it is sent, not before. */
    interface Body {
        long length();

        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * How the body travels.
     *
     * @param cutAfter bytes after which the connection is cut, or -1 to send all
     * @param isChunked whether the length is kept back
     * @param slice bytes sent at once, or 0 for no slices
     * @param pause after each slice
     */
    record Delivery(long cutAfter, boolean isChunked, int slice, Duration pause) {
        static final Delivery PLAIN = new Delivery(-1, false, 0, Duration.ZERO);
    }

    static Answer of(int status, String contentType, Body body) {
        return new Answer(status, Map.of(), body, Delivery.PLAIN).with("Content-Type", contentType);
    }

    static Answer of(int status, String contentType, String text) {
        return of(status, contentType, bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Answer json(int status, JsonNode node) {
        try {
            return of(status, JSON, bytes(MAPPER.writeValueAsBytes(node)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An error as the REST interface spells it: the first error once more at the top, with the same extra fields. */
    static Answer error(int status, String code, String message, String... extra) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("errorCode", code).put("message", message);
        for (int i = 0; i < extra.length; i += 2) {
            error.put(extra[i], extra[i + 1]);
        }
        ObjectNode body = error.deepCopy();
        body.putArray("errors").add(error);
        return json(status, body);
    }

    /** An error as the OAuth endpoints spell it. */
    static Answer oauthError(String error, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error).put("error_description", message);
        body.putArray("errors").addObject().put("errorCode", code).put("message", message);
        return json(400, body);
    }

    /** 204. */
    static Answer nothing() {
        return new Answer(204, Map.of(), bytes(new byte[0]), Delivery.PLAIN);
    }

    static Answer hungUp() {
        return new Answer(0, Map.of(), bytes(new byte[0]), Delivery.PLAIN);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header.toLowerCase(Locale.ROOT), value);
        return new Answer(status, more, body, delivery);
    }

    Answer without(String headerPrefix) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.keySet().removeIf(name -> name.startsWith(headerPrefix.toLowerCase(Locale.ROOT)));
        return new Answer(status, fewer, body, delivery);
    }

    Answer with(Delivery other) {
        return new Answer(status, headers, body, other);
    }

    /** The same headers before another body. */
    Answer with(int otherStatus, Body other) {
        return new Answer(otherStatus, headers, other, delivery);
    }

    static Body bytes(byte[] bytes) {
        return media(Media.of(bytes));
    }

    static Body media(Media media) {
        return part(media, 0, media.length());
    }

    static Body part(Media media, long offset, long count) {
        return new Body() {
            @Override
            public long length() {
                return count;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                media.write(out, offset, count);
            }
        };
    }
}
