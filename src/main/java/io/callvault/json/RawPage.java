// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A listing's page: the elements of one array as the bytes they were, everything else as a tree.
 *
 * @param elements each element of the array, without insignificant white space
 * @param rest the object's other members by name
 */
public record RawPage(List<String> elements, Map<String, JsonNode> rest) {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(10_000)
                    .maxStringLength(50_000_000)
                    .build())
            .build();

    /**
     * Cuts a page.
     *
     * @param array name of the member that holds the elements
     * @throws IOException if the body is not one JSON object that holds such an array
     */
    public static RawPage cut(byte[] body, String array) throws IOException {
        List<String> elements = null;
        Map<String, JsonNode> rest = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(body)) {
            parser.setCodec(ExactJson.MAPPER);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(array) && value == JsonToken.START_ARRAY) {
                    elements = elements(parser, body);
                } else {
                    rest.put(name, parser.readValueAsTree());
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
        }
        if (elements == null) {
            throw new IOException("no array \"" + array + "\"");
        }
        return new RawPage(elements, rest);
    }

    /** A member beside the array; a missing node when it is absent. */
    public JsonNode member(String name) {
        return rest.getOrDefault(name, MissingNode.getInstance());
    }

    private static List<String> elements(JsonParser parser, byte[] body) throws IOException {
        List<String> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            // A scalar is read lazily: finishing it moves the parser to its end.
            parser.finishToken();
            int end = (int) parser.currentLocation().getByteOffset();
            elements.add(compact(body, start, end));
        }
        return elements;
    }

    /** Drops white space outside strings; changes nothing else. */
    private static String compact(byte[] body, int start, int end) {
        byte[] kept = null; // null as long as nothing was dropped
        int length = 0;
        boolean inString = false;
        for (int i = start; i < end; i++) {
            byte b = body[i];
            boolean isKept = true;
            if (inString) {
                if (b == '\\' && i + 1 < end) {
                    if (kept != null) {
                        kept[length] = b;
                    }
                    length++;
                    b = body[++i];
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else {
                isKept = b != ' ' && b != '\n' && b != '\r' && b != '\t';
            }
            if (!isKept && kept == null) {
                kept = new byte[end - start];
                System.arraycopy(body, start, kept, 0, length);
            } else if (isKept) {
                if (kept != null) {
                    kept[length] = b;
                }
                length++;
            }
        }
        return kept == null
                ? new String(body, start, length, StandardCharsets.UTF_8)
                : new String(kept, 0, length, StandardCharsets.UTF_8);
    }
}
