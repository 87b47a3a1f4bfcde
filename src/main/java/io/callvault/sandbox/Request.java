// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A request on its way through the sandbox, with what has been found out about it so far. */
final class Request {

    private final Door door;
    private final String method;
    private final String path;
    private final String rawQuery;
    private final UnaryOperator<String> headers;
    private final byte[] body;
    private final Instant at;
    private final Map<String, List<String>> query;
    private Token token;
    private String range;
    private boolean isRangeReplaced;
    private Budget budget;
    private Budget.Verdict verdict;
    private List<String> captures = List.of();
    private List<String> unknownParameters = List.of();

    /** @param headers gives the first value of a header, or null */
    Request(
            Door door,
            String method,
            String path,
            String rawQuery,
            UnaryOperator<String> headers,
            byte[] body,
            Instant at) {
        this.door = door;
        this.method = method;
        this.path = path;
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
        this.at = at;
        this.query = decoded(rawQuery);
    }

    Door door() {
        return door;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** As it came, or null. */
    String rawQuery() {
        return rawQuery;
    }

    String header(String name) {
        return headers.apply(name);
    }

    /** The header of that name, unless a fault has put something else in its place. Null when there is none. */
    String range() {
        return isRangeReplaced ? range : header("Range");
    }

    void range(String other) {
        this.range = other;
        this.isRangeReplaced = true;
    }

    Instant at() {
        return at;
    }

    Map<String, List<String>> query() {
        return query;
    }

    Map<String, List<String>> form() {
        return decoded(new String(body, StandardCharsets.UTF_8));
    }

    /** The body; a missing node when it is no JSON. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Null before it is known, and where none is needed. */
    Token token() {
        return token;
    }

    void token(Token found) {
        this.token = found;
    }

    Budget budget() {
        return budget;
    }

    /** Null where nothing is counted. */
    Budget.Verdict verdict() {
        return verdict;
    }

    void count(Budget of) {
        this.budget = of;
        this.verdict = of.ask(at);
    }

    void verdict(Budget.Verdict other) {
        this.verdict = other;
    }

    /** The part of the path that stands at the n-th wildcard of the route. */
    String capture(int number) {
        return captures.get(number);
    }

    void captures(List<String> parts) {
        this.captures = parts;
    }

    List<String> unknownParameters() {
        return unknownParameters;
    }

    void unknownParameters(List<String> names) {
        this.unknownParameters = names;
    }

    private static Map<String, List<String>> decoded(String text) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            all.computeIfAbsent(plain(name), any -> new ArrayList<>()).add(plain(value));
        }
        return all;
    }

    private static String plain(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
