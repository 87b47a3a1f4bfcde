// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home is lost: ledger, spool and lock. What lies in the targets is all there is. */
class RebuildIT {

    private static final String FORBIDDEN = "700800902";
    private static final String EXCLUDED = "700800903";

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls, messages");
        scene.settings
                .set("customer.acme.targets", "nas, vault")
                .set("customer.acme.since", "120d")
                .set("customer.acme.exclude", "extension:" + EXCLUDED)
                .fileTarget("vault");
        scene.lookalike.switches().perPageCap(4);
        scene.acme.extension("700800901", "User");
        scene.acme.extension(FORBIDDEN, "User").forbid(FORBIDDEN);
        scene.acme.extension(EXCLUDED, "User");
        scene.recordedCalls(6);
        scene.acme.call(scene.ago(Duration.ofDays(4))).tooShortToKeep();
        scene.acme.call(scene.ago(Duration.ofDays(5)));
        scene.acme
                .call(scene.ago(Duration.ofDays(110)))
                .recorded(scene.acme.recording().vanishes());
        Media shared = scene.acme.recording();
        scene.acme.call(scene.ago(Duration.ofDays(6))).recorded(shared);
        scene.acme.call(scene.ago(Duration.ofDays(6))).recorded(shared).outbound();
        for (String extension : List.of("700800900", "700800901", EXCLUDED)) {
            scene.acme.message(extension, Message.Type.SMS, scene.ago(Duration.ofDays(8))).saying("5 pm? ünïcödé \uD83D\uDCDE");
            scene.acme
                    .message(extension, Message.Type.Fax, scene.ago(Duration.ofDays(9)))
                    .attach(1, "RenderedDocument", scene.acme.attachment(Media.Kind.PDF, 6_000));
        }
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
    }

    @Test
    void the_report_is_the_same_and_nothing_is_fetched_or_put_again() {
        archive(3);
        Message late = scene.acme
                .message("700800901", Message.Type.VoiceMail, scene.ago(Duration.ofHours(3)))
                .attach(77_001, "AudioRecording", scene.acme.attachment(Media.Kind.MP3, 6_000));
        late.edit(message -> message.put("vmTranscriptionStatus", "InProgress"));
        archive(3);
        late.edit(message -> message.put("vmTranscriptionStatus", "Completed"));
        scene.acme.calls().get(0).edit(call -> call.put("result", "Voicemail"));
        archive(3);
        JsonNode report = report();
        assertThat(report.path("days").toString())
                .contains("\"gone\":1")
                .contains("\"not-retained\":1")
                .contains("\"excluded\":1");
        assertThat(report.path("not-visible")).hasSize(1);
        JsonNode status = status();
        Map<String, String> nas = scene.nas().snapshot();
        Map<String, String> vault = scene.callvault.target("vault").snapshot();

        lose("data");
        int before = scene.lookalike.requests();
        Outcome rebuilt = scene.run("rebuild");
        assertThat(rebuilt.exit()).as(rebuilt.toString()).isZero();
        assertThat(scene.lookalike.requests()).as("requests of rebuild").isEqualTo(before);
        assertThat(report()).isEqualTo(report);
        assertThat(status()).isEqualTo(status);
        Outcome verified = scene.run("verify");
        assertThat(verified.exit()).as(verified.toString()).isZero();

        archive(3);
        assertThat(scene.lookalike.logSince(before))
                .isNotEmpty()
                .as("nothing but lists, and once what the account's settings say, which no journal holds")
                .allMatch(seen -> seen.kind() == Seen.Kind.LIST
                        || seen.kind() == Seen.Kind.TOKEN
                        || seen.kind() == Seen.Kind.SETTINGS);
        assertThat(scene.nas().snapshot()).isEqualTo(nas);
        assertThat(scene.callvault.target("vault").snapshot()).isEqualTo(vault);
        assertThat(report()).isEqualTo(report);

        // The chains go on where they were.
        scene.acme.permit(FORBIDDEN);
        scene.acme.call(scene.ago(Duration.ofHours(2))).recorded(scene.acme.recording());
        archive(0);
        assertThat(scene.run("verify").exit()).isZero();
        Proof.journalMatchesObjects(scene.nas(), "acme");
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
        JsonNode complete = report();
        assertThat(complete.path("complete").asBoolean()).isTrue();

        lose("data");
        assertThat(scene.run("rebuild").exit()).isZero();
        assertThat(report()).as("what is visible again stays so").isEqualTo(complete);
    }

    @Test
    void an_empty_ledger_beside_a_journal_asks_the_provider_nothing_and_says_what_to_do() {
        archive(3);
        Map<String, String> nas = scene.nas().snapshot();
        lose("data");
        int before = scene.lookalike.requests();
        Outcome refused = scene.archive();
        assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
        assertThat(refused.said()).contains("LEDGER_BEHIND_JOURNAL").contains("callvault rebuild");
        assertThat(scene.lookalike.requests()).isEqualTo(before);
        assertThat(status().path("state").asText()).isEqualTo("stopped");
        scene.settings.set("customer.acme.schedule", "* * * * * ?");
        try (Running service = scene.start("run")) {
            assertThat(service.ends(Duration.ofSeconds(8))).isFalse();
            service.terminate();
            assertThat(service.outcome(Duration.ofSeconds(60)).said()).contains("LEDGER_BEHIND_JOURNAL");
        }
        assertThat(scene.lookalike.requests()).isEqualTo(before);
        assertThat(scene.nas().snapshot()).isEqualTo(nas);

        Outcome rebuilt = scene.run("rebuild");
        assertThat(rebuilt.exit()).as(rebuilt.toString()).isZero();
        archive(3);
        assertThat(scene.lookalike.logSince(before)).noneMatch(seen -> seen.kind() == Seen.Kind.CONTENT);
    }

    @Test
    void neither_the_providers_secrets_nor_the_provider_are_needed() {
        archive(3);
        JsonNode report = report();
        lose("data");
        scene.lookalike.close();
        scene.callvault.environment("ACME_JWT", "").environment("ACME_CLIENT_SECRET", "");
        Outcome rebuilt = scene.run("rebuild");
        assertThat(rebuilt.exit()).as(rebuilt.toString()).isZero();
        assertThat(rebuilt.out()).contains(scene.nas().journal("acme").head());
        assertThat(report()).isEqualTo(report);
    }

    @Test
    void a_customer_that_the_ledger_knows_is_refused_in_one_sentence() {
        archive(3);
        JsonNode report = report();
        Outcome refused = scene.run("rebuild");
        assertThat(refused.exit()).as(refused.toString()).isEqualTo(5);
        assertThat(refused.err().lines().toList()).hasSize(1);
        assertThat(refused.err()).contains("acme").contains("nothing was changed");
        assertThat(report()).isEqualTo(report);
    }

    @Test
    void of_two_customers_the_one_that_is_not_there_yet_is_rebuilt() {
        Company bolt = scene.lookalike.company("100200400");
        bolt.call(scene.ago(Duration.ofDays(3))).recorded(bolt.recording());
        scene.settings.customer("bolt", scene.lookalike.base(), "calls", "nas");
        scene.credentials("bolt", scene.lookalike.jwt(bolt));
        archive(3);
        lose("data");
        assertThat(scene.run("rebuild", "--customer", "bolt").exit()).isZero();
        Outcome rest = scene.run("rebuild");
        assertThat(rest.exit()).as(rest.toString()).isZero();
        assertThat(rest.out()).contains("acme: rebuilt from").contains("already knows this customer");
        Outcome verified = scene.run("verify");
        assertThat(verified.exit()).as(verified.toString()).isZero();
    }

    @Test
    void without_a_journal_nothing_is_rebuilt_and_work_is_left() {
        Outcome rebuilt = scene.run("rebuild");
        assertThat(rebuilt.exit()).as(rebuilt.toString()).isEqualTo(3);
        assertThat(rebuilt.out()).contains("there is no journal to rebuild from");
    }

    @Test
    void what_lies_at_a_target_that_never_said_so_is_read_back_and_what_does_not_is_copied_from_the_other() {
        archive(3);
        int all = scene.nas().objects("acme").size();
        // The second target's journal never got there, and one of its objects neither.
        lose("vault/acme/journal");
        Target.Stored lost = scene.callvault.target("vault").objects("acme").get(0);
        delete(lost.file());
        delete(lost.sidecar());
        lose("data");
        Outcome rebuilt = scene.run("rebuild");
        assertThat(rebuilt.out())
                .contains((all - 1) + " objects lay at a target whose journal did not say so")
                .contains("1 items lie at one target and not at all");
        int before = scene.lookalike.requests();
        archive(3);
        assertThat(scene.lookalike.logSince(before)).noneMatch(seen -> seen.kind() == Seen.Kind.CONTENT);
        assertThat(scene.callvault.target("vault").objects("acme")).hasSize(all);
        Proof.journalMatchesObjects(scene.callvault.target("vault"), "acme");
        Proof.journalHoldsRecords(scene.callvault.target("vault"), "acme", "calls", scene.acme.calls());
        assertThat(scene.run("verify").exit()).isZero();
    }

    @Test
    void one_that_is_killed_leaves_nothing_and_the_next_completes() throws Exception {
        archive(3);
        JsonNode report = report();
        lose("data");
        for (int millis : List.of(300, 900, 1700)) {
            try (Running running = scene.start("rebuild")) {
                if (!running.ends(Duration.ofMillis(millis))) {
                    running.kill();
                }
            }
        }
        Outcome rebuilt = scene.run("rebuild");
        assertThat(rebuilt.exit()).as(rebuilt.toString()).isIn(0, 5); // 5: this machine is faster
        assertThat(report()).isEqualTo(report);
    }

    private void archive(int exit) {
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(exit);
    }

    private JsonNode report() {
        return scene.run("report", "--json").json().path("customers").path(0);
    }

    /** Without the gates: they are learned anew. */
    private JsonNode status() {
        JsonNode status = scene.status();
        ((com.fasterxml.jackson.databind.node.ObjectNode) status).remove("gates");
        return status;
    }

    private void lose(String below) {
        try (Stream<Path> files = Files.walk(scene.callvault.folder().resolve(below))) {
            files.sorted(Comparator.reverseOrder()).forEach(RebuildIT::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
