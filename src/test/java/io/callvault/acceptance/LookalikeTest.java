// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.callvault.acceptance.RateGroups.Group;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikeTest {

    private static final String ACCOUNT = "/restapi/v1.0/account/~/";
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final String ALL =
            ACCOUNT + "call-log?view=Detailed&dateFrom=2026-03-01T00:00:00Z&dateTo=2026-03-12T00:00:00Z";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final MovableClock clock = new MovableClock(NOW);
    private final Lookalike lookalike = new Lookalike(clock);
    private final Company acme = lookalike.company("100200300");
    private final String jwt = lookalike.jwt(acme);

    @AfterEach
    void stop() {
        lookalike.close();
    }

    @Test
    void a_token_is_given_for_the_right_credential_only() throws Exception {
        assertThat(grant(jwt, lookalike.clientSecret()).statusCode()).isEqualTo(200);
        assertThat(grant("somebody-else", lookalike.clientSecret()).statusCode())
                .isEqualTo(400);
        HttpResponse<String> stranger = grant(jwt, "wrong");
        assertThat(Json.read(stranger.body()).path("errors").path(0).path("errorCode"))
                .hasToString("\"OAU-153\"");
    }

    @Test
    void a_token_dies_when_its_life_is_over() throws Exception {
        lookalike.tokens().life(Duration.ofSeconds(3));
        String token = token();
        assertThat(get(ALL, token).statusCode()).isEqualTo(200);
        clock.forward(Duration.ofSeconds(3));
        assertThat(get(ALL, token).statusCode()).isEqualTo(401);
        assertThat(lookalike.violations()).isEmpty();
    }

    @Test
    void the_sixth_token_of_a_user_takes_the_place_of_the_first() throws Exception {
        String first = token();
        for (int i = 0; i < 4; i++) {
            token();
        }
        assertThat(get(ALL, first).statusCode()).isEqualTo(200);
        token();
        assertThat(get(ALL, first).statusCode()).isEqualTo(401);
    }

    @Test
    void a_call_log_without_dates_is_the_last_day_newest_first() throws Exception {
        acme.call("old", NOW.minus(Duration.ofHours(25)));
        acme.call("early", NOW.minus(Duration.ofHours(24)));
        acme.call("late", NOW);
        JsonNode page = json(get(ACCOUNT + "call-log", token()));
        assertThat(ids(page)).containsExactly("late", "early");
        assertThat(page.path("paging").has("totalPages")).isFalse();
        assertThat(page.path("navigation").has("nextPage")).isFalse();
    }

    @Test
    void pages_are_clamped_say_so_and_lead_to_the_next() throws Exception {
        lookalike.switches().perPageCap(2);
        for (int i = 0; i < 5; i++) {
            acme.call("call-" + i, NOW.minusSeconds(i));
        }
        String token = token();
        List<String> ids = new ArrayList<>();
        String next = lookalike.base() + ALL + "&perPage=1000";
        while (next != null) {
            JsonNode page = json(get(URI.create(next), token));
            assertThat(page.path("paging").path("perPage").asInt()).isEqualTo(2);
            ids.addAll(ids(page));
            next = page.path("navigation").path("nextPage").path("uri").asText(null);
        }
        assertThat(ids).containsExactly("call-0", "call-1", "call-2", "call-3", "call-4");
        assertThat(lookalike.violations()).isEmpty();
    }

    @Test
    void legs_and_their_recordings_are_in_the_detailed_view_only() throws Exception {
        Media recording = acme.recording();
        acme.call("b", NOW.minusSeconds(60)).recordedOnLeg(recording);
        JsonNode simple = json(get(ACCOUNT + "call-log?view=Simple", token()));
        assertThat(simple.path("records").path(0).has("legs")).isFalse();
        JsonNode legs = json(get(ALL, token())).path("records").path(0).path("legs");
        assertThat(legs).hasSize(2);
        assertThat(legs.path(0).path("master").asBoolean()).isTrue();
        assertThat(legs.path(0).has("id")).isFalse();
        assertThat(legs.path(1).path("recording").path("id").asText()).isEqualTo(recording.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call-log?perpage=10",
                "call-log?type=Voice,Fax",
                "call-log?dateFrom=yesterday",
                "call-log?view=Detailed&view=Simple",
                "extension?status=Enabled,Disabled",
                "extension/700800900/message-store?messageType=SMS,Fax",
                "recording/1/content?access_token=x"
            })
    void what_is_not_published_is_refused_and_remembered(String rest) throws Exception {
        assertThat(get(ACCOUNT + rest, token()).statusCode()).isEqualTo(400);
        assertThat(lookalike.violations()).hasSize(1);
    }

    @Test
    void deleting_is_refused_and_remembered() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(lookalike.base() + ACCOUNT + "call-log"))
                .header("Authorization", "Bearer " + token())
                .DELETE()
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(lookalike.violations()).hasSize(1);
    }

    @Test
    void a_range_of_a_recording_can_be_asked_for() throws Exception {
        Media recording = acme.recording();
        HttpResponse<byte[]> tail = content(recording, "bytes=100-");
        assertThat(tail.statusCode()).isEqualTo(206);
        assertThat(tail.headers().firstValue("Content-Range"))
                .hasValue("bytes 100-" + (recording.bytes().length - 1) + "/" + recording.bytes().length);
        assertThat(tail.body()).isEqualTo(java.util.Arrays.copyOfRange(
                recording.bytes(), 100, recording.bytes().length));
        assertThat(content(recording, "bytes=" + recording.bytes().length + "-").statusCode())
                .isEqualTo(416);
        assertThat(Bytes.sha256(content(recording, null).body())).isEqualTo(recording.sha256());
    }

    @Test
    void faults_come_once_each_in_the_order_given() throws Exception {
        Media recording = acme.recording().fails(Fault.UNAVAILABLE, Fault.EMPTY, Fault.HTML, Fault.UNASKED_206_HALF,
                Fault.NOT_READY, Fault.TRUNCATED, Fault.CHUNKED);
        assertThat(content(recording, null).statusCode()).isEqualTo(503);
        assertThat(content(recording, null).body()).isEmpty();
        assertThat(content(recording, null).headers().firstValue("Content-Type")).hasValue("text/html");
        HttpResponse<byte[]> half = content(recording, null);
        assertThat(half.statusCode()).isEqualTo(206);
        assertThat(half.body()).hasSize(recording.bytes().length / 2);
        assertThat(content(recording, null).statusCode()).isEqualTo(404);
        assertThatThrownBy(() -> content(recording, null)).isInstanceOf(IOException.class);
        assertThat(content(recording, null).headers().firstValue("Content-Length")).isEmpty();
        assertThat(content(recording, null).body()).isEqualTo(recording.bytes());
        assertThat(lookalike.contentRequests(recording)).isEqualTo(8);
    }

    @Test
    void a_redirect_leads_to_a_host_that_remembers_tokens() throws Exception {
        Media recording = acme.recording().fails(Fault.FOREIGN_REDIRECT);
        String elsewhere = content(recording, null).headers().firstValue("Location").orElseThrow();
        assertThat(elsewhere).startsWith(lookalike.foreign().base());
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(elsewhere)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(recording.bytes());
        assertThat(lookalike.foreign().tokens()).isEmpty();
        get(URI.create(elsewhere), "given-away");
        assertThat(lookalike.foreign().tokens()).hasSize(1);
    }

    @Test
    void a_request_inside_the_penalty_begins_it_again() throws Exception {
        lookalike.groups().limit(Group.HEAVY, 1, Duration.ofSeconds(10), Duration.ofSeconds(20));
        String token = token();
        HttpResponse<String> good = get(ALL, token);
        assertThat(good.headers().firstValue("X-Rate-Limit-Remaining")).hasValue("0");
        HttpResponse<String> refused = get(ALL, token);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("20");
        clock.forward(Duration.ofSeconds(19));
        assertThat(get(ALL, token).statusCode()).isEqualTo(429);
        assertThat(lookalike.groups().intoPenalty()).isEqualTo(1);
        clock.forward(Duration.ofSeconds(19));
        assertThat(get(ALL, token).statusCode()).isEqualTo(429);
        clock.forward(Duration.ofSeconds(20));
        assertThat(get(ALL, token).statusCode()).isEqualTo(200);
        assertThat(get(ACCOUNT + "extension", token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_mailbox_shows_deleted_and_shared_messages_to_those_only_who_ask() throws Exception {
        String e = acme.firstExtension();
        acme.message(e, Message.Type.SMS, NOW).saying("alive");
        acme.message(e, Message.Type.Fax, NOW).deleted();
        acme.message(e, Message.Type.VoiceMail, NOW).shared();
        String store = ACCOUNT + "extension/" + e + "/message-store";
        assertThat(json(get(store, token())).path("records")).hasSize(1);
        assertThat(json(get(store + "?availability=Alive&availability=Deleted", token()))
                        .path("records"))
                .hasSize(2);
        JsonNode all = json(get(store + "?availability=Alive&availability=Deleted&owner=Any", token()));
        assertThat(all.path("records")).hasSize(3);
        assertThat(all.path("paging").path("totalElements").asInt()).isEqualTo(3);
        acme.forbid(e);
        assertThat(get(store, token()).body()).contains("CMN-419");
    }

    @Test
    void a_row_that_is_no_record_is_sent_as_it_is() throws Exception {
        acme.junk(NOW, NullNode.getInstance());
        assertThat(json(get(ALL, token())).path("records").path(0).isNull()).isTrue();
    }

    @Test
    void every_media_begins_as_its_kind_does() {
        for (Media.Kind kind : Media.Kind.values()) {
            byte[] bytes = acme.recording(kind, 5000).bytes();
            String start = new String(bytes, 0, 5, StandardCharsets.ISO_8859_1);
            String expected =
                    switch (kind) {
                        case MP3 -> "ID3";
                        case WAV -> "RIFF";
                        case PDF -> "%PDF-";
                        case JPEG -> "\u00FF\u00D8\u00FF";
                        case TEXT -> "Hello";
                    };
            assertThat(start).startsWith(expected);
        }
    }

    private String token() throws Exception {
        return Json.read(grant(jwt, lookalike.clientSecret()).body())
                .path("access_token")
                .asText();
    }

    // --- deletion ---------------------------------------------------------------------------------------------------

    @Test
    void recordings_are_deleted_by_their_ids_and_their_calls_stay() throws Exception {
        Media first = acme.recording();
        Media second = acme.recording();
        acme.call(NOW.minusSeconds(600)).recorded(first);
        acme.call(NOW.minusSeconds(700)).recorded(second);
        String body = "{\"records\":[\"" + first.id() + "\"]}";
        assertThat(delete("call-recordings", body)).as("without the permission").isEqualTo(403);
        acme.permitDeleting();
        assertThat(delete("call-recordings", body)).isEqualTo(204);
        assertThat(content(first, null).statusCode()).isEqualTo(404);
        assertThat(content(second, null).statusCode()).isEqualTo(200);
        assertThat(json(get(ALL, token())).path("records")).hasSize(2);
        assertThat(delete("call-recordings", body)).as("gone already").isEqualTo(404);
        assertThat(acme.deletions().gone()).containsExactly(first);
        assertThat(lookalike.violations()).isEmpty();
        assertThat(delete("call-recordings", "{\"records\":[" + second.id() + "]}")).isEqualTo(400);
        assertThat(lookalike.violations()).as("an id that is no string").hasSize(1);
    }

    @Test
    void a_message_is_deleted_first_and_purged_the_second_time_or_when_that_is_asked() throws Exception {
        acme.permitDeleting();
        Media one = acme.attachment(Media.Kind.PDF, 100);
        Media other = acme.attachment(Media.Kind.PDF, 100);
        Message slow = acme.message("700800900", Message.Type.Fax, NOW.minusSeconds(60)).attach(1, "RenderedDocument", one);
        Message fast = acme.message("700800900", Message.Type.Fax, NOW.minusSeconds(90)).attach(1, "RenderedDocument", other);
        String mailbox = "extension/~/message-store/";
        assertThat(delete(mailbox + slow.id(), "")).isEqualTo(204);
        assertThat(slow.json().path("availability").asText()).isEqualTo("Deleted");
        assertThat(content(one, null).statusCode()).isEqualTo(200);
        assertThat(delete(mailbox + slow.id(), "")).isEqualTo(204);
        assertThat(content(one, null).statusCode()).isEqualTo(404);
        assertThat(delete(mailbox + fast.id() + "?purge=true", "")).isEqualTo(204);
        assertThat(content(other, null).statusCode()).isEqualTo(404);
        assertThat(delete(mailbox + fast.id(), "")).isEqualTo(404);
        assertThat(lookalike.violations()).isEmpty();
        assertThat(delete("extension/~/message-store?messageType=Fax", "")).as("by filter").isEqualTo(405);
        assertThat(lookalike.violations()).hasSize(1);
    }

    @Test
    void a_deletion_may_be_done_and_not_be_answered_so() throws Exception {
        acme.permitDeleting();
        Media recording = acme.recording();
        String body = "{\"records\":[\"" + recording.id() + "\"]}";
        acme.deletions().trouble(Deletions.Trouble.BEFORE, Deletions.Trouble.AFTER);
        assertThat(delete("call-recordings", body)).isEqualTo(503);
        assertThat(recording.isGone()).isFalse();
        assertThat(delete("call-recordings", body)).isEqualTo(503);
        assertThat(recording.isGone()).isTrue();
    }

    @Test
    void answers_can_be_of_another_day() throws Exception {
        SteppedClock days = new SteppedClock();
        days.ahead(Duration.ofDays(8));
        try (Lookalike dated = Lookalike.dated(days)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(dated.base() + "/restapi/v1.0")).build();
            String date = client.send(request, BodyHandlers.ofString()).headers().firstValue("Date").orElseThrow();
            assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
                    .isCloseTo(Instant.now().plus(Duration.ofDays(8)), within(5, ChronoUnit.MINUTES));
        }
    }

    private int delete(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(lookalike.base() + ACCOUNT + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private HttpResponse<String> grant(String assertion, String secret) throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString((lookalike.clientId() + ":" + secret).getBytes(StandardCharsets.UTF_8));
        String form = "grant_type=" + URLEncoder.encode(Doorman.JWT_BEARER, StandardCharsets.UTF_8) + "&assertion="
                + URLEncoder.encode(assertion, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(lookalike.base() + "/restapi/oauth/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return get(URI.create(lookalike.base() + path), token);
    }

    private HttpResponse<String> get(URI uri, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> content(Media media, String range) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(lookalike.base() + media.path()))
                .header("Authorization", "Bearer " + token());
        if (range != null) {
            request.header("Range", range);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("records").forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.read(response.body());
    }
}
