// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider's lists against the ledger: what is there and not here is named, one by one. */
class RelistIT {

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls, messages");
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
    }

    @Test
    void a_row_and_its_recording_that_the_ledger_lost_are_exactly_the_gap() throws SQLException {
        scene.lookalike.switches().perPageCap(7);
        List<Media> recordings = scene.recordedCalls(20);
        voicemail();
        assertThat(scene.archive().exit()).isZero();
        int before = scene.lookalike.requests();
        Outcome nothing = scene.run("report", "--relist", "--json");
        assertThat(nothing.exit()).as(nothing.toString()).isZero();
        assertThat(gaps(nothing)).isEmpty();
        assertOnlyListsSince(before);

        String item = "recording/" + recordings.get(4).id();
        lose(item);
        before = scene.lookalike.requests();
        assertThat(gaps(scene.run("report", "--json")))
                .allMatch(gap -> gap.path("code").asText().equals("LEDGER_BEHIND_JOURNAL"));
        assertThat(scene.lookalike.requests()).as("asked without --relist").isEqualTo(before);

        Outcome outcome = scene.run("report", "--relist", "--json");
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        assertThat(notInLedger(outcome)).containsExactly(item);
        assertOnlyListsSince(before);

        assertThat(scene.archive().exit()).isZero();
        Outcome mended = scene.run("report", "--relist", "--json");
        assertThat(mended.exit()).as(mended.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    @Test
    void a_row_that_slipped_between_two_pages_is_found() {
        scene.settings.set("customer.acme.look-back", "1h");
        scene.lookalike.switches().perPageCap(7);
        List<Media> recordings = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Media recording = scene.acme.recording();
            calls.add(scene.acme.call(scene.ago(Duration.ofHours(200).plusMinutes(i))).recorded(recording));
            recordings.add(recording);
        }
        AtomicBoolean forgotten = new AtomicBoolean();
        scene.lookalike.onRequest(seen -> {
            // The newest goes when the first page is read: the eighth row becomes the seventh, which was read before.
            if ("2".equals(seen.parameter("page")) && !forgotten.getAndSet(true)) {
                scene.acme.forget(calls.get(0));
            }
        });
        assertThat(scene.archive().exit()).isZero();
        assertThat(scene.lookalike.contentRequests(recordings.get(7))).as("the row that slipped").isZero();

        Outcome outcome = scene.run("report", "--relist", "--json");
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        assertThat(notInLedger(outcome)).containsExactly("recording/" + recordings.get(7).id());
        assertThat(scene.archive().exit()).isZero();
        assertThat(scene.lookalike.contentRequests(recordings.get(7))).isEqualTo(1);
    }

    @Test
    void an_extension_that_cannot_be_seen_and_a_list_that_leads_elsewhere_are_said() {
        scene.recordedCalls(20);
        assertThat(scene.archive().exit()).isZero();
        scene.acme.extension("700800902", "User").forbid("700800902");
        scene.lookalike.switches().perPageCap(7);
        scene.lookalike.switches().foreignNextLinks(1000);
        Outcome outcome = scene.run("report", "--relist", "--json");
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        JsonNode acme = outcome.json().path("customers").path(0);
        assertThat(acme.path("not-visible")).hasSize(1);
        assertThat(acme.path("not-visible").path(0).path("extension").asText()).isEqualTo("700800902");
        assertThat(gaps(outcome)).anyMatch(gap -> gap.path("code").asText().equals("LISTING_FOREIGN_LINK"));
        assertThat(notInLedger(outcome)).isEmpty();
        assertThat(scene.lookalike.foreign().asked()).isEmpty();
    }

    @Test
    void while_another_process_works_it_ends_with_five() throws InterruptedException {
        scene.recordedCalls(3);
        assertThat(scene.archive().exit()).isZero();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        scene.lookalike.onRequest(seen -> {
            working.countDown();
            TwoAtOnceIT.await(over);
        });
        try (Running first = scene.start("archive")) {
            assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
            int before = scene.lookalike.requests();
            Outcome outcome = scene.run("report", "--relist");
            assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(5);
            assertThat(scene.lookalike.requests()).isEqualTo(before);
            assertThat(scene.run("report").exit()).as("without asking the provider it needs no lock").isIn(0, 3);
            over.countDown();
            assertThat(first.outcome(Distribution.LIMIT).exit()).isZero();
        } finally {
            over.countDown();
        }
    }

    private void voicemail() {
        scene.acme.message(scene.acme.firstExtension(), Message.Type.SMS, scene.ago(Duration.ofDays(3)));
    }

    private void assertOnlyListsSince(int before) {
        Set<Seen.Kind> kinds = scene.lookalike.logSince(before).stream().map(Seen::kind).collect(Collectors.toSet());
        assertThat(kinds).contains(Seen.Kind.LIST).isSubsetOf(Seen.Kind.LIST, Seen.Kind.TOKEN);
    }

    private static List<JsonNode> gaps(Outcome outcome) {
        List<JsonNode> gaps = new ArrayList<>();
        outcome.json().path("customers").path(0).path("gaps").forEach(gaps::add);
        return gaps;
    }

    private static List<String> notInLedger(Outcome outcome) {
        return gaps(outcome).stream()
                .filter(gap -> gap.path("code").asText().equals("REPORT_NOT_IN_LEDGER"))
                .peek(gap -> assertThat(gap.path("reason").asText()).isEqualTo("not listed"))
                .map(gap -> gap.path("item").asText())
                .toList();
    }

    /** The ledger forgets an item and its record, as if they had never been listed. */
    private void lose(String item) throws SQLException {
        Path ledger = scene.callvault.folder().resolve("data/ledger.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                Statement statement = connection.createStatement()) {
            String record = "(SELECT record_id FROM item WHERE item = '" + item + "')";
            assertThat(statement.executeUpdate("DELETE FROM record WHERE id = " + record)).isEqualTo(1);
            statement.executeUpdate("DELETE FROM revision WHERE record_id = " + record);
            statement.executeUpdate("DELETE FROM receipt WHERE item = '" + item + "'");
            statement.executeUpdate("DELETE FROM item WHERE item = '" + item + "'");
        }
    }
}
