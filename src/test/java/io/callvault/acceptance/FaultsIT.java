// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.callvault.acceptance.RateGroups.Group;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider on a bad day: whatever it does, nothing is lost, nothing is doubled, nothing is stored that is not media. */
class FaultsIT {

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
    }

    @Test
    void with_everything_at_once_four_archives_have_it_all() {
        List<Media> expected = scene.recordedCalls(70);
        int i = 0;
        for (Fault fault : Fault.values()) {
            if (fault != Fault.NOT_READY && fault != Fault.FOREIGN_REDIRECT) {
                expected.get(i++).fails(fault);
                expected.get(i++).fails(fault, Fault.TRUNCATED);
            }
        }
        Call rewritten = rows(expected);
        Media late = scene.acme.recording();
        Media redirected = scene.acme.recording().fails(Fault.FOREIGN_REDIRECT);
        scene.acme.call(scene.ago(Duration.ofDays(4))).recorded(redirected);
        scene.acme.junk(scene.ago(Duration.ofDays(5)), NullNode.getInstance());
        scene.acme.call(scene.ago(Duration.ofDays(6))).without("id");

        scene.lookalike.switches().perPageCap(7);
        scene.lookalike.switches().unavailable(15);
        scene.lookalike.switches().rateHeadersEvery(3);
        scene.lookalike.switches().foreignNextLinks(1);
        scene.lookalike.tokens().life(Duration.ofSeconds(3));
        scene.lookalike.groups().limit(Group.HEAVY, 1_000_000, Duration.ofSeconds(60), Duration.ofSeconds(1));
        AtomicBoolean inserted = new AtomicBoolean();
        Media between = scene.acme.recording();
        scene.lookalike.onRequest(seen -> {
            if ("2".equals(seen.parameter("page")) && !inserted.getAndSet(true)) {
                scene.acme.call(scene.ago(Duration.ofHours(25))).recorded(between);
                scene.lookalike.groups().storm(Group.HEAVY, 2);
            }
        });
        for (int run = 1; run <= 4; run++) {
            Outcome outcome = scene.archive();
            assertThat(outcome.exit()).as("run " + run + ": " + outcome).isEqualTo(3);
            if (run == 1) {
                rewritten.finished().recorded(late);
            }
            if (run == 2) {
                scene.lookalike.groups().storm(Group.HEAVY, 1);
            }
        }
        expected.addAll(List.of(late, between));
        List<Media> allowed = new ArrayList<>(expected);
        allowed.add(redirected);
        Proof.storedAtMostOnce(scene.nas(), "acme", allowed);
        assertThat(scene.nas().objects("acme"))
                .extracting(Target.Stored::sha256)
                .containsAll(expected.stream().map(Media::sha256).toList());
        Proof.journalMatchesObjects(scene.nas(), "acme");
        Proof.noLeftOvers(scene.nas().directory());
        assertThat(scene.lookalike.foreign().asked())
                .as("no list is asked of a stranger")
                .noneMatch(asked -> asked.contains("call-log"));

        Outcome report = scene.run("report", "--json");
        assertThat(report.exit()).as(report.toString()).isEqualTo(3);
        assertThat(report.json().path("customers").path(0).path("complete").asBoolean())
                .as("two rows could not be read")
                .isFalse();
        int stored = scene.nas().objects("acme").size();
        JsonNode items = scene.status().path("items");
        assertThat(items.path("stored").asInt()).isEqualTo(stored);
        if (stored < allowed.size()) {
            assertThat(items.path("pending").asInt() + items.path("dead").asInt())
                    .as("what a stranger holds is not forgotten")
                    .isPositive();
        }
    }

    /** Calls of every odd shape; returns the one that is still in progress. */
    private Call rows(List<Media> expected) {
        Media shared = scene.acme.recording();
        scene.acme.call(scene.ago(Duration.ofHours(60))).recorded(shared);
        scene.acme.call(scene.ago(Duration.ofHours(60))).recordedOnLeg(shared);
        Media noParties = scene.acme.recording();
        scene.acme.call(scene.ago(Duration.ofHours(61))).recorded(noParties).without("from", "to");
        expected.addAll(List.of(shared, noParties));
        for (String name : HostileDataIT.NAMES.subList(0, 12)) {
            Media hostile = scene.acme.recording();
            scene.acme.call(scene.ago(Duration.ofHours(62))).recorded(hostile).fromCaller(name, name);
            expected.add(hostile);
        }
        for (int i = 1; i <= 3; i++) {
            Media young = scene.acme.recording();
            for (int k = 0; k < i; k++) {
                young.fails(Fault.NOT_READY);
            }
            scene.acme.call(scene.ago(Duration.ofMinutes(20L * i))).recorded(young);
            expected.add(young);
        }
        return scene.acme.call(scene.ago(Duration.ofHours(5))).inProgress();
    }

    @Test
    void what_never_answers_with_media_is_never_stored_and_never_hides() {
        // A customer for each.
        Map<String, Media> bad = new HashMap<>();
        Map<String, List<Media>> good = new HashMap<>();
        for (Fault fault : List.of(
                Fault.EMPTY, Fault.HTML, Fault.HTML_AS_AUDIO, Fault.JSON, Fault.TRUNCATED, Fault.UNAVAILABLE)) {
            String customer = fault.name().toLowerCase(Locale.ROOT).replace("_", "");
            Company company = scene.customer(customer, scene.lookalike, "calls");
            Media always = company.recording();
            for (int i = 0; i < 40; i++) {
                always.fails(fault);
            }
            company.call(scene.ago(Duration.ofDays(2))).recorded(always);
            bad.put(customer, always);
            good.put(customer, scene.recordedCalls(company, 5));
        }
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        Map<String, JsonNode> statuses = scene.statuses();
        bad.forEach((customer, always) -> {
            assertThat(scene.lookalike.contentRequests(always))
                    .as("tries in one pass, " + customer)
                    .isBetween(1, 3);
            Proof.storedExactlyOnce(scene.nas(), customer, good.get(customer));
            JsonNode items = statuses.get(customer).path("items");
            assertThat(items.path("stored").asInt()).as(customer).isEqualTo(5);
            assertThat(items.path("pending").asInt()).as(customer).isEqualTo(1);
        });
    }

    @Test
    void a_download_cut_off_goes_on_where_it_was() {
        Media cut = scene.acme.recording(Media.Kind.MP3, 3_000_000).fails(Fault.CUT_AT_70_PERCENT);
        scene.acme.call(scene.ago(Duration.ofDays(2))).recorded(cut);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(cut));
        List<Seen> asked = scene.lookalike.log().stream()
                .filter(seen -> seen.path().equals(cut.path()))
                .toList();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).range()).matches("bytes=[1-9][0-9]{5,}-[0-9]*");
    }

    @Test
    void a_recording_that_is_not_ready_is_asked_for_once_in_a_pass_and_again_in_the_next() {
        Media young = scene.acme.recording().fails(Fault.NOT_READY);
        scene.acme.call(scene.ago(Duration.ofMinutes(10))).recorded(young);
        Outcome first = scene.archive();
        assertThat(first.exit()).as(first.toString()).isEqualTo(3);
        assertThat(scene.lookalike.contentRequests(young)).isEqualTo(1);
        assertThat(scene.status().path("items").path("pending").asInt()).isEqualTo(1);
        Outcome second = scene.archive();
        assertThat(second.exit()).as(second.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(young));
    }

    @Test
    void a_recording_that_a_call_gets_later_is_found_and_one_it_loses_stays_archived() {
        Media early = scene.acme.recording();
        Call loses = scene.acme.call(scene.ago(Duration.ofHours(6))).recorded(early);
        Call gains = scene.acme.call(scene.ago(Duration.ofHours(8))).inProgress();
        Outcome first = scene.archive();
        assertThat(first.exit()).as(first.toString()).isZero();
        Media late = scene.acme.recording();
        gains.finished().recorded(late);
        loses.forgetsRecording();
        Outcome second = scene.archive();
        assertThat(second.exit()).as(second.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(early, late));
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
        assertThat(scene.nas().journal("acme").events("record"))
                .as("two revisions of each")
                .hasSize(4);
        JsonNode items = scene.status().path("items");
        assertThat(items.path("stored").asInt()).isEqualTo(2);
        assertThat(items.path("gone").asInt()).isZero();
    }

    @Test
    void a_budget_of_ten_a_second_and_tokens_of_two_seconds_lose_nothing() {
        scene.lookalike.tokens().life(Duration.ofSeconds(2));
        scene.lookalike.groups().limit(Group.HEAVY, 10, Duration.ofSeconds(1), Duration.ofSeconds(2));
        List<Media> recordings = scene.recordedCalls(60);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        assertThat(scene.lookalike.groups().refused()).isLessThanOrEqualTo(2);
        assertThat(scene.lookalike.tokens().issued()).hasSizeGreaterThan(2);
    }

    @Test
    void a_token_that_dies_on_the_way_is_renewed_once() {
        List<Media> recordings = scene.recordedCalls(30);
        AtomicBoolean ended = new AtomicBoolean();
        scene.lookalike.onRequest(seen -> {
            if (seen.path().equals(recordings.get(15).path()) && !ended.getAndSet(true)) {
                scene.lookalike.tokens().endAll();
            }
        });
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        assertThat(scene.lookalike.tokens().issued()).hasSize(2);
    }

    @Test
    void a_storm_of_refusals_is_waited_out_in_silence() {
        List<Media> recordings = scene.recordedCalls(20);
        scene.lookalike.groups().limit(Group.HEAVY, 1_000_000, Duration.ofSeconds(60), Duration.ofSeconds(1));
        scene.lookalike.groups().storm(Group.HEAVY, 3);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        assertThat(scene.lookalike.groups().refused()).isEqualTo(3);
        assertThat(scene.status().path("items").path("dead").asInt()).isZero();
    }

    @Test
    void without_any_word_about_the_budget_a_few_recordings_are_archived_all_the_same() {
        scene.settings.set("customer.acme.since", "2d");
        scene.lookalike.switches().rateHeadersEvery(0);
        Media recording = scene.acme.recording();
        scene.acme.call(scene.ago(Duration.ofHours(20))).recorded(recording);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(recording));
    }

    @Test
    void a_next_link_to_a_stranger_is_refused_and_the_rest_is_had_next_time() {
        List<Media> recordings = scene.recordedCalls(20);
        scene.lookalike.switches().perPageCap(7);
        scene.lookalike.switches().foreignNextLinks(1_000);
        Outcome first = scene.archive();
        assertThat(first.exit()).as(first.toString()).isEqualTo(3);
        assertThat(scene.lookalike.foreign().asked()).isEmpty();
        scene.lookalike.switches().foreignNextLinks(0);
        Outcome second = scene.archive();
        assertThat(second.exit()).as(second.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    @Test
    void a_redirect_to_a_stranger_is_followed_without_the_token_or_not_at_all() {
        List<Media> recordings = scene.recordedCalls(5);
        Media redirected = recordings.get(2);
        for (int i = 0; i < 40; i++) {
            redirected.fails(Fault.FOREIGN_REDIRECT);
        }
        Outcome outcome = scene.archive();
        assertThat(scene.lookalike.foreign().tokens()).isEmpty();
        Proof.storedAtMostOnce(scene.nas(), "acme", recordings);
        int stored = scene.nas().objects("acme").size();
        // To a public address it is followed; whether this one may be is for the program to decide, and to say.
        if (stored == recordings.size()) {
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
            assertThat(scene.lookalike.foreign().asked()).hasSize(1);
        } else {
            assertThat(stored).isEqualTo(recordings.size() - 1);
            assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
            assertThat(scene.lookalike.foreign().asked()).isEmpty();
        }
    }
}
