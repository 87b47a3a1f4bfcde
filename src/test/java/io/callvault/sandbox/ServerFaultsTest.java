// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.testing.SettableClock;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerFaultsTest {

    private static final String LOG = "/restapi/v1.0/account/~/call-log";
    private static final String ME = "/restapi/v1.0/account/~/extension/~";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.strict(), clock);
    private final Caller caller = Caller.signedIn(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void unavailable_as_a_gateway_or_as_the_provider_says_it() {
        Fault.Armed gateway = sandbox.faults().add(ServerFaults.unavailable().times(1));
        HttpResponse<byte[]> html = caller.get(LOG);
        assertThat(html.statusCode()).isEqualTo(503);
        assertThat(Caller.header(html, "Content-Type")).isEqualTo("text/html");
        assertThat(new String(html.body(), StandardCharsets.UTF_8)).startsWith("<html>");
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
        assertThat(gateway.struck()).isEqualTo(1);
        sandbox.faults().add(ServerFaults.unavailableFor(Duration.ofSeconds(30)));
        assertThat(Caller.header(caller.get(LOG), "Retry-After")).isEqualTo("30");
    }

    @Test
    void strikes_where_and_when_it_is_told() {
        sandbox.faults().add(ServerFaults.internalError().onPath("/extension/").after(1).times(1));
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
        assertThat(caller.get(ME).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> struck = caller.get(ME);
        assertThat(struck.statusCode()).isEqualTo(500);
        assertThat(Caller.code(struck)).isEqualTo("CMN-203");
        assertThat(caller.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void chance_has_a_seed_and_a_fault_can_be_switched_off() {
        Fault.Armed sometimes = sandbox.faults().add(ServerFaults.internalError().withProbability(0.5, 7));
        StringBuilder first = outcomes();
        assertThat(first).contains("200").contains("500");
        sometimes.off();
        assertThat(outcomes()).doesNotContain("500");
        sandbox.faults().add(ServerFaults.internalError().withProbability(0.5, 7));
        assertThat(outcomes().toString()).isEqualTo(first.toString());
        sandbox.faults().clear();
        assertThat(outcomes()).doesNotContain("500");
    }

    @Test
    void too_many_requests_starts_the_penalty_it_announces() {
        sandbox.faults().add(ServerFaults.tooManyRequests().times(1));
        HttpResponse<byte[]> refused = caller.get(LOG);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Caller.header(refused, "Retry-After")).isEqualTo("60");
        assertThat(Caller.header(refused, "X-Rate-Limit-Group")).isEqualTo("heavy");
        assertThat(caller.get(LOG).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(60));
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
        assertThat(sandbox.count(0, RateGroup.HEAVY)).isEqualTo(new BudgetCount(3, 2, 1));
    }

    @Test
    void a_refusal_can_be_as_bare_as_it_gets() {
        sandbox.faults().add(ServerFaults.tooManyRequests());
        sandbox.faults().add(ServerFaults.retryAfterMissing());
        sandbox.faults().add(ServerFaults.rateHeadersMissing());
        HttpResponse<byte[]> refused = caller.get(LOG);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().map()).doesNotContainKeys("retry-after", "x-rate-limit-group", "x-rate-limit-limit");
    }

    @Test
    void a_group_can_have_another_name() {
        sandbox.faults().add(ServerFaults.groupRenamed(RateGroup.HEAVY, "heavy-v2"));
        assertThat(Caller.header(caller.get(LOG), "X-Rate-Limit-Group")).isEqualTo("heavy-v2");
        assertThat(Caller.header(caller.get(ME), "X-Rate-Limit-Group")).isEqualTo("light");
    }

    @Test
    void the_same_request_twice_is_refused_without_a_penalty() {
        sandbox.faults().add(ServerFaults.sameRequestRunning().times(1));
        HttpResponse<byte[]> refused = caller.get(LOG);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Caller.code(refused)).isEqualTo("CMN-304");
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_dies_in_the_middle_and_a_new_one_is_given_out() {
        sandbox.faults().add(ServerFaults.tokenDies().onPath("/call-log").times(1));
        assertThat(caller.get(ME).statusCode()).isEqualTo(200);
        assertThat(caller.get(LOG).statusCode()).isEqualTo(401);
        assertThat(caller.get(ME).statusCode()).isEqualTo(401);
        caller.signIn("sandbox-jwt");
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
    }

    @Test
    void tokens_die_before_they_were_said_to() {
        sandbox.faults().add(ServerFaults.tokensDieAfter(Duration.ofSeconds(10)));
        assertThat(Caller.json(caller.signIn("sandbox-jwt")).get("expires_in").asInt()).isEqualTo(3600);
        clock.advance(Duration.ofSeconds(9));
        assertThat(caller.get(ME).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.get(ME).statusCode()).isEqualTo(401);
    }

    @Test
    void no_token_is_given_out() {
        sandbox.faults().add(ServerFaults.tokenRefused("OAU-347").times(1));
        HttpResponse<byte[]> refused = caller.signIn("sandbox-jwt");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Caller.code(refused)).isEqualTo("OAU-347");
        sandbox.faults().add(ServerFaults.unavailable().onPath("/oauth/token"));
        assertThat(caller.signIn("sandbox-jwt").statusCode()).isEqualTo(503);
    }

    @Test
    void permission_is_missing_in_three_ways() {
        sandbox.faults().add(ServerFaults.applicationLacks("ReadCallRecording").onPath("/recording/"));
        sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").onPath("/call-log"));
        sandbox.faults().add(ServerFaults.scopeTooNarrow("ReadMessages").onExtension(700800902));
        HttpResponse<byte[]> application = caller.get("/restapi/v1.0/account/~/recording/1/content");
        assertThat(application.statusCode()).isEqualTo(403);
        assertThat(Caller.code(application)).isEqualTo("CMN-401");
        assertThat(Caller.json(application).get("permissionName").asText()).isEqualTo("ReadCallRecording");
        assertThat(Caller.code(caller.get(LOG))).isEqualTo("CMN-408");
        assertThat(Caller.code(caller.get("/restapi/v1.0/account/~/extension/700800902/message-store")))
                .isEqualTo("CMN-419");
        assertThat(caller.get("/restapi/v1.0/account/~/extension/700800903/message-store").statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_connection_is_cut_without_an_answer() {
        sandbox.faults().add(ServerFaults.hangUp().onPath("/call-log"));
        assertThatThrownBy(() -> caller.get(LOG)).isInstanceOf(UncheckedIOException.class);
        assertThat(sandbox.requests().where(one -> one.status() == 0)).isNotEmpty();
    }

    private StringBuilder outcomes() {
        StringBuilder outcomes = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            outcomes.append(caller.get(ME).statusCode()).append(' ');
        }
        return outcomes;
    }
}
