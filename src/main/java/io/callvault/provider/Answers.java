// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;

/** Makes an {@link Answer} of what Camel's HTTP step leaves in the message. */
public final class Answers {

    /** The answer, its body still on the wire. Its headers leave the message: what follows is not to take them for its own. */
    public Answer read(@Headers Map<String, Object> headers, @Body InputStream body) {
        Map<String, String> kept = new HashMap<>();
        headers.forEach((name, value) -> {
            if (value != null && !name.startsWith("Camel")) {
                kept.put(name, value.toString());
            }
        });
        int status = headers.get("CamelHttpResponseCode") instanceof Number code ? code.intValue() : 0;
        headers.clear();
        return new Answer(status, kept, body == null ? InputStream.nullInputStream() : body);
    }

    /** The body's bytes, read to the end. */
    public byte[] bytes(@Body Answer answer) throws java.io.IOException {
        try (InputStream in = answer.body()) {
            return in.readAllBytes();
        }
    }

    /**
     * What is kept of an answer.
     *
     * @param date the header of that name, as it came; null when there was none
     */
    public record Noted(String date, byte[] body) {}

    /** Date and body, read to the end. */
    public Noted note(@Body Answer answer) throws java.io.IOException {
        return new Noted(answer.header("Date"), bytes(answer));
    }
}
