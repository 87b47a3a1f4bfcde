// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kazoo on a bad day: each oddity in an account of its own, so that none hides another, and all of them in the same two
 * archives; between them some things get better.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KazooFaultsIT {

    /** What is answered well when it is asked once more, within the same archive. */
    private static final Set<Fault> PASSING = Set.of(
            Fault.PROVIDER_ERROR,
            Fault.UNREACHABLE,
            Fault.EMPTY,
            Fault.ENVELOPE_AS_AUDIO,
            Fault.PROXY_PAGE,
            Fault.PAGE_AS_AUDIO,
            Fault.TRUNCATED,
            Fault.CUT_AT_70_PERCENT,
            Fault.UNASKED_206,
            Fault.UNASKED_206_HALF);

    private KazooScene scene;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, AtomicInteger> downloads = new HashMap<>();
    private final Map<Fault, Row> once = new EnumMap<>(Fault.class);
    private final Map<Fault, Row> always = new EnumMap<>(Fault.class);
    private Row missingFirst;
    private Row announced;
    private Row neverUploaded;
    private Row behindTheEdge;
    private Row nowhere;
    private Row patched;
    private Row deletedMeanwhile;
    private Row deletedAfterwards;
    private Row redirected;
    private Outcome first;
    private Outcome firstStatus;
    private Outcome firstReport;
    private Outcome second;
    private Outcome report;
    private Outcome status;
    private final Map<String, Set<String>> storedFirst = new HashMap<>();
    private final Map<String, Integer> tokensOfFirst = new HashMap<>();
    private int requestsOfFirst;

    @BeforeAll
    void archive_twice(@TempDir Path temporary) {
        scene = new KazooScene(temporary);
        tokens();
        budget();
        pages();
        windows();
        modules();
        uploads();
        binaries();
        deletions();
        first = scene.archive();
        scene.kazoo.onRequest(asked -> {});
        requestsOfFirst = scene.kazoo.requests();
        firstStatus = scene.run("status", "--json");
        firstReport = scene.run("report", "--json");
        accounts.forEach((customer, account) -> {
            storedFirst.put(customer, Proofs.sums(scene.nas(), customer));
            tokensOfFirst.put(customer, scene.kazoo.tokens().issued(account));
        });
        meanwhile();
        second = scene.archive();
        status = scene.run("status", "--json");
        report = scene.run("report", "--json");
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    // --- what is set up ---------------------------------------------------------------------------------------------

    /** A customer of that name with an account of its own, and so many recordings. */
    private Account customer(String name, String feeds, int recordings) {
        Account account = scene.kazoo.account("Company " + name);
        accounts.put(name, account);
        scene.customer(name, account, feeds);
        for (int i = 0; i < recordings; i++) {
            account.recording(scene.ago(Duration.ofHours(30 + 17L * i % 400)).minusSeconds(i));
        }
        return account;
    }

    private Account customer(String name, int recordings) {
        return customer(name, "recordings", recordings);
    }

    private void tokens() {
        customer("expiry", 8);
        customer("expiryfive", 8).switches().five();
        for (String name : List.of("expiry", "expiryfive", "drained")) {
            downloads.put(name, new AtomicInteger());
        }
        scene.kazoo.onRequest(this::befalls);
    }

    private void budget() {
        customer("drained", 8);
        customer("busy", 180).switches().tokenLife(Duration.ofSeconds(4));
    }

    /** What happens to an account when its fourth binary is asked for; and to a recording before its own is. */
    private void befalls(Asked asked) {
        downloads.forEach((name, count) -> {
            Account account = accounts.get(name);
            boolean counts = asked.kind() == Asked.Kind.CONTENT && account.id().equals(asked.account());
            if (counts && count.incrementAndGet() == 4) {
                if (name.equals("drained")) {
                    scene.kazoo.buckets().drain(account.id(), Duration.ofMillis(800));
                } else {
                    scene.kazoo.tokens().endAll(account);
                }
            }
        });
        if (asked.kind() == Asked.Kind.CONTENT && accounts.get("deleted").id().equals(asked.account())) {
            deletedMeanwhile.delete();
        }
    }

    private void pages() {
        customer("quoted", 7).switches().textNumbers().mostRows(3);
        Account chunky = customer("chunky", "cdrs", 0);
        chunky.switches().failingChunks().mostRows(3);
        for (int i = 0; i < 10; i++) {
            chunky.cdr(scene.ago(Duration.ofHours(30 + i)));
        }
        customer("bare", 7).switches().lastPage(Switches.LastPage.BARE).mostRows(3);
        customer("emptypage", 7).switches().lastPage(Switches.LastPage.EMPTY_PAGE_BEHIND).mostRows(3);
        Account edges = customer("edges", "recordings, cdrs, voicemails", 7);
        edges.switches().repeatedRows().mostRows(3);
        String box = edges.box("1000");
        for (int i = 0; i < 9; i++) {
            edges.cdr(scene.ago(Duration.ofHours(30 + i)));
            // Two of each second: the key to the next page does not tell them apart.
            edges.voicemail(box, scene.ago(Duration.ofHours(30 + i / 2)));
        }
        Account loop = customer("loop", "voicemails", 0);
        loop.switches().mostRows(3);
        String crowded = loop.box("1000");
        for (int i = 0; i < 5; i++) {
            loop.voicemail(crowded, scene.ago(Duration.ofHours(50)));
        }
    }

    private void windows() {
        customer("narrow", 7).switches().maximumRange(Duration.ofDays(7));
        customer("unwell", "recordings, cdrs", 5).switches().missingViews(1).unreachable(2);
        customer("edge", 3);
        scene.set("edge", "since", "60d");
        Instant edge = scene.monthStart(Duration.ofHours(4));
        scene.set("edge", "look-back", Duration.between(edge, scene.now).minusSeconds(60).toSeconds() + "s");
        Account straddling = customer("straddling", 3);
        Instant before = scene.monthStart(Duration.ofHours(30)).minusSeconds(300);
        scene.set("straddling", "since", "40d");
        nowhere = straddling.recordingIn(Gregorian.month(before.plusSeconds(600)), before, Duration.ofMinutes(10));
        nowhere.attach(straddling.blob(Blob.Kind.MP3));
    }

    private void modules() {
        Account off = customer("off", "recordings, cdrs", 4);
        off.switches().stop(Feed.RECORDINGS);
        off.cdr(scene.ago(Duration.ofDays(3)));
    }

    private void uploads() {
        Account late = customer("late", 3);
        announced = late.recordingWithoutMedia(scene.ago(Duration.ofHours(2)), Duration.ofSeconds(30));
        neverUploaded = late.recordingWithoutMedia(scene.ago(Duration.ofDays(3)), Duration.ofSeconds(30));
        Account missing = customer("missing", 3);
        missingFirst = missing.recording(scene.ago(Duration.ofMinutes(20)));
        missingFirst.blob().fails(Fault.NO_ATTACHMENT);
    }

    private void binaries() {
        Account moody = customer("moody", 3);
        Account stubborn = customer("stubborn", 3);
        for (Fault fault : PASSING) {
            Row recording = moody.recording(scene.ago(Duration.ofHours(60 + fault.ordinal())));
            recording.attach(moody.blob(Blob.Kind.MP3, 200_000)).blob().fails(fault);
            once.put(fault, recording);
        }
        for (Fault fault : List.of(
                Fault.PROVIDER_ERROR, Fault.EMPTY, Fault.ENVELOPE_AS_AUDIO, Fault.PAGE_AS_AUDIO, Fault.TRUNCATED)) {
            Row recording = stubborn.recording(scene.ago(Duration.ofHours(60 + fault.ordinal())));
            recording.blob().alwaysFails(fault);
            always.put(fault, recording);
        }
        Account elsewhere = customer("elsewhere", 3);
        redirected = elsewhere.recording(scene.ago(Duration.ofHours(80)));
        redirected.blob().alwaysFails(Fault.REDIRECT);
    }

    private void deletions() {
        Account deleted = customer("deleted", 3);
        deletedAfterwards = deleted.recording(scene.ago(Duration.ofHours(20)));
        deletedMeanwhile = deleted.recording(scene.ago(Duration.ofMinutes(30)));
        Account patchedServer = customer("patched", 2);
        patched = patchedServer.recording(scene.ago(Duration.ofHours(40))).edit(json -> json.putObject("soft_delete")
                .put("deleted_at", Gregorian.of(scene.now))
                .putObject("deleted_by")
                .put("account_id", patchedServer.id()));
    }

    /** What gets better, comes in or goes away between the two archives. */
    private void meanwhile() {
        accounts.get("off").switches().start(Feed.RECORDINGS);
        announced.attach(accounts.get("late").blob(Blob.Kind.MP3));
        always.values().forEach(row -> row.blob().recovers());
        deletedAfterwards.delete();
        Instant edge = scene.monthStart(Duration.ofHours(4));
        behindTheEdge = accounts.get("edge").recording(edge.minusSeconds(300), Duration.ofMinutes(95));
    }

    // --- what must be true of both archives -------------------------------------------------------------------------

    @Test
    void work_is_left_and_both_archives_say_so() {
        assertThat(first.exit()).as(first.toString()).isEqualTo(3);
        assertThat(second.exit()).as(second.toString()).isEqualTo(3);
        assertThat(report.exit()).as(report.toString()).isEqualTo(3);
    }

    @Test
    void whatever_is_wrong_nothing_is_stored_twice_or_with_other_bytes() {
        accounts.forEach((customer, account) -> Proofs.storedAtMostOnce(scene.nas(), customer, account.rows()));
    }

    @Test
    void nothing_but_reading_is_asked_and_nobody_else_is_shown_a_token() {
        Proofs.goodManners(scene.kazoo);
        Proofs.secretsAreNowhere(scene);
    }

    // --- tokens -----------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"expiry", "expiryfive"})
    void a_401_in_the_middle_of_either_shape_is_one_new_token(String customer) {
        Account account = accounts.get(customer);
        assertStoredAtFirst(customer, account.rows(Feed.RECORDINGS));
        assertComplete(customer);
        assertThat(tokensOfFirst.get(customer)).as("tokens of the first archive").isEqualTo(2);
    }

    @Test
    void tokens_of_four_seconds_are_renewed_as_often_as_it_takes() {
        assertStoredAtFirst("busy", accounts.get("busy").rows(Feed.RECORDINGS));
        assertComplete("busy");
        assertThat(scene.kazoo.tokens().issued(accounts.get("busy"))).isBetween(2, 60);
    }

    // --- the budget -------------------------------------------------------------------------------------------------

    @Test
    void a_429_without_retry_after_is_waited_out_in_silence() {
        Account drained = accounts.get("drained");
        assertThat(scene.kazoo.buckets().refused(drained.id())).as("it was refused").isPositive();
        // Besides the first as many as were on their way.
        Proofs.noHammering(scene.kazoo, drained, 8);
        assertComplete("drained");
        assertThat(items(status, "drained").path("dead").asInt()).isZero();
        for (Row row : drained.rows(Feed.RECORDINGS)) {
            assertThat(scene.kazoo.contentRequests(row)).as(row.toString()).isBetween(1, 4);
        }
    }

    @Test
    void more_than_a_bucket_holds_is_asked_at_the_pace_at_which_it_fills() {
        Account busy = accounts.get("busy");
        assertThat(scene.kazoo.log(busy)).hasSizeGreaterThan(180);
        Proofs.noHammering(scene.kazoo, busy, 2);
    }

    // --- pages ------------------------------------------------------------------------------------------------------

    @Test
    void numbers_in_quotes_are_numbers() {
        assertComplete("quoted");
    }

    @Test
    void a_list_that_would_be_cut_short_in_chunks_is_complete() {
        assertComplete("chunky");
        Proofs.journalHolds(scene.nas(), "chunky", Feed.CDRS, accounts.get("chunky").rows(Feed.CDRS));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"bare", "emptypage"})
    void a_last_page_ends_a_list_however_it_looks(String customer) {
        assertStoredAtFirst(customer, accounts.get(customer).rows(Feed.RECORDINGS));
        assertComplete(customer);
    }

    @Test
    void rows_that_come_again_at_the_edge_of_a_page_are_one() {
        assertComplete("edges");
        Account edges = accounts.get("edges");
        for (Feed feed : List.of(Feed.RECORDINGS, Feed.CDRS, Feed.VOICEMAILS)) {
            Proofs.journalHolds(scene.nas(), "edges", feed, edges.rows(feed));
            assertThat(KazooScene.of(status, "edges").path("records").path(feed.key()).asInt())
                    .isEqualTo(edges.rows(feed).size());
        }
    }

    @Test
    void a_page_that_leads_to_itself_ends_and_is_never_called_complete_without_the_rest() {
        assertThat(scene.kazoo.log(accounts.get("loop"))).hasSizeLessThan(60);
        assertCompleteOrNot("loop");
    }

    // --- windows ----------------------------------------------------------------------------------------------------

    @Test
    void a_server_that_allows_a_week_gives_everything_or_the_report_says_that_it_is_not_complete() {
        assertThat(scene.kazoo.log(accounts.get("narrow"))).as("asked without end").hasSizeLessThan(100);
        assertCompleteOrNot("narrow");
    }

    @Test
    void lists_that_fail_with_503_are_asked_again() {
        assertComplete("unwell");
        Proofs.journalHolds(
                scene.nas(), "unwell", Feed.RECORDINGS, accounts.get("unwell").rows(Feed.RECORDINGS));
    }

    @Test
    void a_call_saved_in_the_month_before_is_found_by_a_look_back_that_begins_after_it() {
        Proofs.stored(scene.nas(), "edge", List.of(behindTheEdge));
        assertComplete("edge");
    }

    @Test
    void a_recording_that_is_listed_and_404_is_kept_in_mind_and_hides_nothing() {
        List<Row> others = others("straddling", nowhere);
        assertStoredAtFirst("straddling", others);
        Proofs.storedExactlyOnce(scene.nas(), "straddling", others);
        Proofs.journalHolds(scene.nas(), "straddling", Feed.RECORDINGS, List.of(nowhere));
        assertOneIsNotStored("straddling");
    }

    // --- modules ----------------------------------------------------------------------------------------------------

    @Test
    void a_module_that_is_off_is_no_empty_list() {
        JsonNode off = KazooScene.of(firstReport, "off");
        assertThat(off.path("complete").asBoolean()).isFalse();
        assertThat(storedFirst.get("off")).isEmpty();
        Proofs.journalHolds(scene.nas(), "off", Feed.CDRS, accounts.get("off").rows(Feed.CDRS));
    }

    @Test
    void when_the_module_is_on_everything_is_had() {
        assertComplete("off");
    }

    // --- uploads ----------------------------------------------------------------------------------------------------

    @Test
    void a_recording_that_is_uploaded_later_is_stored_later() {
        Proofs.stored(scene.nas(), "late", List.of(announced));
        assertThat(scene.kazoo.contentRequests(announced)).isBetween(1, 2);
        assertThat(announced.served()).as("both forms were listed").hasSize(2);
        Proofs.journalHolds(scene.nas(), "late", Feed.RECORDINGS, List.of(announced));
    }

    @Test
    void a_recording_that_is_never_uploaded_is_in_the_journal_and_stops_nothing() {
        List<Row> others = new ArrayList<>(others("late", neverUploaded));
        Proofs.storedExactlyOnce(scene.nas(), "late", others);
        Proofs.journalHolds(scene.nas(), "late", Feed.RECORDINGS, List.of(neverUploaded));
        assertThat(scene.kazoo.contentRequests(neverUploaded)).as("at most once an archive").isLessThanOrEqualTo(2);
    }

    @Test
    void a_young_404_is_asked_once_in_a_pass_and_again_in_the_next() {
        assertThat(storedFirst.get("missing"))
                .hasSize(3)
                .doesNotContain(missingFirst.blob().sha256());
        assertThat(items(firstStatus, "missing").path("pending").asInt()).isEqualTo(1);
        assertThat(scene.kazoo.contentRequests(missingFirst)).isEqualTo(2);
        assertComplete("missing");
    }

    // --- binaries ---------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            names = {"NO_ATTACHMENT", "REDIRECT"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_bad_answer_is_asked_again_in_the_same_archive_and_then_stored(Fault fault) {
        Row recording = once.get(fault);
        assertStoredAtFirst("moody", List.of(recording));
        int most = fault == Fault.UNASKED_206 ? 1 : 2;
        assertThat(scene.kazoo.contentRequests(recording)).isEqualTo(most);
    }

    @Test
    void after_a_cut_only_the_rest_is_asked_for() {
        for (Fault fault : List.of(Fault.TRUNCATED, Fault.CUT_AT_70_PERCENT, Fault.UNASKED_206_HALF)) {
            assertThat(scene.kazoo.log(accounts.get("moody")))
                    .filteredOn(asked -> asked.path().contains(once.get(fault).id()))
                    .as(fault.toString())
                    .last()
                    .satisfies(asked -> assertThat(asked.headers().getOrDefault("range", ""))
                            .matches("bytes=[1-9][0-9]{3,}-[0-9]*"));
        }
    }

    @Test
    void what_never_answers_with_media_is_never_stored_and_never_hides() {
        Account stubborn = accounts.get("stubborn");
        List<Row> good = stubborn.rows(Feed.RECORDINGS).stream()
                .filter(row -> !always.containsValue(row))
                .toList();
        assertThat(storedFirst.get("stubborn"))
                .containsExactlyInAnyOrderElementsOf(
                        good.stream().map(row -> row.blob().sha256()).toList());
        JsonNode items = items(firstStatus, "stubborn");
        assertThat(items.path("stored").asInt()).isEqualTo(good.size());
        assertThat(items.path("pending").asInt()).isEqualTo(always.size());
    }

    @Test
    void what_never_answers_with_media_is_asked_three_times_an_archive_and_had_when_it_recovers() {
        always.forEach((fault, row) -> {
            long asked = scene.kazoo.log(accounts.get("stubborn")).stream()
                    .filter(each -> each.number() <= requestsOfFirst && each.path().contains(row.id()))
                    .count();
            assertThat(asked).as(fault.toString()).isBetween(1L, 3L);
        });
        assertComplete("stubborn");
    }

    @Test
    void a_redirect_to_the_storage_provider_is_followed_without_the_token_or_not_at_all() {
        List<Row> others = others("elsewhere", redirected);
        Proofs.stored(scene.nas(), "elsewhere", others);
        // To a public address it is followed; whether this one may be is for the program to decide, and to say.
        if (Proofs.sums(scene.nas(), "elsewhere").contains(redirected.blob().sha256())) {
            assertThat(scene.kazoo.storage().asked()).hasSize(1);
            assertComplete("elsewhere");
        } else {
            assertThat(scene.kazoo.storage().asked()).isEmpty();
            assertOneIsNotStored("elsewhere");
        }
    }

    // --- deletions --------------------------------------------------------------------------------------------------

    @Test
    void what_is_deleted_at_the_source_afterwards_stays_archived() {
        Proofs.stored(scene.nas(), "deleted", List.of(deletedAfterwards));
        assertThat(scene.kazoo.contentRequests(deletedAfterwards)).isEqualTo(1);
    }

    @Test
    void what_is_deleted_between_the_list_and_the_download_is_kept_in_mind() {
        Proofs.notStored(scene.nas(), "deleted", List.of(deletedMeanwhile));
        Proofs.journalHolds(scene.nas(), "deleted", Feed.RECORDINGS, List.of(deletedMeanwhile));
        assertOneIsNotStored("deleted");
    }

    @Test
    void a_mark_of_deletion_by_a_patched_server_is_kept_and_the_recording_is_accounted_for() {
        Proofs.journalHolds(scene.nas(), "patched", Feed.RECORDINGS, accounts.get("patched").rows(Feed.RECORDINGS));
        Proofs.stored(scene.nas(), "patched", others("patched", patched));
        JsonNode items = items(status, "patched");
        assertThat(items.path("stored").asInt() + items.path("excluded").asInt()).isEqualTo(3);
        assertThat(KazooScene.of(report, "patched").path("complete").asBoolean()).isTrue();
    }

    // ----------------------------------------------------------------------------------------------------------------

    /** After the second archive: everything there is, once, and the report says so. */
    private void assertComplete(String customer) {
        Proofs.storedExactlyOnce(scene.nas(), customer, rowsWithBinaries(customer));
        JsonNode said = KazooScene.of(report, customer);
        assertThat(said.path("complete").asBoolean()).as(said.toString()).isTrue();
        assertThat(items(status, customer).path("pending").asInt()).isZero();
    }

    private void assertCompleteOrNot(String customer) {
        JsonNode said = KazooScene.of(report, customer);
        boolean all = Proofs.sums(scene.nas(), customer).size() == rowsWithBinaries(customer).size();
        if (all) {
            Proofs.storedExactlyOnce(scene.nas(), customer, rowsWithBinaries(customer));
        } else {
            assertThat(said.path("complete").asBoolean()).as(said.toString()).isFalse();
            assertThat(second.said()).contains(customer);
        }
    }

    private List<Row> rowsWithBinaries(String customer) {
        return accounts.get(customer).rows().stream()
                .filter(row -> row.blob() != null)
                .toList();
    }

    private void assertStoredAtFirst(String customer, List<Row> rows) {
        assertThat(storedFirst.get(customer))
                .as("after the first archive of " + customer)
                .containsAll(rows.stream().map(row -> row.blob().sha256()).toList());
    }

    private void assertOneIsNotStored(String customer) {
        JsonNode items = items(status, customer);
        assertThat(items.path("pending").asInt()
                        + items.path("gone").asInt()
                        + items.path("dead").asInt())
                .as(items.toString())
                .isEqualTo(1);
    }

    private List<Row> others(String customer, Row without) {
        return accounts.get(customer).rows().stream()
                .filter(row -> row != without && row.blob() != null)
                .toList();
    }

    private static JsonNode items(Outcome outcome, String customer) {
        return KazooScene.of(outcome, customer).path("items");
    }
}
