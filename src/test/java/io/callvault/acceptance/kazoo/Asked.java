// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param number counts from 1 over everything the server was asked
 * @param parameters decoded query, in order of arrival
 * @param headers by lower-case name, the first value of each
 * @param kind what it is for; {@code UNKNOWN} if no operation matches
 * @param account the account in the path, or null
 */
record Asked(
        int number,
        Instant at,
        String method,
        String path,
        Map<String, List<String>> parameters,
        Map<String, String> headers,
        String body,
        Kind kind,
        String account) {

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

    Asked of(Kind other) {
        return new Asked(number, at, method, path, parameters, headers, body, other, account);
    }

    /** The first value, or null. */
    String parameter(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    boolean is(String name, String value) {
        return value.equals(parameter(name));
    }

    /** What makes two requests the same. */
    String line() {
        return method + " " + path + " " + parameters;
    }

    @Override
    public String toString() {
        String range = headers.get("range");
        return number + " " + line() + (range == null ? "" : " " + range);
    }
}
