// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.callvault.config.ConsoleUser;
import io.callvault.config.ValueType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may come in. Without users, whoever reaches this machine's own address, under one of its names: a page elsewhere
 * whose name is made to lead here has another one. With users, whoever has signed in.
 */
final class Access {

    /** What the page for signing in says when it did not work. */
    static final String REFUSED = "Name or password is wrong.";

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final String COOKIE = "callvault_session";
    private static final int FREE_OF_ONE_ADDRESS = 5;
    private static final int FREE_OF_ONE_NAME = 20;
    private static final int LONGEST_PASSWORD = 72; // bytes: bcrypt takes no more

    /** Of a password that nobody has: a name that is not there takes as long as one that is. */
    private static final String NOBODY = "$2a$12$" + "9".repeat(53);

    private final List<String> customers;
    private final Map<String, ConsoleUser> users = new LinkedHashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final Clock clock;
    private final Sessions sessions;
    private final Throttle addresses;
    private final Throttle names;
    private final String token;

    /**
     * @param customers all that are archived
     * @param resolve what a reference to a hash leads to
     * @param before whose visitors stay signed in, where name and password are still the same; null when there is none
     */
    Access(
            List<ConsoleUser> users,
            List<String> customers,
            UnaryOperator<String> resolve,
            Clock clock,
            Access before) {
        this.customers = customers;
        this.clock = clock;
        this.sessions = before == null ? new Sessions(clock) : before.sessions;
        this.addresses = before == null ? new Throttle(FREE_OF_ONE_ADDRESS) : before.addresses;
        this.names = before == null ? new Throttle(FREE_OF_ONE_NAME) : before.names;
        this.token = before == null ? Sessions.secret() : before.token;
        users.forEach(user -> {
            this.users.put(user.name(), user);
            hashes.put(user.name(), resolve.apply(user.password().raw()).strip());
        });
    }

    boolean hasUsers() {
        return !users.isEmpty();
    }

    /**
     * Who asks; null when they have to sign in first.
     *
     * @throws Refusal if the request was made for another place
     */
    Visitor visitor(Ask ask) {
        if (users.isEmpty()) {
            if (!ValueType.isLoopback(host(ask))) {
                throw new Refusal(
                        421,
                        "This console answers to this machine's own names only, such as localhost: set users to reach it"
                                + " by another.");
            }
            return new Visitor(null, customers, token);
        }
        Sessions.Session session = sessions.of(ask.cookie(COOKIE));
        return session == null || !isStill(session)
                ? null
                : new Visitor(session.user(), seen(users.get(session.user())), session.token());
    }

    /** False when the name or its password is another one since. */
    private boolean isStill(Sessions.Session session) {
        return session.hash().equals(hashes.get(session.user()));
    }

    private List<String> seen(ConsoleUser user) {
        return user.customers().isEmpty()
                ? customers
                : customers.stream().filter(user.customers()::contains).toList();
    }

    private static String host(Ask ask) {
        String host = ask.header("host");
        return host == null ? "" : host.replaceFirst(":\\d*$", "");
    }

    /**
     * For everything that changes something.
     *
     * @throws Refusal if another site's page made the request
     */
    void requireOwnPage(Ask ask) {
        String origin = ask.header("origin");
        String site = ask.header("sec-fetch-site");
        boolean isForeign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (isForeign || (origin != null && !isOwn(origin, ask.header("host")))) {
            throw new Refusal(403, "This was sent by another site's page, so it was not done.");
        }
    }

    private static boolean isOwn(String origin, String host) {
        try {
            return URI.create(origin).getRawAuthority() != null
                    && URI.create(origin).getRawAuthority().equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same for one who is known: it must also come from a page that was given to them. */
    void requireOwnPage(Ask ask, Visitor visitor) {
        requireOwnPage(ask);
        byte[] given = ask.form().getOrDefault("token", "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, visitor.token().getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(403, "The page is too old for that: go back, load it again and repeat.");
        }
    }

    /** What a try to sign in came to: a cookie, or a sentence and a status. */
    record Login(String cookie, int status, String sentence) {}

    Login login(Ask ask) {
        requireOwnPage(ask);
        String name = ask.form().getOrDefault("name", "").strip();
        String password = ask.form().getOrDefault("password", "");
        Instant now = clock.instant();
        Duration pause = longer(addresses.pause(ask.address(), now), names.pause(name, now));
        if (!pause.isZero()) {
            return new Login(null, 429, "Too many tries: wait " + (pause.toSeconds() + 1) + " seconds.");
        }
        if (!isRight(name, password)) {
            addresses.failed(ask.address(), now);
            names.failed(name, now);
            LOG.warn("Somebody at {} tried to sign in to the console and was refused", ask.address());
            return new Login(null, 401, REFUSED);
        }
        addresses.succeeded(ask.address());
        names.succeeded(name);
        LOG.info("{} signed in to the console from {}", name, ask.address());
        return new Login(cookie(ask, sessions.begin(name, hashes.get(name)), ""), 303, null);
    }

    /** One at a time: a guess costs a quarter of a second of one processor, and no more than one. */
    private synchronized boolean isRight(String name, String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_PASSWORD) {
            return false;
        }
        String hash = hashes.getOrDefault(name, NOBODY);
        boolean isVerified =
                BCrypt.verifyer().verify(bytes, hash.getBytes(StandardCharsets.UTF_8)).verified;
        return isVerified && users.containsKey(name);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** @return the cookie that takes the session's away */
    String logout(Ask ask) {
        sessions.end(ask.cookie(COOKIE));
        return cookie(ask, "", "; Max-Age=0");
    }

    private static String cookie(Ask ask, String value, String more) {
        boolean isSecure = "https".equals(ask.header("x-forwarded-proto"));
        return COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "") + more;
    }
}
