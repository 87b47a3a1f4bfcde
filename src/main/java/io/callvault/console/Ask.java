// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request.
 *
 * @param method in upper case
 * @param path as sent, without the query; its pieces are still encoded
 * @param query the first value of each parameter
 * @param headers by their names in lower case, the first value of each
 * @param form of a form that was sent, the first value of each field
 * @param address where it came from
 */
public record Ask(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Map<String, String> form,
        String address) {

    public Ask {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        form = Map.copyOf(form);
    }

    /**
     * @param uri path and query as sent
     * @param headers by their names in lower case
     */
    public static Ask of(String method, String uri, Map<String, String> headers, Map<String, String> form, String address) {
        int mark = uri.indexOf('?');
        return new Ask(
                method,
                mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? Map.of() : parameters(uri.substring(mark + 1)),
                headers,
                form,
                address);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : query.split("&")) {
            int equals = each.indexOf('=');
            parameters.putIfAbsent(
                    decoded(equals < 0 ? each : each.substring(0, equals)),
                    equals < 0 ? "" : decoded(each.substring(equals + 1)));
        }
        return parameters;
    }

    /** The pieces of the path, decoded. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        for (String each : path.split("/")) {
            if (!each.isEmpty()) {
                pieces.add(decoded(each.replace("+", "%2B")));
            }
        }
        return pieces;
    }

    /** A parameter of the query; empty when there is none. */
    String parameter(String name) {
        return query.getOrDefault(name, "").strip();
    }

    /** Null when there is none. */
    String header(String name) {
        return headers.get(name);
    }

    /** A cookie; null when there is none. */
    String cookie(String name) {
        for (String each : headers.getOrDefault("cookie", "").split(";")) {
            if (each.strip().startsWith(name + "=")) {
                return each.strip().substring(name.length() + 1);
            }
        }
        return null;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
