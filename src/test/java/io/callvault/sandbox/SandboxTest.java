// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxTest {

    private static final String LOG = "/restapi/v1.0/account/~/call-log";
    private static final String ALL = LOG + "?view=Detailed&dateFrom=2026-01-01T00:00:00Z";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.demo(), clock);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void an_archive_of_everything_is_possible_with_what_it_answers() throws Exception {
        Caller caller = Caller.signedIn(sandbox);
        TreeSet<String> recordings = new TreeSet<>();
        List<JsonNode> calls = caller.all(ALL);
        for (JsonNode call : calls) {
            for (JsonNode recording : call.findValues("recording")) {
                recordings.add(recording.get("id").asText());
                HttpResponse<byte[]> media = caller.get(recording.get("contentUri").asText());
                assertThat(sha256(media.body()))
                        .isEqualTo(sandbox.sha256(recording.get("id").asText()));
            }
        }
        assertThat(calls).hasSize(120);
        assertThat(recordings).hasSize(60).containsExactlyInAnyOrderElementsOf(sandbox.truth().recordings());
        assertThat(sandbox.requests().unknownParameters()).isEmpty();
        assertThat(sandbox.count().refusals()).isZero();
    }

    @Test
    void the_same_seed_and_instant_make_the_same_company() {
        try (Sandbox twin = Sandbox.start(SandboxOptions.demo(), clock);
                Sandbox other = Sandbox.start(SandboxOptions.demo().withSeed(2), clock)) {
            assertThat(twin.truth().calls()).isEqualTo(sandbox.truth().calls());
            assertThat(twin.truth().items()).isEqualTo(sandbox.truth().items());
            assertThat(other.truth().calls()).isNotEqualTo(sandbox.truth().calls());
        }
    }

    @Test
    void a_call_that_comes_later_is_listed_first() {
        Caller caller = Caller.signedIn(sandbox);
        clock.advance(Duration.ofMinutes(10));
        Truth.CallRow call = sandbox.ring();
        assertThat(caller.json(LOG).at("/records/0/id").asText()).isEqualTo(call.id());
        assertThat(sandbox.truth().recordings()).hasSize(61).containsAll(call.recordings());
    }

    @Test
    void refuses_connections_while_it_is_stopped_and_answers_at_the_same_address_afterwards() {
        Caller caller = Caller.signedIn(sandbox);
        sandbox.stop();
        assertThatThrownBy(() -> caller.get(LOG)).isInstanceOf(UncheckedIOException.class);
        sandbox.restart();
        assertThat(caller.get(LOG).statusCode()).isEqualTo(200);
    }

    @Test
    void remembers_what_it_was_asked_but_no_secret() {
        Caller caller = Caller.signedIn(sandbox);
        caller.get(LOG + "?perPage=5&colour=blue", "Range", "bytes=0-1", "User-Agent", "test/1");
        ReceivedRequest request = sandbox.requests().all().get(1);
        assertThat(request.authorization()).isEqualTo("token 1 of 700800900");
        assertThat(request.range()).isEqualTo("bytes=0-1");
        assertThat(request.userAgent()).isEqualTo("test/1");
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.group()).isEqualTo(RateGroup.HEAVY);
        assertThat(request.user()).isEqualTo("700800900");
        assertThat(request.at()).isEqualTo(clock.instant());
        assertThat(sandbox.requests().unknownParameters()).containsExactly(LOG + "?colour");
        assertThat(sandbox.requests().all().toString()).doesNotContain("sandbox-secret").doesNotContain("sandbox-jwt");
        assertThat(sandbox.requests().listRequests()).isEqualTo(1);
        assertThat(sandbox.requests().tokenRequests()).isEqualTo(1);
    }

    @Test
    void knows_no_other_address_and_lets_nobody_change_anything() {
        Caller caller = Caller.signedIn(sandbox);
        assertThat(Caller.code(caller.get("/restapi/v1.0/account/~/nonsense"))).isEqualTo("CMN-120");
        assertThat(caller.send("DELETE", LOG).statusCode()).isEqualTo(405);
        assertThat(caller.send("PUT", LOG).statusCode()).isEqualTo(405);
        assertThat(sandbox.requests().writes()).extracting(ReceivedRequest::method).containsExactly("DELETE", "PUT");
    }

    @Test
    void media_can_have_a_port_of_their_own() {
        try (Sandbox two = Sandbox.start(SandboxOptions.demo().withSeparateMedia(true), clock)) {
            Caller caller = Caller.signedIn(two);
            String uri = caller.json("/restapi/v1.0/account/~/recording/"
                            + two.truth().recordings().get(0))
                    .get("contentUri")
                    .asText();
            assertThat(uri).startsWith(two.mediaServer().toString());
            assertThat(two.mediaServer()).isNotEqualTo(two.server());
            assertThat(caller.get(uri).statusCode()).isEqualTo(200);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
