// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The tokens given out. A user has five at most; a sixth ends the oldest (RingCentral API guide, "Refreshing tokens",
 * read 2026-04).
 */
final class Tokens {

    private static final int SESSIONS = 5;

    private final List<String> jwts;
    private final Company company;
    private final SplittableRandom random;
    private final Map<String, Token> byText = new HashMap<>();
    private final Map<Extension, Deque<Token>> byUser = new HashMap<>();
    private int serial;

    Tokens(SandboxOptions options, Company company) {
        this.jwts = options.credentials().jwts();
        this.company = company;
        this.random = new SplittableRandom(options.seed());
    }

    /** The user a credential was minted by, or null if it is none of ours. */
    Extension user(String jwt) {
        int index = jwts.indexOf(jwt);
        return index < 0 ? null : company.user(index);
    }

    synchronized Token issue(Extension user, Instant now, Duration lifetime) {
        serial++;
        String text = "sandbox-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        Token token = new Token(text, "token " + serial + " of " + user.id(), user, now.plus(lifetime));
        Deque<Token> own = byUser.computeIfAbsent(user, any -> new ArrayDeque<>());
        if (own.size() == SESSIONS) {
            own.removeFirst().revoke();
        }
        own.addLast(token);
        byText.put(text, token);
        return token;
    }

    /** Null if it was never given out. */
    synchronized Token find(String text) {
        return byText.get(text);
    }
}
