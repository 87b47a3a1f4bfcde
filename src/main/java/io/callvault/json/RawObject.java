// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A JSON object one of whose members is wanted as the bytes it was, everything else as a tree.
 *
 * @param raw the member's value as it stands; null when the object has no such member
 * @param rest the other members by name
 */
public record RawObject(String raw, Map<String, JsonNode> rest) {

    /**
     * Cuts an object.
     *
     * @param member name of the member that is kept raw
     * @throws IOException if the bytes are not one JSON object
     */
    public static RawObject cut(byte[] json, String member) throws IOException {
        String raw = null;
        Map<String, JsonNode> rest = new HashMap<>();
        try (JsonParser parser = RawPage.FACTORY.createParser(json)) {
            parser.setCodec(ExactJson.MAPPER);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(member)) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    int end = (int) parser.currentLocation().getByteOffset();
                    raw = new String(Arrays.copyOfRange(json, start, end), StandardCharsets.UTF_8);
                } else {
                    rest.put(name, parser.readValueAsTree());
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
        }
        return new RawObject(raw, rest);
    }

    /** Another member; a missing node when it is absent. */
    public JsonNode member(String name) {
        return rest.getOrDefault(name, MissingNode.getInstance());
    }

    /** Another member's text; null when it is absent or null. */
    public String text(String name) {
        return member(name).asText(null);
    }
}
