// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.config.ConsoleUser;
import io.callvault.config.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may come in. */
class AccessTest {

    private Instant now = Instant.parse("2026-03-10T14:00:00Z");

    private final Access open = new Access(List.of(), List.of("acme", "other"), text -> text, new Now(), null);
    private final Access closed = new Access(
            List.of(user("ann"), user("bob", "acme"), user("eve", "elsewhere")),
            List.of("acme", "other"),
            text -> text,
            new Now(),
            null);

    @Test
    void who_is_signed_in_stays_so_when_the_users_are_others_and_no_longer_than_name_and_password_are_the_same() {
        Access.Login ann = login("ann", House.PASSWORD);
        Access.Login bob = login("bob", House.PASSWORD);
        ConsoleUser other = new ConsoleUser("bob", new Secret(House.HASH.replace("$04$", "$05$")), List.of());
        Access after = new Access(
                List.of(user("ann", "other"), other), List.of("acme", "other"), text -> text, new Now(), closed);
        String token = visitor(ann).token();
        Visitor still = after.visitor(ask(Map.of(), "cookie", ann.cookie().split(";")[0]));
        assertThat(still.customers()).containsExactly("other");
        assertThat(still.token()).isEqualTo(token);
        assertThat(after.visitor(ask(Map.of(), "cookie", bob.cookie().split(";")[0])))
                .as("another password")
                .isNull();
        Access without = new Access(List.of(other), List.of("acme"), text -> text, new Now(), after);
        assertThat(without.visitor(ask(Map.of(), "cookie", ann.cookie().split(";")[0])))
                .as("no such user any more")
                .isNull();
    }

    private static ConsoleUser user(String name, String... customers) {
        return new ConsoleUser(name, new Secret(House.HASH), List.of(customers));
    }

    private static Ask ask(Map<String, String> form, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("host", "localhost:8080"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return Ask.of("POST", "/login", all, form, "127.0.0.1");
    }

    private Access.Login login(String name, String password) {
        return closed.login(ask(Map.of("name", name, "password", password)));
    }

    private Visitor visitor(Access.Login login) {
        return closed.visitor(ask(Map.of(), "cookie", "other=1; " + login.cookie().split(";")[0]));
    }

    @Test
    void without_users_only_this_machines_own_names_are_answered() {
        for (String host : List.of("localhost", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:1")) {
            assertThat(open.visitor(ask(Map.of(), "host", host)).customers()).containsExactly("acme", "other");
        }
        for (String host : List.of("evil.example", "localhost.evil.example", "192.168.0.1", "", "127.0.0.1.evil.example")) {
            assertThatThrownBy(() -> open.visitor(ask(Map.of(), "host", host)))
                    .as(host)
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void who_signed_in_sees_the_customers_that_are_theirs() {
        assertThat(closed.visitor(ask(Map.of()))).isNull();
        assertThat(visitor(login("ann", House.PASSWORD)).customers()).containsExactly("acme", "other");
        Visitor bob = visitor(login("bob", House.PASSWORD));
        assertThat(bob.name()).isEqualTo("bob");
        assertThat(bob.customers()).containsExactly("acme");
        assertThatThrownBy(() -> bob.require("other")).isInstanceOf(Refusal.class);
        assertThat(visitor(login("eve", House.PASSWORD)).customers()).isEmpty();
    }

    @Test
    void the_cookie_is_for_the_console_alone() {
        assertThat(login("ann", House.PASSWORD).cookie()).contains("HttpOnly", "SameSite=Strict").doesNotContain("Secure");
        Ask behindTls = ask(Map.of("name", "ann", "password", House.PASSWORD), "x-forwarded-proto", "https");
        assertThat(closed.login(behindTls).cookie()).contains("; Secure");
    }

    @Test
    void a_wrong_name_and_a_wrong_password_are_told_the_same() {
        assertThat(login("ann", "x")).isEqualTo(login("nobody", House.PASSWORD));
        assertThat(login("ann", "x").sentence()).isEqualTo(Access.REFUSED);
        assertThat(login("ann", House.PASSWORD + "x".repeat(100)).cookie()).isNull();
        assertThat(login("", "").cookie()).isNull();
    }

    @Test
    void guessing_gets_slower_and_slower() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("ann", "x").status()).isEqualTo(401);
        }
        assertThat(login("ann", House.PASSWORD).status()).isEqualTo(429);
        now = now.plusSeconds(1);
        assertThat(login("ann", "x").status()).isEqualTo(401);
        now = now.plusSeconds(1);
        assertThat(login("ann", House.PASSWORD).status()).isEqualTo(429);
        now = now.plusSeconds(1);
        assertThat(login("ann", House.PASSWORD).status()).isEqualTo(303);
        assertThat(login("ann", "x").status()).isEqualTo(401);
    }

    @Test
    void a_session_ends_by_itself_and_by_signing_out() {
        Access.Login login = login("ann", House.PASSWORD);
        now = now.plus(Duration.ofHours(7));
        assertThat(visitor(login)).isNotNull();
        now = now.plus(Duration.ofHours(7));
        assertThat(visitor(login)).isNotNull();
        now = now.plus(Duration.ofHours(9));
        assertThat(visitor(login)).isNull();

        Access.Login other = login("ann", House.PASSWORD);
        assertThat(closed.logout(ask(Map.of(), "cookie", other.cookie().split(";")[0]))).contains("Max-Age=0");
        assertThat(visitor(other)).isNull();
    }

    @Test
    void what_changes_something_comes_from_a_page_of_the_console_itself() {
        Visitor visitor = visitor(login("ann", House.PASSWORD));
        Map<String, String> form = Map.of("token", visitor.token());
        closed.requireOwnPage(ask(form), visitor);
        closed.requireOwnPage(ask(form, "origin", "http://localhost:8080", "sec-fetch-site", "same-origin"), visitor);
        for (Ask ask : List.of(
                ask(Map.of()),
                ask(Map.of("token", "x")),
                ask(form, "origin", "http://localhost:9090"),
                ask(form, "origin", "null"),
                ask(form, "sec-fetch-site", "cross-site"),
                ask(form, "sec-fetch-site", "same-site"))) {
            assertThatThrownBy(() -> closed.requireOwnPage(ask, visitor))
                    .as(ask.toString())
                    .isInstanceOf(Refusal.class);
        }
    }

    /** Goes by the test's own time. */
    private final class Now extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
