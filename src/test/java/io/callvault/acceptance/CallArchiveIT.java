// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One company's calls archived twice on a good day; then everybody looks at the result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallArchiveIT {

    private Scene scene;
    private final List<Media> recordings = new ArrayList<>();
    private Outcome first;
    private Outcome second;
    private int requestsOfFirst;
    private int requestsOfBoth;
    private Map<String, String> afterFirst;
    private Map<String, String> afterSecond;

    @BeforeAll
    void archive_twice(@TempDir Path temporary) {
        scene = new Scene(temporary, "calls");
        scene.lookalike.switches().perPageCap(25);
        recordings.addAll(scene.recordedCalls(40));
        Company acme = scene.acme;
        for (int i = 0; i < 20; i++) {
            acme.call(scene.ago(Duration.ofHours(30 + 7 * i))).outbound();
        }
        Media onLegOnly = acme.recording(Media.Kind.WAV, 20_000);
        acme.call(scene.ago(Duration.ofHours(50))).recordedOnLeg(onLegOnly);
        Media onRecord = acme.recording();
        Media onLeg = acme.recording();
        acme.call(scene.ago(Duration.ofHours(51))).recorded(onRecord).recordedOnLeg(onLeg);
        Media onThree = acme.recording();
        acme.call(scene.ago(Duration.ofHours(52))).recorded(onThree);
        acme.call(scene.ago(Duration.ofHours(52))).recorded(onThree).outbound();
        acme.call(scene.ago(Duration.ofHours(100))).recordedOnLeg(onThree);
        recordings.addAll(List.of(onLegOnly, onRecord, onLeg, onThree));

        first = scene.archive();
        requestsOfFirst = scene.lookalike.requests();
        afterFirst = scene.nas().snapshot();
        second = scene.archive();
        requestsOfBoth = scene.lookalike.requests();
        afterSecond = scene.nas().snapshot();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void an_archive_of_everything_ends_with_zero() {
        assertThat(first.exit()).as(first.toString()).isZero();
        assertThat(second.exit()).as(second.toString()).isZero();
    }

    @Test
    void every_recording_is_stored_exactly_once_with_the_right_bytes() {
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        Proof.noLeftOvers(scene.callvault.folder());
    }

    @Test
    void the_record_beside_an_item_is_what_the_provider_said() {
        List<JsonNode> rows = scene.acme.calls().stream()
                .map(row -> Json.asRead(row.json()))
                .toList();
        for (Target.Stored stored : scene.nas().objects("acme")) {
            assertThat(rows).as(stored.path()).contains(Json.read(Target.read(stored.sidecar())));
        }
    }

    @Test
    void every_call_is_in_the_journal_recorded_or_not() {
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
        Proof.journalMatchesObjects(scene.nas(), "acme");
        assertThat(scene.nas().journal("acme").events("record"))
                .as("one revision of each")
                .hasSameSizeAs(scene.acme.calls());
    }

    @Test
    void each_item_costs_one_request() {
        for (Media recording : recordings) {
            assertThat(scene.lookalike.contentRequests(recording))
                    .as(recording.toString())
                    .isEqualTo(1);
        }
    }

    @Test
    void only_published_operations_are_asked() {
        Proof.goodManners(scene.lookalike);
    }

    @Test
    void the_same_again_lists_and_asks_for_nothing_else() {
        assertThat(scene.lookalike.logSince(requestsOfFirst))
                .filteredOn(seen -> seen.number() <= requestsOfBoth)
                .isNotEmpty()
                .allMatch(seen -> seen.kind() == Seen.Kind.LIST || seen.kind() == Seen.Kind.TOKEN);
    }

    @Test
    void the_same_again_changes_nothing_in_the_target() {
        assertThat(afterFirst).isNotEmpty();
        assertThat(afterSecond).isEqualTo(afterFirst);
    }

    @Test
    void secrets_are_written_nowhere() {
        assertThat(scene.callvault.filesWith(scene.lookalike.secrets(scene.jwt)))
                .isEmpty();
    }

    @Test
    void status_says_what_is_stored_in_the_agreed_form() {
        Outcome outcome = scene.run("status", "--json");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        JsonNode status = outcome.json().path("customers");
        assertThat(status).hasSize(1);
        JsonNode acme = status.path(0);
        assertThat(acme.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "customer", "provider", "state", "records", "items", "not-visible", "bytes", "oldest-unstored",
                        "first-loss", "targets", "gates");
        assertThat(acme.path("customer").asText()).isEqualTo("acme");
        assertThat(acme.path("provider").asText()).isEqualTo("ringcentral");
        assertThat(acme.path("state").asText()).isEqualTo("ok");
        assertThat(acme.path("records").path("calls").asInt())
                .isEqualTo(scene.acme.calls().size());
        assertThat(acme.path("items"))
                .isEqualTo(Json.read("{\"stored\":" + recordings.size()
                        + ",\"pending\":0,\"dead\":0,\"gone\":0,\"not-retained\":0,\"excluded\":0}"));
        assertThat(acme.path("not-visible").asInt()).isZero();
        assertThat(acme.path("bytes").asLong())
                .isEqualTo(recordings.stream().mapToLong(media -> media.bytes().length).sum());
        assertThat(acme.path("oldest-unstored").isNull()).isTrue();
        assertThat(acme.path("first-loss").isNull()).isTrue();
        assertThat(acme.path("targets"))
                .isEqualTo(Json.read("[{\"target\":\"nas\",\"stored\":" + recordings.size() + ",\"pending\":0}]"));
    }

    @Test
    void status_counts_the_requests_of_each_gate_as_the_provider_does() {
        JsonNode gates = scene.status().path("gates");
        assertThat(gates).isNotEmpty();
        JsonNode heavy = null;
        for (JsonNode gate : gates) {
            assertThat(gate.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "lane", "group", "limit", "window-seconds", "requests", "refused", "closed-until");
            heavy = gate.path("group").asText().equals("heavy") ? gate : heavy;
        }
        assertThat(heavy).as(gates.toString()).isNotNull();
        long asked = scene.lookalike.log().stream()
                .filter(seen -> seen.path().endsWith("/call-log") || seen.kind() == Seen.Kind.CONTENT)
                .count();
        assertThat(heavy.path("requests").asLong()).isEqualTo(asked);
        assertThat(heavy.path("lane").asText()).isEqualTo("1");
        assertThat(heavy.path("limit").asInt()).isEqualTo(1_000_000);
        assertThat(heavy.path("window-seconds").asInt()).isEqualTo(60);
        assertThat(heavy.path("refused").asInt()).isZero();
        assertThat(heavy.path("closed-until").isNull()).isTrue();
    }

    @Test
    void the_report_says_complete_and_names_the_journals_head() {
        Outcome outcome = scene.run("report", "--json");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        JsonNode acme = outcome.json().path("customers").path(0);
        assertThat(acme.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("customer", "complete", "journal-heads", "days", "gaps", "not-visible");
        assertThat(acme.path("complete").asBoolean()).isTrue();
        assertThat(acme.path("journal-heads").path("nas").asText())
                .isEqualTo(scene.nas().journal("acme").head());
        int listed = 0;
        int stored = 0;
        for (JsonNode day : acme.path("days")) {
            assertThat(day.path("day").asText()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
            assertThat(day.path("feed").asText()).isEqualTo("calls");
            listed += day.path("listed").asInt();
            stored += day.path("stored").path("nas").asInt();
        }
        assertThat(listed).isEqualTo(scene.acme.calls().size());
        assertThat(stored).isEqualTo(recordings.size());
        assertThat(acme.path("gaps")).isEmpty();
        assertThat(acme.path("not-visible")).isEmpty();
    }

    @Test
    void verify_reads_everything_back_and_finds_no_gap() {
        Map<String, String> before = scene.nas().snapshot();
        Outcome outcome = scene.run("verify");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(scene.nas().snapshot()).isEqualTo(before);
    }

    @Test
    void times_in_the_journal_are_of_this_run() {
        for (JsonNode event : scene.nas().journal("acme").events()) {
            assertThat(Instant.parse(event.path("at").asText()))
                    .isBetween(scene.now.minusSeconds(5), Instant.now().plusSeconds(5));
        }
    }
}
