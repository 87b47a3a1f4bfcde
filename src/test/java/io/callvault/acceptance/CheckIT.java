// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator reads before the first night. */
class CheckIT {

    /** Something that befalls an installation. */
    @FunctionalInterface
    interface Mishap {
        void befalls(Scene scene) throws IOException;
    }

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

    static Stream<Arguments> mishaps() {
        return Stream.of(
                mishap(4, "Check client-id, client-secret and jwt", "a wrong client secret", s -> s.callvault.environment(
                        "ACME_CLIENT_SECRET", "wrong")),
                mishap(4, "Check client-id, client-secret and jwt", "a wrong JWT", s -> s.credentials("acme", "not-a-jwt")),
                mishap(4, "Give the role of the JWT's user the permission", "no right to the call log", s -> s.acme
                        .denyCallLog()),
                mishap(4, "use the JWT of an administrator", "no right to the messages", s -> s.acme.forbid(
                        s.acme.firstExtension())),
                mishap(2, "customer.acme.jwt", "a secret is missing", s -> s.settings.set(
                        "customer.acme.jwt", "{{env:NO_SUCH_VARIABLE}}")),
                mishap(3, "could not be reached", "the provider is down", s -> s.lookalike.close()),
                mishap(3, "FAIL acme at target nas", "the target's directory is a file", s -> Files.writeString(
                        s.nas().directory(), "in the way")),
                mishap(3, "FAIL acme at target nas", "the directory above the target is missing", s -> s.settings.set(
                        "target.nas.directory", "nowhere/nas")),
                mishap(3, "STORE_CONFLICT", "somebody else's file has the name", s -> Files.writeString(
                        Files.createDirectories(s.nas().directory().resolve("acme/check"))
                                .resolve("callvault.txt"),
                        "mine")),
                mishap(5, "FAIL home", "the home is a file", s -> Files.writeString(
                        s.callvault.folder().resolve("data"), "in the way")),
                mishap(5, "FAIL ledger", "the ledger is no ledger", s -> Files.writeString(
                        Files.createDirectory(s.callvault.folder().resolve("data"))
                                .resolve("ledger.db"),
                        "this is not a database, and was never meant to be one\n".repeat(200))));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("mishaps")
    void a_check_ends_with(int exit, String said, String what, Mishap mishap) throws IOException {
        mishap.befalls(scene);
        Outcome outcome = scene.run("check");
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(exit);
        assertThat(outcome.out()).contains(said).doesNotContain("\tat ");
        assertThat(outcome.said()).doesNotContain(scene.lookalike.secrets(scene.jwt));
    }

    @Test
    void when_all_is_well_every_line_is_ok_and_a_repeat_changes_nothing() {
        Outcome outcome = scene.run("check");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("ok   "), outcome.toString());
        assertThat(scene.lookalike.log())
                .filteredOn(seen -> seen.kind() == Seen.Kind.TOKEN)
                .hasSize(1);
        assertThat(scene.lookalike.log())
                .filteredOn(seen -> seen.path().endsWith("/call-log"))
                .hasSize(1);
        Map<String, String> nas = scene.nas().snapshot();
        assertThat(nas).containsKey("acme/check/callvault.txt");
        Outcome again = scene.run("check", "--json");
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(again.json().path("checks"))
                .hasSameSizeAs(outcome.out().lines().toList())
                .allMatch(check -> check.path("verdict").asText().equals("ok")
                        && check.path("code").isNull()
                        && !check.path("sentence").asText().isEmpty());
        assertThat(scene.nas().snapshot()).isEqualTo(nas);
        assertThat(scene.callvault.folder().resolve("data")).isEmptyDirectory();
    }

    @Test
    void a_clock_that_is_not_the_providers_is_told() throws IOException {
        try (LateClock late = new LateClock(scene.lookalike.base(), Duration.ofMinutes(7))) {
            scene.settings.set("customer.acme.server", late.base());
            Outcome outcome = scene.run("check");
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
            assertThat(outcome.out()).containsPattern("warn acme: this machine's clock is 4[12][0-9] s ahead of the");
        }
    }

    @Test
    void what_check_leaves_behind_is_no_strange_object() {
        scene.recordedCalls(1);
        assertThat(scene.run("check").exit()).isZero();
        assertThat(scene.archive().exit()).isZero();
        Outcome report = scene.run("report");
        assertThat(report.exit()).as(report.toString()).isZero();
        Outcome verified = scene.run("verify");
        assertThat(verified.exit()).as(verified.toString()).isZero();
    }

    @Test
    void sample_paths_ask_nobody_and_need_no_secret() {
        scene.callvault.environment("ACME_JWT", "").environment("ACME_CLIENT_SECRET", "");
        Outcome outcome = scene.run("check", "--paths");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        List<String> paths = outcome.out().lines().skip(1).map(String::strip).toList();
        assertThat(paths).hasSize(10).allMatch(path -> path.startsWith("acme/"));
        assertThat(paths).noneMatch(path -> path.contains("/.") || path.length() > 1024);
        assertThat(scene.lookalike.requests()).isZero();
        assertThat(scene.nas().directory()).doesNotExist();
    }

    private static Arguments mishap(int exit, String said, String what, Mishap mishap) {
        return Arguments.of(exit, said, what, mishap);
    }
}
