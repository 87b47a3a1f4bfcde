// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Who is signed in, by the secret in their cookie. Gone with the process. */
final class Sessions {

    /** A session ends when nothing was asked for so long, and in any case after the second. */
    private static final Duration IDLE = Duration.ofHours(8);

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * @param user the name of whom it is
     * @param hash of the password that was given
     * @param token must come with everything that changes something
     */
    record Session(String user, String hash, String token, Instant began, Instant last) {

        private boolean isOver(Instant now) {
            return last.plus(IDLE).isBefore(now) || began.plus(LONGEST).isBefore(now);
        }
    }

    private final Clock clock;
    private final Map<String, Session> sessions = new HashMap<>();

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** 256 bits that nobody guesses. */
    static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @return what the cookie holds */
    synchronized String begin(String user, String hash) {
        Instant now = clock.instant();
        sessions.values().removeIf(each -> each.isOver(now));
        String cookie = secret();
        sessions.put(cookie, new Session(user, hash, secret(), now, now));
        return cookie;
    }

    /** Null when there is none, or none any more. */
    synchronized Session of(String cookie) {
        Instant now = clock.instant();
        Session session = cookie == null ? null : sessions.get(cookie);
        if (session == null || session.isOver(now)) {
            return null;
        }
        Session going = new Session(session.user(), session.hash(), session.token(), session.began(), now);
        sessions.put(cookie, going);
        return going;
    }

    synchronized void end(String cookie) {
        sessions.remove(cookie);
    }
}
