// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ErrorCode;
import io.callvault.provider.House;
import io.callvault.sandbox.kazoo.KazooAccounts;
import io.callvault.sandbox.kazoo.KazooReply;
import io.callvault.sandbox.kazoo.KazooRequest;
import io.callvault.sandbox.kazoo.KazooSandbox;
import io.callvault.testing.FlyingTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kazoo's traps, one by one, through the real routes. */
class KazooTest {

    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    private final FlyingTime time = new FlyingTime(NOW);
    private final KazooSandbox sandbox = KazooSandbox.start(time.clock());
    private final KazooAccounts accounts = sandbox.accounts();
    private final String top = sandbox.top();

    @TempDir
    Path home;

    private Map<String, String> keys;

    @BeforeEach
    void keys() {
        keys = KazooFixture.keys(sandbox);
    }

    @AfterEach
    void close() {
        assertThat(KazooFixture.misbehaviour(sandbox)).isEmpty();
        assertThat(sandbox.requests(one -> one.isPage() && !"false".equals(one.query().get("is_chunked"))))
                .isEmpty();
        sandbox.close();
        time.close();
    }

    @Test
    void a_401_in_either_shape_and_a_token_that_ends_during_the_run_are_answered_with_a_new_token() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(KazooRequest::isPage, 1, 1, good -> expired(KazooReply.tokenExpired()));
        sandbox.when(KazooRequest::isMedia, 3, 1, good -> expired(KazooReply.tokenUnknown()));

        assertComplete(archive());

        assertThat(sandbox.requests(KazooRequest::isLogin)).hasSize(3);
        assertStored(top);
    }

    private KazooReply expired(KazooReply reply) {
        sandbox.expireTokens();
        return reply;
    }

    @Test
    void a_token_is_renewed_before_it_ends() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(KazooRequest::isMedia, 0, 1, good -> {
            time.advance(Duration.ofMinutes(50));
            return good;
        });

        assertComplete(archive());

        assertThat(sandbox.requests(one -> one.status() == 401)).isEmpty();
        assertThat(sandbox.requests(KazooRequest::isLogin)).hasSize(2);
    }

    @Test
    void a_429_that_does_not_say_how_long_is_followed_by_silence() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(KazooRequest::isMedia, 5, 1, good -> KazooReply.tooMany());

        assertComplete(archive());

        List<KazooRequest> all = sandbox.requests();
        Instant refused = all.stream().filter(one -> one.status() == 429).findFirst().orElseThrow().at();
        assertThat(all).noneMatch(one -> one.at().isAfter(refused) && one.at().isBefore(refused.plusSeconds(10)));
        assertStored(top);
    }

    @Test
    void the_bucket_of_100_tokens_is_never_found_empty() {
        for (int i = 0; i < 400; i++) {
            Instant at = YESTERDAY.plusSeconds(i);
            accounts.recording(top, "r" + i, at, at.plusSeconds(1));
        }

        assertComplete(archive());

        assertStored(top);
        assertThat(sandbox.requests(one -> one.status() == 429)).isEmpty();
        assertThat(Duration.between(NOW, time.now()))
                .as("400 at 10 a second, a hundred of them at once")
                .isGreaterThan(Duration.ofSeconds(29));
    }

    @Test
    void a_page_size_that_is_a_text_is_read() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(KazooRequest::isPage, 0, 1_000, good -> replaced(good, "\"page_size\":(\\d+)", "\"page_size\":\"$1\""));

        assertComplete(archive());
        assertStored(top);
    }

    @Test
    void a_list_is_asked_for_whole_because_in_pieces_its_end_may_be_missing() {
        for (int i = 0; i < 450; i++) {
            accounts.cdr(top, "call" + i, YESTERDAY.plusSeconds(i), 1);
        }

        House.Pass pass = archive();

        assertComplete(pass);
        assertThat(pass.counts().records()).containsEntry("cdrs", 450L);
    }

    @Test
    void a_last_page_without_a_key_or_with_an_empty_one_is_the_last() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(KazooRequest::isPage, 0, 1_000, good -> replaced(good, "\"status\"", "\"next_start_key\":null,\"status\""));
        assertComplete(archive());
        assertStored(top);
    }

    @Test
    void rows_that_share_a_key_over_a_pages_edge_are_kept_once_and_none_is_missed() {
        String box = KazooAccounts.hex("box");
        for (int i = 0; i < 650; i++) {
            accounts.voicemail(top, box, "v" + i, YESTERDAY);
        }
        accounts.voicemail(top, box, "later", YESTERDAY.plusSeconds(60));
        keys.put("feeds", "voicemails");

        House.Pass pass = archive();

        assertComplete(pass);
        assertThat(pass.counts().records()).containsEntry("voicemails", 651L);
        assertStored(top);
    }

    @Test
    void a_server_that_takes_shorter_spans_says_so_and_is_asked_for_these() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.maximumRange(Duration.ofDays(5));

        assertComplete(archive());

        assertThat(sandbox.requests(one -> one.status() == 400)).hasSizeBetween(1, 4);
        assertStored(top);
    }

    @Test
    void no_span_is_longer_than_31_days_and_an_hour_and_both_bounds_are_sent() {
        keys.put("since", "400d");
        KazooFixture.fill(accounts, top, "a", NOW);

        assertComplete(archive());

        assertThat(sandbox.requests(KazooRequest::isPage)).allSatisfy(one -> {
            long from = Long.parseLong(one.query().get("created_from"));
            long to = Long.parseLong(one.query().get("created_to"));
            assertThat(to - from).isBetween(0L, 2_682_000L);
            assertThat(one.status()).isEqualTo(200);
        });
    }

    @Test
    void a_module_that_is_not_started_stops_its_feed_alone_and_is_named() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(one -> one.rest().equals("recordings"), KazooReply.badIdentifier());

        House.Pass pass = archive();

        assertThat(pass.stopped()).isNull();
        assertThat(pass.failures()).singleElement().asString().contains("start_module cb_recordings");
        assertThat(pass.items("stored")).isEqualTo(18);
        assertThat(pass.counts().records()).containsEntry("cdrs", 9L);
    }

    @Test
    void a_recording_without_a_binary_waits_and_is_stored_when_it_has_one() {
        String id = accounts.recording(top, "late", YESTERDAY, YESTERDAY.plusSeconds(9));
        byte[] bytes = accounts.media(top, id);
        accounts.media(top, id, null);
        accounts.row(top, id, row -> {
            row.withObject("/_read_only").putArray("content_types");
            return row;
        });

        assertThat(archive().items("waiting")).isEqualTo(1);

        accounts.media(top, id, bytes);
        accounts.row(top, id, row -> {
            row.withObject("/_read_only").putArray("content_types").add("audio/mpeg");
            return row;
        });
        assertComplete(archive());
        assertStored(top);
    }

    @Test
    void a_binary_that_never_comes_is_gone_after_a_day_with_evidence() {
        String id = accounts.recording(top, "never", YESTERDAY, YESTERDAY.plusSeconds(9));
        accounts.media(top, id, null);
        archive();
        time.advance(Duration.ofHours(13));
        archive();
        time.advance(Duration.ofHours(13));

        assertThat(archive().items("gone")).isEqualTo(1);
    }

    @Test
    void binaries_whose_storage_cannot_be_read_are_tried_again_and_hold_nothing_else_back() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(one -> one.rest().startsWith("recordings/"), KazooReply.datastoreFault());

        House.Pass pass = archive();

        assertThat(pass.stopped()).isNull();
        assertThat(pass.items("stored")).isEqualTo(18);
        assertThat(pass.items("due")).isEqualTo(9);
        sandbox.heal();
        assertComplete(archive());
        assertStored(top);
    }

    @Test
    void a_503_is_asked_again() {
        KazooFixture.fill(accounts, top, "a", NOW);
        sandbox.when(KazooRequest::isPage, 0, 2, good -> KazooReply.datastoreUnreachable());
        sandbox.when(KazooRequest::isMedia, 0, 2, good -> KazooReply.datastoreUnreachable());

        assertComplete(archive());
        assertStored(top);
    }

    @Test
    void a_wav_recording_is_asked_for_as_mpeg_and_stored_as_what_it_is() {
        String id = accounts.recording(top, "wav", YESTERDAY, YESTERDAY.plusSeconds(9));
        accounts.media(top, id, accounts.media(top, accounts.voicemail(top, "b", "v", YESTERDAY)));
        keys.put("feeds", "recordings");

        assertComplete(archive());

        assertThat(house().binaries()).singleElement().asString().endsWith(".wav");
        assertThat(sandbox.requests(one -> one.status() == 406)).isEmpty();
        assertThat(sandbox.requests(KazooRequest::isMedia)).allMatch(one -> one.accept().equals("audio/mpeg"));
    }

    @Test
    void nothing_with_a_200_is_no_binary() {
        accounts.recording(top, "empty", YESTERDAY, YESTERDAY.plusSeconds(9));
        sandbox.when(KazooRequest::isMedia, KazooReply.nothing());

        assertThat(archive().items("due")).isEqualTo(1);

        assertThat(house().stored()).isEmpty();
        sandbox.heal();
        assertComplete(archive());
        assertStored(top);
    }

    @Test
    void a_binary_that_was_cut_goes_on_where_it_ended() {
        accounts.recording(top, "cut", YESTERDAY, YESTERDAY.plusSeconds(9));
        sandbox.when(KazooRequest::isMedia, 0, 1, good -> good.cut(700));

        assertComplete(archive());

        assertThat(sandbox.requests(one -> "bytes=700-".equals(one.range())))
                .singleElement()
                .satisfies(one -> assertThat(one.status()).isEqualTo(206));
        assertStored(top);
    }

    @Test
    void a_call_over_a_months_end_is_found_in_the_database_of_the_month_before() {
        Instant march = Instant.parse("2026-03-01T00:00:00Z");
        accounts.recording(top, "over", march.minusSeconds(300), march.plusSeconds(300));
        String ahead = accounts.recording(top, "ahead", march.minusSeconds(7_200), march.minusSeconds(7_100));
        accounts.database(top, ahead, YearMonth.of(2026, 3)); // by the server's date it is March already
        keys.put("since", "2026-03-01T00:00:00Z");

        assertComplete(archive());

        assertStored(top);
    }

    @Test
    void a_sub_account_that_is_refused_and_one_without_the_module_are_named_and_all_else_is_archived() {
        List<String> below = below(4);
        sandbox.when(of(below.get(1)), KazooReply.forbidden());
        sandbox.when(of(below.get(2)).and(one -> one.rest().equals("recordings")), KazooReply.badIdentifier());
        keys.put("accounts", "children");

        House.Pass pass = archive();

        assertThat(pass.stopped()).isNull();
        assertThat(pass.codes()).containsExactly(ErrorCode.PART_NOT_VISIBLE);
        assertThat(pass.counts().notVisible()).isEqualTo(2);
        assertThat(pass.failures())
                .anyMatch(said -> said.contains(below.get(1)) && said.contains("403"))
                .anyMatch(said -> said.contains(below.get(2)) && said.contains("404"));
        assertThat(pass.counts().records()).containsEntry("cdrs", 36L);
        assertThat(pass.items("stored")).isEqualTo(27 * 4 - 9);
    }

    @Test
    void descendants_are_all_below_and_ids_are_those_alone() {
        List<String> below = below(2);
        String deep = accounts.account("deep", below.get(0));
        KazooFixture.fill(accounts, deep, "deep", NOW);
        keys.put("accounts", below.get(1));
        assertComplete(archive());
        assertThat(house().stored()).isEqualTo(KazooFixture.binaries(sandbox, List.of(below.get(1))));

        keys.put("accounts", "descendants");
        keys.put("path", "{customer}/{extension}/{feed}/{date}/{id}.{ext}");
        assertComplete(archive());

        assertThat(house().stored()).isEqualTo(KazooFixture.binaries(sandbox, accounts.all()));
        assertThat(house().binaries().filter(file -> file.toString().contains("/acme/" + deep + "/")))
                .hasSize(27);
    }

    @Test
    void two_accounts_records_with_the_same_id_are_two() {
        String below = accounts.account("below", top);
        accounts.cdr(top, "same@203.0.113.7", YESTERDAY, 1);
        accounts.cdr(below, "same@203.0.113.7", YESTERDAY, 2);
        keys.put("accounts", "children");

        assertThat(archive().counts().records()).containsEntry("cdrs", 2L);
    }

    @Test
    void users_limit_the_recordings() {
        String mine = accounts.recording(top, "mine", YESTERDAY, YESTERDAY.plusSeconds(9));
        keys.put("users", KazooAccounts.hex("user"));
        keys.put("feeds", "recordings");
        assertComplete(archive());
        assertThat(house().stored()).hasSize(1);
        assertThat(sandbox.requests(KazooRequest::isPage)).allMatch(one -> one.rest().startsWith("users/"));
        assertThat(mine).startsWith("202603-");
    }

    @Test
    void a_fax_that_is_offered_as_tiff_and_comes_as_pdf_is_stored_as_pdf() {
        accounts.fax(top, "inbox", "in", YESTERDAY);
        accounts.fax(top, "outbox", "out", YESTERDAY);
        keys.put("feeds", "faxes");

        assertComplete(archive());

        assertThat(house().binaries()).hasSize(2).allMatch(file -> file.toString().endsWith(".pdf"));
        assertThat(sandbox.requests(one -> one.status() / 100 != 2)).isEmpty();
    }

    @Test
    void members_that_nobody_knows_are_kept() {
        String id = accounts.recording(top, "more", YESTERDAY, YESTERDAY.plusSeconds(9));
        accounts.row(top, id, row -> row.put("user_metadata_of_tomorrow", 1.10));
        keys.put("feeds", "recordings");

        assertComplete(archive());

        assertThat(house().sidecars()).singleElement().asString().contains("\"user_metadata_of_tomorrow\":1.1");
    }

    @Test
    void a_recording_that_a_patched_server_hides_is_archived_and_can_be_kept_out_by_its_kind() {
        String id = accounts.recording(top, "hidden", YESTERDAY, YESTERDAY.plusSeconds(9));
        accounts.row(top, id, row -> {
            row.putObject("soft_delete").put("deleted_at", 63_755_032_655L);
            return row;
        });
        sandbox.patch();
        keys.put("exclude", "kind:soft-deleted");
        assertThat(archive().items("excluded")).isEqualTo(1);
    }

    @Test
    void a_hidden_recording_is_stored_with_what_hides_it() {
        String id = accounts.recording(top, "hidden", YESTERDAY, YESTERDAY.plusSeconds(9));
        accounts.row(top, id, row -> {
            row.putObject("soft_delete").put("deleted_at", 63_755_032_655L);
            return row;
        });
        sandbox.patch();

        assertComplete(archive());

        assertStored(top);
        assertThat(house().sidecars()).singleElement().asString().contains("\"soft_delete\":{\"deleted_at\":63755032655}");
    }

    @Test
    void a_user_signs_in_with_the_hash_of_name_and_password() {
        keys.remove("api-key");
        keys.put("username", "Archiver@example.test");
        keys.put("password", "s3cret");
        keys.put("account-name", "acmetelco");
        KazooFixture.fill(accounts, top, "a", NOW);

        assertComplete(archive());

        assertStored(top);
        assertThat(sandbox.requests(KazooRequest::isLogin)).singleElement().satisfies(one -> {
            assertThat(one.method()).isEqualTo("PUT");
            assertThat(one.path()).isEqualTo("/v2/user_auth");
        });
    }

    @Test
    void a_refused_key_is_in_no_sentence() {
        String wrong = "f".repeat(64);
        keys.put("api-key", wrong);

        House.Pass pass = archive();

        assertThat(pass.stopped().code()).isEqualTo(ErrorCode.CREDENTIALS_REJECTED);
        assertThat(pass.failures()).noneMatch(said -> said.contains(wrong));
    }

    private List<String> below(int count) {
        KazooFixture.fill(accounts, top, "a", NOW);
        List<String> below = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = accounts.account("sub" + i, top);
            KazooFixture.fill(accounts, id, "s" + i, NOW);
            below.add(id);
        }
        return below;
    }

    private static Predicate<KazooRequest> of(String account) {
        return one -> account.equals(one.account());
    }

    private static KazooReply replaced(KazooReply good, String regex, String by) {
        String text = new String(good.body(), java.nio.charset.StandardCharsets.UTF_8).replaceFirst(regex, by);
        return new KazooReply(good.status(), good.headers(), text.getBytes(java.nio.charset.StandardCharsets.UTF_8), -1);
    }

    private House house() {
        return new House(home, time, keys);
    }

    private House.Pass archive() {
        return house().pass();
    }

    private static void assertComplete(House.Pass pass) {
        assertThat(pass.isGood()).as("%s", pass).isTrue();
        assertThat(pass.counts().items().keySet()).isSubsetOf("stored");
    }

    private void assertStored(String account) {
        assertThat(house().stored()).isNotEmpty().isEqualTo(KazooFixture.binaries(sandbox, List.of(account)));
    }
}
