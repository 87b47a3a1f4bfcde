// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.NullNode;
import io.callvault.acceptance.RateGroups.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every exit code but 2, each by a way that leads to it. */
class ExitCodesIT {

    /** What is done to a scene with three recorded calls before {@code archive}. */
    private interface Mishap {
        void befalls(Scene scene) throws IOException;
    }

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
        scene.recordedCalls(3);
    }

    @AfterEach
    void close() {
        assertThat(scene.lookalike.violations()).isEmpty();
        assertThat(scene.lookalike.foreign().tokens()).isEmpty();
        scene.close();
    }

    static Stream<Arguments> mishaps() {
        return Stream.of(
                mishap(0, "nothing happens", s -> {}),
                mishap(0, "a call too short for its recording to be kept", s -> s.acme
                        .call(s.ago(Duration.ofDays(3)))
                        .tooShortToKeep()),
                mishap(0, "a recording gone, older than the provider keeps any", s -> {
                    s.settings.set("customer.acme.since", "120d");
                    s.acme.call(s.ago(Duration.ofDays(110)))
                            .recorded(s.acme.recording().vanishes());
                }),
                mishap(3, "the server is down", s -> s.lookalike.close()),
                mishap(3, "a recording of ten minutes ago is not ready", s -> s.acme
                        .call(s.ago(Duration.ofMinutes(10)))
                        .recorded(s.acme.recording().vanishes())),
                mishap(3, "a row is null", s -> s.acme.junk(s.ago(Duration.ofDays(3)), NullNode.getInstance())),
                mishap(3, "a row has no id", s -> s.acme
                        .call(s.ago(Duration.ofDays(3)))
                        .recorded(s.acme.recording().vanishes())
                        .without("id")),
                mishap(3, "a next link leads to a stranger", s -> {
                    s.lookalike.switches().perPageCap(2);
                    s.lookalike.switches().foreignNextLinks(1_000);
                }),
                mishap(3, "the target's directory is a file", s -> Files.writeString(
                        s.nas().directory(), "in the way")),
                mishap(4, "a wrong credential", s -> s.credentials("acme", "not-a-jwt")),
                mishap(4, "a wrong client secret", s -> s.callvault.environment("ACME_CLIENT_SECRET", "wrong")),
                mishap(0, "no permission for the company's call log, but for each extension's", s -> s.acme.denyCallLog()),
                mishap(4, "no permission for any call log", s -> s.acme
                        .denyCallLog()
                        .forbid(s.acme.firstExtension())),
                mishap(5, "the home is a file", s -> Files.writeString(
                        s.callvault.folder().resolve("data"), "in the way")),
                mishap(5, "the ledger is no ledger", s -> Files.writeString(
                        Files.createDirectory(s.callvault.folder().resolve("data"))
                                .resolve("ledger.db"),
                        "this is not a database, and was never meant to be one\n".repeat(200))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mishaps")
    void an_archive_ends_with(int exit, String what, Mishap mishap) throws IOException {
        mishap.befalls(scene);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(exit);
        assertThat(outcome.said()).doesNotContain("\tat ");
        if (exit == 3 || exit == 4) {
            assertThat(outcome.said()).contains("acme");
        }
        assertThat(scene.lookalike.foreign().asked()).isEmpty();
    }

    @Test
    void a_customer_that_cannot_be_worked_on_counts_more_than_work_left() {
        Company bolt = scene.lookalike.company("100200400");
        scene.settings.customer("bolt", scene.lookalike.base(), "calls", "nas");
        scene.credentials("bolt", "not-a-jwt");
        scene.acme
                .call(scene.ago(Duration.ofMinutes(10)))
                .recorded(scene.acme.recording().vanishes());
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(4);
        assertThat(bolt.calls()).isEmpty();
        assertThat(scene.nas().objects("acme")).hasSize(3);
    }

    @Test
    void an_archive_asked_to_stop_stops_and_says_that_work_is_left() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.CONTENT) {
                reached.countDown();
                TwoAtOnceIT.await(over);
            }
        });
        try (Running run = scene.start("archive")) {
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            run.terminate();
            over.countDown();
            Outcome outcome = run.outcome(Duration.ofSeconds(60));
            // It may have been so near its end that nothing was left.
            assertThat(outcome.exit()).as(outcome.toString()).isIn(0, 3);
        } finally {
            over.countDown();
        }
        assertThat(scene.archive().exit()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", scene.acme.recordings());
    }

    @Test
    void the_service_ends_with_zero_when_it_is_told_to() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        scene.settings.set("customer.acme.schedule", "0/2 * * * * ?");
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.CONTENT) {
                reached.countDown();
            }
        });
        try (Running run = scene.start("run")) {
            assertThat(reached.await(90, TimeUnit.SECONDS))
                    .as("the schedule fires")
                    .isTrue();
            run.terminate();
            Outcome outcome = run.outcome(Duration.ofSeconds(60));
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
        }
        assertThat(scene.archive().exit()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", scene.acme.recordings());
    }

    @Test
    void what_has_been_tampered_with_is_found_by_verify() throws IOException {
        assertThat(scene.archive().exit()).isZero();
        assertThat(scene.run("verify").exit()).isZero();
        Target.Stored one = scene.nas().objects("acme").get(0);
        byte[] bytes = Target.read(one.file());
        bytes[bytes.length - 1] ^= 1;
        Files.delete(one.file());
        Files.write(one.file(), bytes);
        Outcome altered = scene.run("verify");
        assertThat(altered.exit()).as(altered.toString()).isEqualTo(3);
        assertThat(altered.said()).contains(one.file().getFileName().toString());
        Files.delete(one.file());
        Outcome missing = scene.run("verify");
        assertThat(missing.exit()).as(missing.toString()).isEqualTo(3);
    }

    @Test
    void a_report_with_work_left_ends_with_three() {
        scene.acme
                .call(scene.ago(Duration.ofMinutes(10)))
                .recorded(scene.acme.recording().vanishes());
        assertThat(scene.archive().exit()).isEqualTo(3);
        Outcome report = scene.run("report", "--json");
        assertThat(report.exit()).as(report.toString()).isEqualTo(3);
        assertThat(report.json().path("customers").path(0).path("complete").asBoolean())
                .isFalse();
    }

    @Test
    void status_needs_no_secrets() {
        assertThat(scene.archive().exit()).isZero();
        scene.settings.set("customer.acme.jwt", "{{env:NO_SUCH_VARIABLE}}");
        Outcome status = scene.run("status", "--json");
        assertThat(status.exit()).as(status.toString()).isZero();
    }

    @Test
    void a_dry_run_fetches_and_writes_nothing() {
        scene.lookalike.groups().limit(Group.HEAVY, 100, Duration.ofSeconds(60), Duration.ofSeconds(60));
        Outcome outcome = scene.run("archive", "--dry-run");
        assertThat(outcome.exit()).as(outcome.toString()).isIn(0, 3);
        assertThat(scene.lookalike.log()).noneMatch(seen -> seen.kind() == Seen.Kind.CONTENT);
        assertThat(Target.files(scene.nas().directory())).isEmpty();
        assertThat(scene.archive().exit()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", scene.acme.recordings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "archive", "status", "rebuild"})
    void help_is_everywhere(String command) {
        Outcome outcome =
                command.isEmpty() ? scene.callvault.run("--help") : scene.callvault.run(command, "--help");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).containsIgnoringCase("usage");
    }

    private static Arguments mishap(int exit, String what, Mishap mishap) {
        return arguments(exit, what, mishap);
    }
}
