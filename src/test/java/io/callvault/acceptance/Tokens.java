// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Sessions: who may ask what, until when. A user has five at most; the oldest gives way. */
final class Tokens {

    /** A user of a company, known by one JWT credential. */
    record User(Company company, String extension) {
        String key() {
            return company.account() + "/" + extension;
        }
    }

    private record Session(User user, Instant ends) {}

    private final Clock clock;
    private final Map<String, User> users = new HashMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, Deque<String>> order = new HashMap<>();
    private final Set<String> issued = new HashSet<>();
    private Duration life = Duration.ofHours(1);

    Tokens(Clock clock) {
        this.clock = clock;
    }

    synchronized void admit(String jwt, User user) {
        users.put(jwt, user);
    }

    synchronized void life(Duration life) {
        this.life = life;
    }

    synchronized Duration life() {
        return life;
    }

    synchronized User byJwt(String jwt) {
        return users.get(jwt);
    }

    synchronized String issue(User user) {
        String token = "U0pDMTFQMDFQQVM" + UUID.randomUUID().toString().replace("-", "");
        issued.add(token);
        sessions.put(token, new Session(user, clock.instant().plus(life)));
        Deque<String> own = order.computeIfAbsent(user.key(), key -> new ArrayDeque<>());
        own.addLast(token);
        if (own.size() > 5) {
            sessions.remove(own.removeFirst());
        }
        return token;
    }

    /** Whose token it is, or null: unknown, revoked, evicted, expired. */
    synchronized User byToken(String token) {
        Session session = sessions.get(token);
        return session == null || !clock.instant().isBefore(session.ends()) ? null : session.user();
    }

    /** Every session ends now. */
    synchronized void endAll() {
        sessions.clear();
    }

    synchronized void revoke(String token) {
        sessions.remove(token);
    }

    /** Every token ever given out. */
    synchronized Set<String> issued() {
        return Set.copyOf(issued);
    }
}
