// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Bytes;
import io.callvault.acceptance.MovableClock;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KazooTest {

    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final Kazoo kazoo = new Kazoo(clock);
    private final Account acme = kazoo.account("Acme Telco");
    private final Client client = new Client(kazoo);

    @BeforeEach
    void signIn() {
        client.signIn(acme);
    }

    @AfterEach
    void stop() {
        kazoo.close();
    }

    // --- tokens -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"md5, account_name, ACME-telco", "sha, account_name, acmetelco", "md5, account_realm, acmetelco.example.test"})
    void a_user_gets_a_token_for_the_hash_of_name_and_password(String method, String how, String account) {
        acme.user("archiver@example.test", "s3cret");
        HttpResponse<byte[]> answer = userAuth(method, "archiver@example.test:s3cret", how, account);
        assertThat(answer.statusCode()).isEqualTo(201);
        String token = Client.json(answer).path("auth_token").asText();
        assertThat(client.token(token).get(all("recordings")).statusCode()).isEqualTo(200);
        assertThat(userAuth(method, "archiver@example.test:guess", how, account).statusCode())
                .isEqualTo(401);
        assertThat(kazoo.violations()).isEmpty();
    }

    /** The example of the reference: md5 of archiver@example.test:s3cret. */
    @Test
    void hashes_are_those_of_the_published_example() {
        assertThat(Doorman.hash("md5", "archiver@example.test:s3cret")).isEqualTo("3757a98d96e265f5225319569a0d485a");
    }

    @Test
    void an_unknown_api_key_comes_back_in_the_answer_and_a_short_one_is_not_valid() {
        String unknown = "k".repeat(64);
        HttpResponse<byte[]> answer = client.put("/v2/api_auth", "{\"data\":{\"api_key\":\"" + unknown + "\"}}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Client.json(answer).path("data").path(0).asText()).isEqualTo(unknown);
        assertThat(client.put("/v2/api_auth", "{\"data\":{\"api_key\":\"short\"}}").statusCode())
                .isEqualTo(400);
        assertThat(client.put("/v2/api_auth", "no JSON").statusCode()).isEqualTo(400);
    }

    @Test
    void a_token_says_when_it_ends_and_ends_then_however_much_it_is_used() {
        acme.switches().tokenLife(Duration.ofSeconds(30));
        String token = Client.json(client.put("/v2/api_auth", "{\"data\":{\"api_key\":\"" + acme.apiKey() + "\"}}"))
                .path("auth_token")
                .asText();
        byte[] payload = java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        assertThat(io.callvault.acceptance.Json.read(payload).path("exp").asLong())
                .isEqualTo(NOW.plusSeconds(30).getEpochSecond());
        client.token(token);
        clock.forward(Duration.ofSeconds(29));
        assertThat(client.get(all("recordings")).statusCode()).isEqualTo(200);
        clock.forward(Duration.ofSeconds(1));
        assertThat(client.get(all("recordings")).statusCode()).isEqualTo(401);
        assertThat(kazoo.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void there_are_two_ways_to_say_401(boolean five) {
        if (five) {
            acme.switches().five();
        }
        kazoo.tokens().endAll(acme);
        HttpResponse<byte[]> answer = client.get(all("recordings"));
        assertThat(answer.statusCode()).isEqualTo(401);
        JsonNode body = Client.json(answer);
        assertThat(body.path("error").asText()).isEqualTo("401");
        assertThat(body.path("message").asText()).isEqualTo(five ? "invalid credentials" : "invalid_credentials");
        assertThat(body.path("data").size()).isEqualTo(five ? 0 : 1);
    }

    @Test
    void a_token_anywhere_but_in_its_header_is_remembered() {
        String token = kazoo.tokens().issue(acme, "cb_api_auth");
        assertThat(new Client(kazoo).get(all("recordings"), "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(new Client(kazoo).get(all("recordings") + "&auth_token=" + token).statusCode()).isEqualTo(401);
        assertThat(kazoo.violations()).anyMatch(each -> each.startsWith("without X-Auth-Token"));
    }

    @Test
    void an_account_that_is_disabled_gets_no_token() {
        acme.switches().disable();
        assertThat(client.put("/v2/api_auth", "{\"data\":{\"api_key\":\"" + acme.apiKey() + "\"}}").statusCode())
                .isEqualTo(400);
    }

    // --- what is answered to what -----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PATCH", "POST", "PUT"})
    void anything_that_changes_anything_is_refused_and_remembered(String method) {
        Row recording = acme.recording(NOW.minusSeconds(600));
        // Recordings can be deleted one by one, all together they cannot.
        boolean isDeletion = method.equals("DELETE") || method.equals("PATCH");
        String path = path(isDeletion ? "recordings" : "recordings/" + recording.id());
        assertThat(client.method(method, path).statusCode()).isEqualTo(405);
        assertThat(kazoo.violations()).hasSize(1);
        assertThat(acme.rows(Feed.RECORDINGS)).containsExactly(recording);
    }

    @Test
    void unknown_parameters_are_ignored_and_remembered() {
        acme.recording(NOW.minusSeconds(600));
        assertThat(client.json(all("recordings") + "&colour=red").path("data")).hasSize(1);
        assertThat(kazoo.violations()).hasSize(1);
        assertThat(client.get(path("secrets")).statusCode()).isEqualTo(404);
        assertThat(kazoo.violations()).hasSize(2);
    }

    @Test
    void a_parent_may_ask_and_a_sibling_may_not() {
        Account child = kazoo.account("Child", acme);
        Account sibling = kazoo.account("Sibling", acme);
        Account grandchild = kazoo.account("Grandchild", child);
        assertThat(client.get("/v2/accounts/" + grandchild.id() + "/vmboxes").statusCode()).isEqualTo(200);
        client.signIn(sibling);
        assertThat(client.get("/v2/accounts/" + child.id() + "/vmboxes").statusCode()).isEqualTo(403);
        assertThat(client.get("/v2/accounts/" + acme.id() + "/vmboxes").statusCode()).isEqualTo(403);
        assertThat(client.get("/v2/accounts/none/vmboxes").statusCode()).isEqualTo(404);
        assertThat(kazoo.violations()).isEmpty();
    }

    @Test
    void children_are_the_level_below_and_descendants_all_levels_and_neither_has_the_account_itself() {
        Account child = kazoo.account("B child", acme);
        Account other = kazoo.account("A child", acme);
        Account namesake = kazoo.account("A child", kazoo.account("Elsewhere"));
        assertThat(namesake.id()).isNotEqualTo(other.id());
        Account grandchild = kazoo.account("C grandchild", child);
        assertThat(client.walk(path("children?ascending=true&page_size=1"), "id"))
                .containsExactly(other.id(), child.id());
        assertThat(client.walk(path("descendants?ascending=true&page_size=1"), "id"))
                .containsExactly(other.id(), child.id(), grandchild.id());
        assertThat(client.json(path("descendants")).path("data").path(0).path("tree"))
                .hasToString("[\"" + acme.id() + "\",\"" + child.id() + "\"]");
    }

    @Test
    void a_forbidden_account_is_403_and_a_module_that_is_off_404() {
        acme.switches().stop(Feed.RECORDINGS);
        assertThat(client.get(all("recordings")).statusCode()).isEqualTo(404);
        assertThat(client.get(all("cdrs")).statusCode()).isEqualTo(200);
        acme.switches().forbid();
        assertThat(client.get(all("cdrs")).statusCode()).isEqualTo(403);
        acme.switches().permit();
        assertThat(client.get(all("cdrs")).statusCode()).isEqualTo(200);
    }

    // --- the window -------------------------------------------------------------------------------------------------

    @Test
    void a_window_is_31_days_and_an_hour_at_most_both_ends_in_it() {
        Row first = acme.cdr(NOW.minus(Duration.ofDays(31)), Duration.ZERO);
        Row last = acme.cdr(NOW, Duration.ZERO);
        long to = Gregorian.of(NOW);
        assertThat(ids(window("cdrs", Gregorian.of(NOW.minus(Duration.ofDays(31))), to)))
                .containsExactly(last.id(), first.id());
        assertThat(client.get(window("cdrs", to - 2_682_000, to)).statusCode()).isEqualTo(200);
        assertThat(kazoo.violations()).isEmpty();
        JsonNode refused = client.json(window("cdrs", to - 2_682_001, to));
        assertThat(refused.path("error").asText()).isEqualTo("400");
        assertThat(refused.path("data").path("created_from").path("date_range").path("message").asText())
                .isEqualTo("created_to " + to + " is more than 2682000 seconds from created_from " + (to - 2_682_001));
        assertThat(kazoo.violations()).hasSize(1);
        assertThat(client.json(window("cdrs", to, to - 5)).path("data").path("created_from").path("date_range")
                        .path("cause").asLong())
                .isEqualTo(to);
    }

    @Test
    void the_account_may_have_a_narrower_maximum_and_says_which() {
        acme.switches().maximumRange(Duration.ofDays(7));
        long to = Gregorian.of(NOW);
        assertThat(client.json(window("recordings", to - 604_801, to)).toString())
                .contains("more than 604800 seconds");
        assertThat(client.get(window("recordings", to - 604_800, to)).statusCode()).isEqualTo(200);
        assertThat(kazoo.violations()).as("who could have known").isEmpty();
    }

    @Test
    void what_is_no_positive_integer_is_taken_for_the_default_in_silence_and_remembered() {
        Row old = acme.recording(NOW.minus(Duration.ofDays(20)));
        assertThat(ids(path("recordings?created_from=2026-03-10T00:00:00Z&created_to=" + Gregorian.of(NOW))))
                .containsExactly(old.id());
        assertThat(kazoo.violations()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"created_from=63940300000", "created_to=63940300000", "page_size=5",
        "created_from=1773000000&created_to=1773100000"})
    void bounds_that_are_missing_or_not_gregorian_are_remembered(String query) {
        client.get(path("recordings?" + query));
        assertThat(kazoo.violations()).isNotEmpty();
    }

    @Test
    void messages_without_a_beginning_go_back_93_days_and_with_one_31() {
        String box = acme.box("1000");
        Row old = acme.voicemail(box, NOW.minus(Duration.ofDays(92)));
        String messages = path("vmboxes/" + box + "/messages");
        assertThat(client.walk(messages + "?page_size=9", "media_id")).containsExactly(old.id());
        assertThat(kazoo.violations()).isEmpty();
        long to = Gregorian.of(NOW);
        assertThat(client.get(messages + "?created_from=" + (to - 92 * 86_400L) + "&created_to=" + to).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_call_over_the_edge_of_a_month_is_hidden_from_a_window_that_begins_after_it() {
        Row recording = acme.recording(MARCH.minusSeconds(300), Duration.ofMinutes(10));
        Row cdr = acme.cdr(MARCH.minusSeconds(300), Duration.ofMinutes(10));
        assertThat(recording.id()).startsWith("202602-");
        assertThat(recording.created()).isEqualTo(Gregorian.of(MARCH.plusSeconds(300)));
        long march = Gregorian.of(MARCH);
        for (String list : List.of("recordings", "cdrs")) {
            assertThat(ids(window(list, march, march + 86_400))).isEmpty();
            assertThat(ids(window(list, march - 1, march + 86_400))).hasSize(1);
            assertThat(ids(window(list, march - 86_400, march - 1))).as("not saved yet").isEmpty();
        }
        assertThat(client.get(path("recordings/" + recording.id())).statusCode()).isEqualTo(200);
        assertThat(client.get(path("cdrs/" + cdr.id())).statusCode()).isEqualTo(200);
    }

    @Test
    void in_the_month_of_its_end_it_is_listed_and_not_to_be_had() {
        Row recording = acme.recordingIn("202603", MARCH.minusSeconds(300), Duration.ofMinutes(10));
        assertThat(ids(window("recordings", Gregorian.of(MARCH), Gregorian.of(NOW)))).containsExactly(recording.id());
        assertThat(client.get(path("recordings/" + recording.id())).statusCode()).isEqualTo(404);
    }

    @Test
    void the_view_of_the_last_month_may_be_missing_for_a_while() {
        acme.switches().missingViews(1);
        assertThat(client.get(all("recordings")).statusCode()).isEqualTo(503);
        assertThat(client.get(all("recordings")).statusCode()).isEqualTo(200);
        acme.switches().unreachable(1);
        assertThat(client.get(all("cdrs")).statusCode()).isEqualTo(503);
        assertThat(client.get(all("cdrs")).statusCode()).isEqualTo(200);
    }

    // --- pages ------------------------------------------------------------------------------------------------------

    @Test
    void pages_go_from_new_to_old_and_only_ascending_turns_them() {
        String[] ids = new String[5];
        for (int i = 0; i < 5; i++) {
            ids[i] = acme.recording(NOW.minusSeconds(1000L * (i + 1))).id();
        }
        assertThat(client.walk(all("recordings") + "&page_size=2", "id")).containsExactly(ids);
        assertThat(client.walk(all("recordings") + "&page_size=2&descending=false", "id")).containsExactly(ids);
        assertThat(client.walk(all("recordings") + "&page_size=2&ascending=true", "id"))
                .containsExactly(ids[4], ids[3], ids[2], ids[1], ids[0]);
        acme.switches().five();
        assertThat(client.walk(all("recordings") + "&page_size=2&descending=false", "id")).startsWith(ids[4]);
        assertThat(kazoo.violations()).isEmpty();
    }

    @Test
    void a_page_has_fifty_rows_when_nobody_says_and_never_more_than_the_server_is_set_to() {
        for (int i = 0; i < 60; i++) {
            acme.cdr(NOW.minusSeconds(1000L + i));
        }
        assertThat(client.json(all("cdrs")).path("data")).hasSize(50);
        assertThat(client.json(all("cdrs") + "&page_size=55").path("data")).hasSize(55);
        assertThat(client.json(all("cdrs") + "&paginate=false").path("data")).hasSize(60);
        acme.switches().mostRows(7);
        JsonNode page = client.json(all("cdrs") + "&page_size=55&is_chunked=false");
        assertThat(page.path("data")).hasSize(7);
        assertThat(page.path("page_size").asInt()).isEqualTo(7);
        assertThat(client.walk(all("cdrs") + "&page_size=55", "id")).hasSize(60).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_size=0", "page_size=-1", "page_size=many", "chunk_size=51"})
    void a_bad_size_is_a_faulty_request(String query) {
        JsonNode body = client.json(all("recordings") + "&" + query);
        assertThat(body.path("error").asText()).isEqualTo("404");
        assertThat(body.path("message").asText()).isEqualTo("faulty_request");
    }

    @Test
    void a_key_of_ones_own_making_is_remembered() {
        client.get(all("recordings") + "&start_key=2");
        assertThat(kazoo.violations()).hasSize(1);
    }

    @Test
    void messages_of_the_same_second_come_again_at_the_edge_of_a_page_and_too_many_never_end() {
        String box = acme.box("1000");
        Row one = acme.voicemail(box, NOW.minusSeconds(300));
        Row two = acme.voicemail(box, NOW.minusSeconds(200));
        Row same = acme.voicemail(box, NOW.minusSeconds(200));
        Row last = acme.voicemail(box, NOW.minusSeconds(100));
        String messages = window("vmboxes/" + box + "/messages", Gregorian.of(MARCH), Gregorian.of(NOW));
        List<String> walked = client.walk(messages + "&page_size=2", "media_id");
        assertThat(walked).startsWith(last.id()).endsWith(one.id()).contains(two.id(), same.id()).hasSize(5);
        JsonNode first = client.json(messages + "&page_size=1");
        String key = first.path("next_start_key").asText();
        JsonNode second = client.json(messages + "&page_size=1&start_key=" + key);
        assertThat(second.path("next_start_key").asText()).as("leads to itself").isEqualTo(key);
    }

    @Test
    void rows_may_come_twice_by_a_switch_too() {
        for (int i = 0; i < 5; i++) {
            acme.recording(NOW.minusSeconds(1000L * (i + 1)));
        }
        acme.switches().repeatedRows();
        assertThat(client.walk(all("recordings") + "&page_size=2", "id")).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource(Switches.LastPage.class)
    void the_last_page_ends_in_three_ways(Switches.LastPage form) {
        acme.switches().lastPage(form);
        acme.recording(NOW.minusSeconds(1000));
        acme.recording(NOW.minusSeconds(2000));
        JsonNode page = client.json(all("recordings"));
        assertThat(page.has("next_start_key")).isEqualTo(form == Switches.LastPage.EMPTY_PAGE_BEHIND);
        assertThat(page.has("page_size")).isEqualTo(form != Switches.LastPage.BARE);
        assertThat(client.walk(all("recordings") + "&page_size=1", "id")).hasSize(2);
    }

    @Test
    void chunks_quote_their_numbers_and_may_end_early_without_a_word() {
        for (int i = 0; i < 4; i++) {
            acme.cdr(NOW.minusSeconds(1000L * (i + 1)));
        }
        assertThat(client.json(all("cdrs")).path("page_size").isTextual()).isTrue();
        assertThat(client.json(all("cdrs") + "&is_chunked=false").path("page_size").isInt()).isTrue();
        assertThat(client.json(all("recordings")).path("page_size").isInt()).isTrue();
        acme.switches().failingChunks();
        JsonNode page = client.json(all("cdrs") + "&page_size=3");
        assertThat(page.path("data")).hasSize(1);
        assertThat(page.has("next_start_key")).isFalse();
        assertThat(page.path("status").asText()).isEqualTo("success");
        assertThat(client.json(all("cdrs") + "&is_chunked=false").path("data")).hasSize(4);
        acme.switches().textNumbers();
        assertThat(client.json(all("recordings")).path("page_size").isTextual()).isTrue();
    }

    // --- documents --------------------------------------------------------------------------------------------------

    @Test
    void a_recording_says_of_what_type_its_media_is_and_nothing_while_there_is_none() {
        Row bare = acme.recordingWithoutMedia(NOW.minusSeconds(600), Duration.ofSeconds(5));
        assertThat(types(0)).isEqualTo("[]");
        assertThat(client.get(path("recordings/" + bare.id()), "Accept", "audio/mpeg").statusCode()).isEqualTo(404);
        bare.attach(acme.blob(Blob.Kind.WAV));
        assertThat(types(0)).isEqualTo("[\"audio/x-wav\"]");
        assertThat(Client.json(client.get(path("recordings/" + bare.id()))).path("data").has("_read_only"))
                .isFalse();
        assertThat(bare.served()).hasSize(2);
    }

    @Test
    void what_is_deleted_is_in_no_list_and_404() {
        Row recording = acme.recording(NOW.minusSeconds(600)).delete();
        assertThat(ids(all("recordings"))).isEmpty();
        assertThat(client.get(path("recordings/" + recording.id())).statusCode()).isEqualTo(404);
    }

    @Test
    void a_user_has_its_own_recordings() {
        String user = acme.user("ann@example.test", "password");
        acme.recording(NOW.minusSeconds(600));
        Row own = acme.recording(NOW.minusSeconds(700)).ownedBy(user);
        assertThat(ids(all("users/" + user + "/recordings"))).containsExactly(own.id());
    }

    @Test
    void a_reseller_is_told_more_of_a_call() {
        Account child = kazoo.account("Child", acme);
        child.cdr(NOW.minusSeconds(600));
        acme.cdr(NOW.minusSeconds(600));
        assertThat(client.json(all("cdrs")).path("data").path(0).has("reseller_cost")).isTrue();
        client.signIn(child);
        String own = all("cdrs").replace(acme.id(), child.id());
        assertThat(client.json(own).path("data").path(0).has("reseller_cost")).isFalse();
        assertThat(client.json(own).path("data").path(0).path("timestamp").isTextual()).isTrue();
    }

    @Test
    void all_messages_are_wrapped_in_their_boxes() {
        String box = acme.box("1000");
        Row message = acme.voicemail(box, NOW.minusSeconds(300));
        JsonNode row = client.json(all("vmboxes/messages")).path("data").path(0);
        assertThat(row.path(box).path("media_id").asText()).isEqualTo(message.id());
        assertThat(client.json(path("vmboxes")).path("data").path(0).path("id").asText()).isEqualTo(box);
    }

    @Test
    void a_fax_in_the_wrong_folder_is_a_failure_and_an_unknown_one_a_miss() {
        Row fax = acme.fax("inbox", NOW.minusSeconds(300));
        assertThat(ids(all("faxes/inbox"))).containsExactly(fax.id());
        assertThat(ids(all("faxes/outbox"))).isEmpty();
        assertThat(client.get(path("faxes/outbox/" + fax.id() + "/attachment")).statusCode()).isEqualTo(500);
        assertThat(client.get(path("faxes/inbox/202603-none/attachment")).statusCode()).isEqualTo(404);
    }

    // --- binaries ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg, 200, media", "audio/mp3, 200, media", "audio/wav, 406, nothing", "audio/*, 200, nothing",
        "*/*, 200, document", "application/json, 200, document", "'audio/wav, audio/mpeg', 200, media",
        "'audio/mpeg;q=0.5, application/json', 200, document", "'audio/ogg, audio/wav;q=0.2', 406, nothing"
    })
    void the_accept_decides_what_a_recordings_address_answers(String accept, int status, String what) {
        Row recording = acme.recording(NOW.minusSeconds(600)).attach(acme.blob(Blob.Kind.WAV));
        HttpResponse<byte[]> answer = client.get(path("recordings/" + recording.id()), "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(status);
        switch (what) {
            case "media" -> {
                assertThat(Bytes.sha256(answer.body())).isEqualTo(recording.blob().sha256());
                assertThat(answer.headers().firstValue("content-type")).hasValue("audio/x-wav");
                assertThat(answer.headers().firstValueAsLong("content-length"))
                        .hasValue(recording.blob().bytes().length);
            }
            case "document" -> assertThat(Client.json(answer).path("data").path("id").asText())
                    .isEqualTo(recording.id());
            default -> assertThat(answer.body()).isEmpty();
        }
        assertThat(kazoo.log().get(kazoo.requests() - 1).kind())
                .isEqualTo(what.equals("document") ? Asked.Kind.METADATA : Asked.Kind.CONTENT);
    }

    @Test
    void the_parameter_beats_the_header() {
        Row recording = acme.recording(NOW.minusSeconds(600));
        HttpResponse<byte[]> answer = client.get(
                path("recordings/" + recording.id() + "?accept=audio/mpeg"), "Accept", "application/json");
        assertThat(Bytes.sha256(answer.body())).isEqualTo(recording.blob().sha256());
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-19, 206, 10", "bytes=10-, 206, -10", "bytes=-10, 200, 0", "'bytes=0-1,4-5', 200, 0"})
    void one_range_from_a_beginning_is_answered_and_anything_else_is_all(String range, int status, int length) {
        Row recording = acme.recording(NOW.minusSeconds(600));
        HttpResponse<byte[]> answer =
                client.get(path("recordings/" + recording.id()), "Accept", "audio/mpeg", "Range", range);
        assertThat(answer.statusCode()).isEqualTo(status);
        int all = recording.blob().bytes().length;
        assertThat(answer.body()).hasSize(length > 0 ? length : all + length);
    }

    @Test
    void a_fax_is_offered_as_tiff_and_sent_as_pdf() {
        Row fax = acme.fax("inbox", NOW.minusSeconds(300));
        String path = path("faxes/inbox/" + fax.id() + "/attachment");
        assertThat(client.get(path, "Accept", "application/pdf").statusCode()).isEqualTo(406);
        HttpResponse<byte[]> answer = client.get(path, "Accept", "*/*");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/pdf");
        assertThat(Bytes.sha256(answer.body())).isEqualTo(fax.blob().sha256());
    }

    @Test
    void a_voicemail_has_its_audio_under_an_address_of_its_own() {
        String box = acme.box("1000");
        Row message = acme.voicemail(box, NOW.minusSeconds(300));
        String path = path("vmboxes/" + box + "/messages/" + message.id());
        assertThat(Bytes.sha256(client.get(path + "/raw", "Accept", "*/*").body()))
                .isEqualTo(message.blob().sha256());
        assertThat(client.get(path + "/raw", "Accept", "application/json").statusCode()).isEqualTo(406);
        assertThat(client.json(path).path("data").path("media_id").asText()).isEqualTo(message.id());
        assertThat(kazoo.contentRequests(message)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "PROVIDER_ERROR, 500, unknown failure", "UNREACHABLE, 503, datastore_unreachable",
        "NO_ATTACHMENT, 404, bad_identifier", "PROXY_PAGE, 502, Bad Gateway", "PAGE_AS_AUDIO, 200, Bad Gateway",
        "ENVELOPE_AS_AUDIO, 200, datastore_fault"
    })
    void each_fault_answers_once_as_it_should(Fault fault, int status, String text) {
        Row recording = acme.recording(NOW.minusSeconds(600));
        recording.blob().fails(fault);
        HttpResponse<byte[]> answer = media(recording);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(text);
        assertThat(Bytes.sha256(media(recording).body())).isEqualTo(recording.blob().sha256());
    }

    @Test
    void a_cut_download_breaks_off_and_an_unasked_206_says_which_part_it_is() {
        Row recording = acme.recording(NOW.minusSeconds(600));
        recording.blob().fails(Fault.TRUNCATED, Fault.CUT_AT_70_PERCENT, Fault.UNASKED_206_HALF, Fault.UNASKED_206);
        assertThatThrownBy(() -> media(recording)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> media(recording)).isInstanceOf(UncheckedIOException.class);
        int length = recording.blob().bytes().length;
        HttpResponse<byte[]> half = media(recording);
        assertThat(half.statusCode()).isEqualTo(206);
        assertThat(half.headers().firstValue("content-range"))
                .hasValue("bytes 0-" + (length / 2 - 1) + "/" + length);
        assertThat(media(recording).body()).hasSize(length);
        assertThat(media(recording).statusCode()).isEqualTo(200);
    }

    @Test
    void a_redirect_leads_to_the_storage_provider_which_notices_a_token() {
        Row recording = acme.recording(NOW.minusSeconds(600));
        recording.blob().fails(Fault.REDIRECT);
        HttpResponse<byte[]> answer = media(recording);
        assertThat(answer.statusCode()).isEqualTo(302);
        URI location = URI.create(answer.headers().firstValue("location").orElseThrow());
        assertThat(location.toString()).startsWith(kazoo.storage().base());
        assertThat(kazoo.storage().asked()).isEmpty();
        Client stranger = new Client(kazoo);
        assertThat(Bytes.sha256(stranger.follow(location).body())).isEqualTo(recording.blob().sha256());
        assertThat(kazoo.storage().tokens()).isEmpty();
        stranger.signIn(acme).follow(location);
        assertThat(kazoo.storage().tokens()).hasSize(1);
    }

    // --- the budget -------------------------------------------------------------------------------------------------

    @Test
    void an_account_has_a_hundred_requests_and_ten_more_each_second() {
        Account child = kazoo.account("Child", acme);
        for (int i = 0; i < 100; i++) {
            assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(200);
        }
        HttpResponse<byte[]> refused = client.get(path("vmboxes"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().map()).doesNotContainKey("retry-after");
        assertThat(Client.json(refused).path("message").asText()).isEqualTo("too_many_requests");
        assertThat(client.get("/v2/accounts/" + child.id() + "/vmboxes").statusCode()).isEqualTo(200);
        clock.forward(Duration.ofMillis(500));
        for (int i = 0; i < 5; i++) {
            assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(200);
        }
        assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(429);
        assertThat(kazoo.buckets().refused(acme.id())).isEqualTo(2);
    }

    @Test
    void who_goes_on_after_a_refusal_is_noticed() {
        kazoo.buckets().drain(acme.id(), Duration.ofSeconds(2));
        assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(429);
        clock.forward(Duration.ofMillis(100));
        assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(429);
        assertThat(hammered()).as("was on its way already").isZero();
        clock.forward(Duration.ofMillis(500));
        assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(429);
        assertThat(hammered()).isEqualTo(1);
        clock.forward(Duration.ofMillis(1_400));
        assertThat(client.get(path("vmboxes")).statusCode()).isEqualTo(200);
        assertThat(hammered()).isEqualTo(1);
    }

    // --- deletion ---------------------------------------------------------------------------------------------------

    @Test
    void what_is_deleted_by_request_is_in_no_list_and_404() {
        Row recording = acme.recording(NOW.minusSeconds(600));
        String box = acme.box("Reception");
        Row voicemail = acme.voicemail(box, NOW.minusSeconds(600));
        Row fax = acme.fax("inbox", NOW.minusSeconds(600));
        for (String one : List.of(
                "recordings/" + recording.id(),
                "vmboxes/" + box + "/messages/" + voicemail.id(),
                "faxes/inbox/" + fax.id())) {
            HttpResponse<byte[]> answer = client.method("DELETE", path(one));
            assertThat(answer.statusCode()).as(one).isEqualTo(200);
            assertThat(Client.json(answer).at("/data/_read_only/deleted").asBoolean()).as(one).isTrue();
            assertThat(client.method("DELETE", path(one)).statusCode()).as(one).isEqualTo(404);
        }
        assertThat(ids(all("recordings"))).isEmpty();
        assertThat(kazoo.violations()).isEmpty();
    }

    @Test
    void the_mark_is_refused_by_each_line_in_its_own_way_and_taken_by_a_patched_server() {
        Row recording = acme.recording(NOW.minusSeconds(600));
        Row other = acme.recording(NOW.minusSeconds(700));
        String mark = "\"soft_delete\":{\"deleted_at\":63940752000}";
        String one = path("recordings/" + recording.id());
        assertThat(client.patch(one, "{\"data\":{" + mark + "}}").statusCode()).isEqualTo(405);
        acme.switches().five();
        HttpResponse<byte[]> refused = client.patch(one, "{\"data\":{" + mark + "}}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Client.json(refused).at("/data/soft_delete/forbidden/message").asText()).isEqualTo("Read-only property");
        acme.switches().patched();
        assertThat(client.patch(one, "{\"data\":{" + mark + "}}").statusCode()).isEqualTo(200);
        assertThat(ids(all("recordings"))).containsExactly(other.id());
        assertThat(ids(all("recordings") + "&include=soft_delete")).hasSize(2);
        HttpResponse<byte[]> both = client.patch(
                path("recordings/collection"),
                "{\"data\":{\"recordings\":[\"" + other.id() + "\",\"202603-none\"]," + mark + "}}");
        assertThat(Client.json(both).at("/data/success/" + other.id() + "/soft_delete").isObject()).isTrue();
        assertThat(Client.json(both).at("/data/failure").has("202603-none")).isTrue();
        assertThat(ids(all("recordings"))).isEmpty();
    }

    private int hammered() {
        return kazoo.buckets().hammered(acme.id(), Duration.ofMillis(250), Duration.ofMillis(900));
    }

    private HttpResponse<byte[]> media(Row recording) {
        return client.get(path("recordings/" + recording.id()), "Accept", "audio/mpeg");
    }

    private HttpResponse<byte[]> userAuth(String method, String secret, String how, String account) {
        return client.put(
                "/v2/user_auth",
                "{\"data\":{\"credentials\":\"%s\",\"method\":\"%s\",\"%s\":\"%s\"}}"
                        .formatted(Doorman.hash(method, secret), method, how, account));
    }

    private String types(int row) {
        return client.json(all("recordings"))
                .path("data")
                .path(row)
                .path("_read_only")
                .path("content_types")
                .toString();
    }

    private List<String> ids(String path) {
        return client.walk(path, "id");
    }

    private String path(String rest) {
        return "/v2/accounts/" + acme.id() + "/" + rest;
    }

    private String all(String list) {
        return window(list, Gregorian.of(NOW.minus(Duration.ofDays(30))), Gregorian.of(NOW));
    }

    private String window(String list, long from, long to) {
        return path(list + "?created_from=" + from + "&created_to=" + to);
    }
}
