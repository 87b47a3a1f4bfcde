// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import io.callvault.acceptance.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tokens in the form of a JWT. They end when their {@code exp} says so, however much they are used. */
final class Tokens {

    private record Session(Account account, Instant ends) {}

    /** Where the account does not say. */
    private static final Duration LIFE = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, Integer> issued = new HashMap<>();

    Tokens(Clock clock) {
        this.clock = clock;
    }

    synchronized String issue(Account account, String method) {
        Instant ends = clock.instant().plus(account.switches().tokenLifeOr(LIFE));
        String payload = Json.object()
                .put("account_id", account.id())
                .put("method", method)
                .put("iss", "kazoo")
                .put("identity_sig", UUID.randomUUID().toString())
                .put("exp", ends.getEpochSecond())
                .toString();
        String token = base64("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + base64(payload) + "."
                + base64(UUID.randomUUID() + "-" + UUID.randomUUID());
        sessions.put(token, new Session(account, Instant.ofEpochSecond(ends.getEpochSecond())));
        issued.merge(account.id(), 1, Integer::sum);
        return token;
    }

    /** Whose token it is, or null: unknown or over. */
    synchronized Account byToken(String token) {
        Session session = sessions.get(token);
        return session == null || !clock.instant().isBefore(session.ends()) ? null : session.account();
    }

    /** Every token given to that account so far is over. */
    synchronized void endAll(Account account) {
        sessions.replaceAll((token, session) ->
                session.account() == account ? new Session(account, Instant.EPOCH) : session);
    }

    /** How many were given to that account. */
    synchronized int issued(Account account) {
        return issued.getOrDefault(account.id(), 0);
    }

    /** Every token ever given out. */
    synchronized Set<String> all() {
        return Set.copyOf(sessions.keySet());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
