// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.testing.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private static final String LOG = "/restapi/v1.0/account/~/call-log";
    private static final String ACCOUNT = "/restapi/v1.0/account/~";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.strict().withJwts("sandbox-jwt", "second"), clock);
    private final Caller caller = Caller.signedIn(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void every_answer_tells_what_is_left() {
        HttpResponse<byte[]> first = caller.get(LOG);
        assertThat(Caller.header(first, "X-Rate-Limit-Group")).isEqualTo("heavy");
        assertThat(Caller.header(first, "X-Rate-Limit-Limit")).isEqualTo("10");
        assertThat(Caller.header(first, "X-Rate-Limit-Remaining")).isEqualTo("9");
        assertThat(Caller.header(first, "X-Rate-Limit-Window")).isEqualTo("60");
        assertThat(Caller.header(first, "Retry-After")).isNull();
        assertThat(Caller.header(caller.get(ACCOUNT), "X-Rate-Limit-Limit")).isEqualTo("50");
        assertThat(Caller.header(caller.get(ACCOUNT + "/extension"), "X-Rate-Limit-Group"))
                .isEqualTo("medium");
        assertThat(Caller.header(caller.get(ACCOUNT + "/recording/1"), "X-Rate-Limit-Remaining"))
                .isEqualTo("8");
    }

    @Test
    void the_eleventh_heavy_request_in_a_minute_is_refused() {
        spend();
        HttpResponse<byte[]> refused = caller.get(LOG);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Caller.code(refused)).isEqualTo("CMN-301");
        assertThat(Caller.header(refused, "Retry-After")).isEqualTo("60");
        assertThat(Caller.header(refused, "X-Rate-Limit-Remaining")).isEqualTo("0");
        assertThat(caller.get(ACCOUNT).statusCode()).isEqualTo(200);
    }

    @Test
    void the_window_slides() {
        for (int i = 0; i < 10; i++) {
            assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(6));
        }
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
        assertThat(caller.get(LOG).statusCode()).isEqualTo(429);
    }

    @Test
    void a_request_inside_the_penalty_starts_it_anew() {
        spend();
        caller.get(LOG);
        clock.advance(Duration.ofSeconds(59));
        assertThat(caller.get(LOG).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(59));
        assertThat(caller.get(LOG).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(60));
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
        assertThat(sandbox.count(0, RateGroup.HEAVY)).isEqualTo(new BudgetCount(14, 3, 2));
        assertThat(sandbox.requests().where(ReceivedRequest::isInsidePenalty)).hasSize(2);
    }

    @Test
    void each_user_has_a_budget_of_their_own() {
        spend();
        Caller second = new Caller(sandbox);
        second.signIn("second");
        assertThat(second.get(LOG).statusCode()).isEqualTo(200);
        assertThat(caller.get(LOG).statusCode()).isEqualTo(429);
        assertThat(sandbox.count(1, RateGroup.HEAVY)).isEqualTo(new BudgetCount(1, 0, 0));
    }

    @Test
    void tokens_are_counted_too() {
        for (int i = 0; i < 4; i++) {
            assertThat(caller.signIn("sandbox-jwt").statusCode()).isEqualTo(200);
        }
        HttpResponse<byte[]> refused = caller.signIn("sandbox-jwt");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Caller.header(refused, "X-Rate-Limit-Group")).isEqualTo("auth");
    }

    private void spend() {
        for (int i = 0; i < 10; i++) {
            assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
        }
    }
}
