// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.util.List;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param number counts from 1 over everything the look-alike was asked
 * @param kind what it is for, by the published operation it matched; {@code UNKNOWN} if none
 * @param parameters decoded query, in order of arrival
 * @param authorization the header as it came, or null
 * @param range the header as it came, or null
 */
record Seen(
        int number,
        String method,
        String path,
        Map<String, List<String>> parameters,
        Kind kind,
        String authorization,
        String contentType,
        String range,
        String body) {

    /** What a request is for. */
    enum Kind {
        TOKEN,
        SETTINGS,
        LIST,
        METADATA,
        CONTENT,
        DELETION,
        UNKNOWN
    }

    /** The first value, or null. */
    String parameter(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    /** The token after {@code Authorization: Bearer}, or null. */
    String bearer() {
        return authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7) : null;
    }

    /** What makes two requests the same. */
    String line() {
        return method + " " + path + " " + parameters;
    }

    @Override
    public String toString() {
        return number + " " + line() + (range == null ? "" : " " + range);
    }
}
