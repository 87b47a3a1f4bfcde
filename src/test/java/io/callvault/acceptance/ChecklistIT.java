// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways in which archivers have lost data, and oddities of the provider, that no other test is named for. Each of these fails
 * without what guards against it.
 */
class ChecklistIT {

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

    /** The guide, "Rate limits": nobody else has to wait, so no gate is shut and no refusal is counted. */
    @Test
    void a_request_that_is_still_being_answered_is_asked_again_and_nobody_waits() {
        List<Media> recordings = scene.recordedCalls(8);
        scene.lookalike.switches().rateHeadersEvery(7);
        scene.lookalike.switches().sameRequestRunning(3);
        long began = System.nanoTime();
        assertComplete(scene.archive());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        scene.status().path("gates").forEach(gate -> assertThat(gate.path("refused").asInt())
                .isZero());
    }

    // --- what the provider does -------------------------------------------------------------------------------------

    @Test
    void a_recording_on_a_leg_alone_is_archived() {
        Media onLeg = scene.acme.recording();
        scene.acme.call(scene.ago(Duration.ofDays(2))).recordedOnLeg(onLeg);
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(onLeg));
    }

    @Test
    void masked_numbers_and_words_of_the_future_cost_nothing() {
        Media masked = scene.acme.recording();
        scene.acme
                .call(scene.ago(Duration.ofDays(2)))
                .recorded(masked)
                .fromCaller("MASKED", "+1650555XXXX")
                .set("action", "Action Of The Future")
                .set("type", "Kind Of The Future");
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(masked));
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
    }

    @Test
    void an_extension_without_a_number_is_listed_like_any_other() {
        scene.acme.extension("700800904", "Unassigned");
        Media voicemail = scene.acme.attachment(Media.Kind.MP3, 9_000);
        scene.acme
                .message("700800904", Message.Type.VoiceMail, scene.ago(Duration.ofDays(2)))
                .attach(77_001, "AudioRecording", voicemail);
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(voicemail));
    }

    @Test
    void a_row_that_comes_in_while_pages_are_read_doubles_nothing() {
        scene.lookalike.switches().perPageCap(5);
        List<Media> recordings = new ArrayList<>(scene.recordedCalls(20));
        Media late = scene.acme.recording();
        recordings.add(late);
        AtomicBoolean inserted = new AtomicBoolean();
        scene.lookalike.onRequest(seen -> {
            if ("2".equals(seen.parameter("page")) && !inserted.getAndSet(true)) {
                scene.acme.call(scene.ago(Duration.ofHours(25))).recorded(late);
            }
        });
        assertComplete(scene.archive());
        scene.lookalike.onRequest(seen -> {});
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        assertThat(scene.status().path("records").path("calls").asInt()).isEqualTo(21);
    }

    // --- what archivers have done -----------------------------------------------------------------------------------

    @Test
    void of_a_message_with_two_attachments_the_one_that_fails_stays_pending() {
        Media good = scene.acme.attachment(Media.Kind.MP3, 9_000);
        Media bad = scene.acme.attachment(Media.Kind.MP3, 9_500);
        for (int i = 0; i < 10; i++) {
            bad.fails(Fault.EMPTY);
        }
        scene.acme
                .message(scene.acme.firstExtension(), Message.Type.Fax, scene.ago(Duration.ofDays(2)))
                .attach(1, "RenderedDocument", good)
                .attach(2, "SourceDocument", bad);
        Outcome first = scene.archive();
        assertThat(first.exit()).as(first.toString()).isEqualTo(3);
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(good));
        assertThat(scene.status().path("items").path("pending").asInt()).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            scene.archive();
        }
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", List.of(good, bad));
        assertThat(scene.lookalike.contentRequests(good)).isEqualTo(1);
    }

    @Test
    void a_call_that_turns_up_late_behind_the_cursor_is_archived() {
        List<Media> recordings = scene.recordedCalls(5);
        assertComplete(scene.archive());
        Media late = scene.acme.recording();
        scene.acme.call(scene.ago(Duration.ofHours(30))).recorded(late);
        recordings.add(late);
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    @Test
    void a_failure_that_is_over_leaves_nothing_behind() {
        List<Media> recordings = scene.recordedCalls(5);
        for (int i = 0; i < 3; i++) {
            recordings.get(2).fails(Fault.UNAVAILABLE);
        }
        assertThat(scene.archive().exit()).isEqualTo(3);
        Outcome second = scene.archive();
        assertComplete(second);
        assertThat(second.out()).contains(": complete");
        assertThat(scene.status().path("state").asText()).isEqualTo("ok");
        assertThat(scene.run("report").exit()).isZero();
    }

    @Test
    void the_ladder_of_an_item_goes_on_after_a_kill() throws Exception {
        Media bad = scene.acme.recording();
        for (int i = 0; i < 40; i++) {
            bad.fails(Fault.EMPTY);
        }
        scene.acme.call(scene.ago(Duration.ofDays(2))).recorded(bad);
        assertThat(scene.archive().exit()).isEqualTo(3);
        assertThat(attempts()).isEqualTo(1);
        CountDownLatch listing = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.LIST) {
                listing.countDown();
                TwoAtOnceIT.await(over);
            }
        });
        try (Running run = scene.start("archive")) {
            assertThat(listing.await(60, TimeUnit.SECONDS)).isTrue();
            run.kill();
        } finally {
            over.countDown();
            scene.lookalike.onRequest(seen -> {});
        }
        int before = attempts();
        assertThat(before).as("rungs that were used before the kill").isPositive();
        assertThat(scene.archive().exit()).isEqualTo(3);
        assertThat(attempts()).isEqualTo(before + 1);
        assertThat(scene.status().path("items").path("pending").asInt()).isEqualTo(1);
    }

    @Test
    void the_last_line_says_what_is_left_and_never_only_success() {
        Media bad = scene.acme.recording();
        for (int i = 0; i < 3; i++) {
            bad.fails(Fault.HTML);
        }
        scene.acme.call(scene.ago(Duration.ofDays(2))).recorded(bad);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        String last = outcome.out().lines().reduce((one, later) -> later).orElse("");
        assertThat(last).startsWith("acme: ").contains("1 pending").contains("incomplete").doesNotContain(": complete");
        assertThat(outcome.err()).contains("CONTENT_NOT_MEDIA").contains("recording/" + bad.id());
    }

    @Test
    void others_on_the_machine_can_read_neither_the_archive_nor_what_is_known_of_it() throws Exception {
        List<Media> recordings = scene.recordedCalls(3);
        assertComplete(scene.archive());
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        for (Path file : Target.files(scene.nas().directory())) {
            assertHidden(file);
        }
        assertHidden(scene.nas().directory().resolve("acme"));
        assertHidden(scene.callvault.folder().resolve("data"));
    }

    @Test
    void what_is_archived_is_never_written_again() throws Exception {
        List<Media> recordings = scene.recordedCalls(3);
        assertComplete(scene.archive());
        Target.Stored tampered = scene.nas().objects("acme").get(0);
        Path file = scene.nas().directory().resolve(tampered.path());
        byte[] other = "someone was here".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.delete(file);
        Files.write(file, other);
        forget(tampered.path());
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        assertThat(file).hasBinaryContent(other);
        assertThat(recordings).hasSize(3);
        JsonNode items = scene.status().path("items");
        assertThat(items.path("stored").asInt()).isEqualTo(2);
    }

    private static void assertComplete(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    private static void assertHidden(Path path) throws Exception {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        assertThat(permissions)
                .as(path.toString())
                .doesNotContain(
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.OTHERS_WRITE,
                        PosixFilePermission.OTHERS_EXECUTE);
    }

    private int attempts() throws Exception {
        try (Connection connection = ledger();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT MAX(attempts) FROM item")) {
            return rows.next() ? rows.getInt(1) : -1;
        }
    }

    /** The ledger forgets that it stored what lies there, and fetches it again. */
    private void forget(String path) throws Exception {
        try (Connection connection = ledger();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "DELETE FROM receipt WHERE item = (SELECT item FROM item WHERE path = '" + path + "')");
            assertThat(statement.executeUpdate("UPDATE item SET state = 'due' WHERE path = '" + path + "'"))
                    .isEqualTo(1);
        }
    }

    private Connection ledger() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + scene.callvault.folder().resolve("data/ledger.db"));
    }
}
