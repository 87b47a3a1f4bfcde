// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token buckets, one for each account in a path and one for requests without an account: 100 tokens, 10 more each second, one
 * a request. An empty one answers 429 and tells nothing.
 */
final class Buckets {

    /** One request and what its bucket said. */
    record Draw(Instant at, boolean refused) {}

    private static final class Bucket {
        private double tokens = 100;
        private Instant filled;
        private final List<Draw> draws = new ArrayList<>();
    }

    private static final double MOST = 100;
    private static final double PER_SECOND = 10;

    private final Clock clock;
    private final Map<String, Bucket> buckets = new HashMap<>();

    Buckets(Clock clock) {
        this.clock = clock;
    }

    /** Whether the request may pass. */
    synchronized boolean takes(String key) {
        Bucket bucket = filled(key);
        boolean passes = bucket.tokens >= 1;
        bucket.tokens -= passes ? 1 : 0;
        bucket.draws.add(new Draw(bucket.filled, !passes));
        return passes;
    }

    /** Somebody else has used it all up, and owes so much that nothing passes for that long. */
    synchronized void drain(String key, Duration emptyFor) {
        filled(key).tokens = 1 - PER_SECOND * emptyFor.toMillis() / 1000.0;
    }

    synchronized int refused(String key) {
        return (int) draws(key).stream().filter(Draw::refused).count();
    }

    synchronized int refused() {
        return buckets.keySet().stream().mapToInt(this::refused).sum();
    }

    /** Everything that was drawn, in order. */
    synchronized List<Draw> draws(String key) {
        return List.copyOf(filled(key).draws);
    }

    /** Requests that came within that time after a refusal of the same bucket, but not at once: those knew of it. */
    synchronized int hammered(String key, Duration atOnce, Duration silence) {
        List<Draw> draws = draws(key);
        return (int) draws.stream()
                .filter(draw -> draws.stream().anyMatch(before -> {
                    Duration since = Duration.between(before.at(), draw.at());
                    return before.refused() && since.compareTo(atOnce) > 0 && since.compareTo(silence) < 0;
                }))
                .count();
    }

    private Bucket filled(String key) {
        Instant now = clock.instant();
        Bucket bucket = buckets.computeIfAbsent(key, created -> new Bucket());
        if (bucket.filled != null) {
            double more = PER_SECOND * Duration.between(bucket.filled, now).toMillis() / 1000.0;
            bucket.tokens = Math.min(MOST, bucket.tokens + Math.max(0, more));
        }
        bucket.filled = now;
        return bucket;
    }
}
