// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenEndpointsTest {

    private static final String ME = "/restapi/v1.0/account/~/extension/~";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(
            SandboxOptions.demo().withJwts("one", "two").withTokenLifetime(Duration.ofMinutes(30)), clock);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void gives_a_token_to_each_user_and_says_whose_it_is() {
        JsonNode one = Caller.json(caller.signIn("one"));
        assertThat(one.get("owner_id").asText()).isEqualTo("700800900");
        assertThat(one.get("token_type").asText()).isEqualTo("bearer");
        assertThat(one.get("expires_in").asLong()).isEqualTo(1800);
        assertThat(one.get("scope").asText()).contains("ReadCallLog");
        assertThat(one.has("refresh_token")).isFalse();
        assertThat(Caller.json(caller.signIn("two")).get("owner_id").asText()).isEqualTo("700800901");
        assertThat(caller.json(ME).get("id").asLong()).isEqualTo(700800901);
    }

    @Test
    void refuses_what_it_does_not_know() {
        HttpResponse<byte[]> client = caller.grant("sandbox-client", "wrong", GRANT, "one");
        assertThat(client.statusCode()).isEqualTo(400);
        assertThat(Caller.code(client)).isEqualTo("OAU-153");
        assertThat(Caller.json(client).get("error").asText()).isEqualTo("invalid_client");
        assertThat(Caller.code(caller.signIn("three"))).isEqualTo("OAU-270");
        assertThat(Caller.code(caller.grant("sandbox-client", "sandbox-secret", "password", "one")))
                .isEqualTo("OAU-251");
        assertThat(Caller.code(caller.grant("sandbox-client", "sandbox-secret", "magic", "one")))
                .isEqualTo("OAU-250");
    }

    @Test
    void a_token_dies_when_its_time_is_over() {
        caller.signIn("one");
        clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(caller.get(ME).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<byte[]> expired = caller.get(ME);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(Caller.code(expired)).isEqualTo("OAU-128");
        assertThat(Caller.json(expired).get("errorCode").asText()).isEqualTo("TokenExpired");
        assertThat(Caller.header(expired, "X-Rate-Limit-Group")).isNull();
        assertThat(sandbox.requests().all().get(2).authorization()).isEqualTo("expired token 1 of 700800900");
    }

    @Test
    void a_token_that_was_given_back_is_worth_nothing() {
        caller.signIn("one");
        assertThat(caller.revoke().statusCode()).isEqualTo(200);
        assertThat(caller.get(ME).statusCode()).isEqualTo(401);
    }

    @Test
    void the_sixth_token_of_a_user_ends_the_first() {
        caller.signIn("one");
        Caller later = new Caller(sandbox);
        for (int i = 0; i < 4; i++) {
            later.signIn("one");
        }
        assertThat(caller.get(ME).statusCode()).isEqualTo(200);
        later.signIn("one");
        assertThat(caller.get(ME).statusCode()).isEqualTo(401);
        assertThat(later.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void asks_for_a_token_it_has_given_out() {
        HttpResponse<byte[]> unknown = caller.get(ME);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(Caller.code(unknown)).isEqualTo("OAU-149");
        assertThat(Caller.code(new Caller(sandbox).get(ME, "Authorization", "Nonsense"))).isEqualTo("AGW-402");
        assertThat(sandbox.requests().all().get(0).authorization()).isEqualTo("unknown bearer");
    }
}
