// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The provider's budgets: a sliding window for each user and group, and a penalty that every further request restarts. */
final class RateGroups {

    enum Group {
        LIGHT,
        MEDIUM,
        HEAVY,
        AUTH,
        NONE;

        String header() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a user may ask of a group, and how long nobody may ask after one request too many. */
    record Limit(int requests, Duration window, Duration penalty) {}

    /** @param refused 429 is due; {@code retryAfter} then is what to say */
    record Verdict(boolean refused, Limit limit, int remaining, Duration retryAfter) {}

    /** A refused client may have had other requests on the way. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(400);

    private static final class Counter {
        final Deque<Instant> asked = new ArrayDeque<>();
        Instant penaltyBegan = Instant.MIN;
        Instant penaltyEnds = Instant.MIN;
    }

    private final Clock clock;
    private final Map<Group, Limit> limits = new EnumMap<>(Group.class);
    private final Map<Group, Integer> storms = new EnumMap<>(Group.class);
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<Group, List<Instant>> accepted = new EnumMap<>(Group.class);
    private int refused;
    private int intoPenalty;

    RateGroups(Clock clock) {
        this.clock = clock;
        for (Group group : Group.values()) {
            limits.put(group, new Limit(1_000_000, Duration.ofSeconds(60), Duration.ofSeconds(60)));
        }
    }

    synchronized void limit(Group group, int requests, Duration window, Duration penalty) {
        limits.put(group, new Limit(requests, window, penalty));
    }

    /** The next requests to the group outside a penalty are refused, whatever was asked before. */
    synchronized void storm(Group group, int requests) {
        storms.put(group, requests);
    }

    synchronized Verdict ask(String user, Group group) {
        Limit limit = limits.get(group);
        if (group == Group.NONE) {
            return new Verdict(false, limit, limit.requests(), Duration.ZERO);
        }
        Counter counter = counters.computeIfAbsent(user + "/" + group, key -> new Counter());
        Instant now = clock.instant();
        while (!counter.asked.isEmpty()
                && !counter.asked.peekFirst().plus(limit.window()).isAfter(now)) {
            counter.asked.removeFirst();
        }
        if (now.isBefore(counter.penaltyEnds)) {
            if (counter.penaltyBegan.plus(ON_THE_WAY).isBefore(now)) {
                intoPenalty++;
            }
            counter.penaltyEnds = now.plus(limit.penalty());
            return refuse(limit);
        }
        int storm = storms.getOrDefault(group, 0);
        if (storm > 0 || counter.asked.size() >= limit.requests()) {
            storms.put(group, Math.max(0, storm - 1));
            counter.penaltyBegan = now;
            counter.penaltyEnds = now.plus(limit.penalty());
            return refuse(limit);
        }
        counter.asked.addLast(now);
        accepted.computeIfAbsent(group, key -> new ArrayList<>()).add(now);
        return new Verdict(false, limit, limit.requests() - counter.asked.size(), Duration.ZERO);
    }

    private Verdict refuse(Limit limit) {
        refused++;
        return new Verdict(true, limit, 0, limit.penalty());
    }

    /** When each request to the group was counted, refused ones left out. */
    synchronized List<Instant> accepted(Group group) {
        return List.copyOf(accepted.getOrDefault(group, List.of()));
    }

    /** Requests answered 429. */
    synchronized int refused() {
        return refused;
    }

    /** Requests sent into a penalty the client had been told of. */
    synchronized int intoPenalty() {
        return intoPenalty;
    }
}
