// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.callvault.json.ExactJson;
import java.time.Instant;

/** One row, read leniently: a member that is missing, empty or of another kind is null. */
record Row(String raw, JsonNode json) {

    static Row of(String raw) {
        try {
            return new Row(raw, ExactJson.MAPPER.readTree(raw));
        } catch (JsonProcessingException e) {
            return new Row(raw, MissingNode.getInstance());
        }
    }

    String text(String name) {
        return text(json.path(name));
    }

    static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }

    /** The first of these members that says a time. */
    Instant time(String... names) {
        for (String name : names) {
            Instant instant = Gregorian.instant(json.path(name));
            if (instant != null) {
                return instant;
            }
        }
        return null;
    }

    /** A number, or what stands before the {@code @} of an address. */
    String party(String number, String address) {
        String said = text(number);
        String uri = said == null ? text(address) : null;
        return uri == null ? said : uri.split("@", 2)[0];
    }

    /** Why it cannot be read; null for a row with this id. */
    String unreadable(String id) {
        if (!json.isObject()) {
            return "not a JSON object";
        }
        return id == null ? "no id" : null;
    }

    /** An id for a row that has none: made of its bytes, so that the same row has the same again. */
    String madeUpId() {
        return "unreadable-" + ExactJson.sha256(raw).substring(0, 16);
    }
}
