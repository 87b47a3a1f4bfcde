// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.time.Instant;
import java.util.function.Consumer;

/** From when to when a list goes, both ends in it, Gregorian seconds. */
record Range(long from, long to) {

    /** 31 days and an hour. */
    static final long DEFAULT_MAXIMUM = 2_682_000;

    /** 93 days and an hour: how far messages go back when nobody says since when. */
    static final long MESSAGES = 93 * 86_400L + 3_600;

    /**
     * What is asked, as the real server understands it: what is not a positive integer is taken for the default in silence.
     *
     * @param violations told of what no careful asker sends
     * @throws Refusal if it is longer than allowed, or ends before it begins
     */
    static Range of(Asked request, Instant now, long maximum, boolean messages, Consumer<String> violations) {
        Long askedFrom = bound(request, "created_from", violations);
        Long askedTo = bound(request, "created_to", violations);
        boolean bare = askedFrom == null && askedTo == null;
        if ((askedFrom == null || askedTo == null) && !(bare && messages)) {
            violations.accept("a list without both of its bounds: " + request);
        }
        long allowed = messages && askedFrom == null ? MESSAGES : maximum;
        long to = askedTo == null ? Gregorian.of(now) : askedTo;
        long from = askedFrom == null ? to - allowed : askedFrom;
        if (to < from) {
            throw refusal("created_to " + to + " is prior to created_from " + from, from);
        }
        if (to - from > allowed) {
            if (to - from > DEFAULT_MAXIMUM) {
                violations.accept("a window longer than 31 days and an hour: " + request);
            }
            throw refusal("created_to " + to + " is more than " + allowed + " seconds from created_from " + from, to);
        }
        return new Range(from, to);
    }

    /** Whether a document saved then, in that monthly database, is found: only databases between both ends are opened. */
    boolean finds(long created, String database) {
        String first = Gregorian.month(Gregorian.instant(from));
        String last = Gregorian.month(Gregorian.instant(to));
        return created >= from && created <= to && database.compareTo(first) >= 0 && database.compareTo(last) <= 0;
    }

    private static Long bound(Asked request, String name, Consumer<String> violations) {
        String value = request.parameter(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("[0-9]{1,15}") || Long.parseLong(value) <= 0) {
            violations.accept(name + " is no positive integer: " + request);
            return null;
        }
        if (Long.parseLong(value) < Gregorian.EPOCH || Long.parseLong(value) > 2 * Gregorian.EPOCH) {
            violations.accept(name + " is not in Gregorian seconds: " + request);
        }
        return Long.valueOf(value);
    }

    private static Refusal refusal(String message, long cause) {
        ObjectNode data = Json.object();
        data.putObject("created_from")
                .putObject("date_range")
                .put("message", message)
                .put("cause", cause);
        return new Refusal(Reply.error(400, "validation error", data));
    }
}
