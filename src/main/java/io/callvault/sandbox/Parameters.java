// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** The query of a request, read as strictly as the provider reads it. */
final class Parameters {

    /** A closed span of time; both ends belong to it. */
    record Span(Instant from, Instant to) {
        boolean contains(Instant instant) {
            return !instant.isBefore(from) && !instant.isAfter(to);
        }
    }

    private final Map<String, List<String>> query;
    private final Instant now;

    Parameters(Request request) {
        this.query = request.query();
        this.now = request.at();
    }

    /** Null when absent. */
    String one(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    String oneOf(String name, String otherwise, String... allowed) throws Refusal {
        String value = one(name);
        if (value == null) {
            return otherwise;
        }
        if (!List.of(allowed).contains(value)) {
            throw Refusal.badParameter(name, value);
        }
        return value;
    }

    /** Repeated keys; values joined by commas are refused. Empty means that nothing was asked for. */
    List<String> several(String name, String... allowed) throws Refusal {
        List<String> values = query.getOrDefault(name, List.of());
        for (String value : values) {
            if (!List.of(allowed).contains(value)) {
                throw Refusal.badParameter(name, value);
            }
        }
        return values;
    }

    boolean flag(String name) throws Refusal {
        return oneOf(name, "false", "true", "false", "True", "False", "1", "0").matches("(?i)true|1");
    }

    int number(String name, int otherwise, int largest) throws Refusal {
        String value = one(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > largest) {
            throw Refusal.badParameter(name, value);
        }
        return Integer.parseInt(value);
    }

    /** More than a page can have is silently cut down. */
    int perPage(int cap) throws Refusal {
        if ("max".equals(one("perPage"))) {
            return cap;
        }
        return Math.min(cap, number("perPage", 100, Integer.MAX_VALUE));
    }

    /** {@code dateTo} is now and {@code dateFrom} a day before it, unless given. */
    Span span() throws Refusal {
        Instant to = instant("dateTo", now);
        Instant from = instant("dateFrom", to.minus(Duration.ofHours(24)));
        if (from.isAfter(to)) {
            throw Refusal.badParameter("dateFrom", one("dateFrom"));
        }
        return new Span(from, to);
    }

    private Instant instant(String name, Instant otherwise) throws Refusal {
        String value = one(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badParameter(name, value);
        }
    }
}
