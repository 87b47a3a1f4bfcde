// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exit 2: the command line or the configuration is wrong, and nobody has been asked anything yet. */
class ConfigurationErrorsIT {

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
    }

    @AfterEach
    void nobody_was_asked() {
        assertThat(scene.lookalike.requests()).isZero();
        assertThat(scene.nas().directory()).doesNotExist();
        scene.close();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("a misspelt key", "look-back", s -> s.set("customer.acme.lookback", "36h")),
                wrong("a key of ours nobody reads", "callvault.hume", s -> s.set("callvault.hume", "x")),
                wrong("a key the target does not declare", "directory", s -> s.set("target.nas.directry", "x")),
                wrong("a provider nobody knows", "provider", s -> s.set("customer.acme.provider", "ringcentrale")),
                wrong("no provider", "customer.acme.provider", s -> s.without("customer.acme.provider")),
                wrong("no credential", "customer.acme.jwt", s -> s.without("customer.acme.jwt")),
                wrong("a feed nobody knows", "faxen", s -> s.set("customer.acme.feeds", "calls, faxen")),
                wrong("a target that is not there", "elsewhere", s -> s.set("customer.acme.targets", "elsewhere")),
                wrong("no target", "customer.acme.targets", s -> s.without("customer.acme.targets")),
                wrong("a kind of target nobody knows", "target.nas.kind", s -> s.set("target.nas.kind", "punchcards")),
                wrong("a target without its directory", "directory", s -> s.without("target.nas.directory")),
                wrong("a bad schedule", "customer.acme.schedule", s -> s.set("customer.acme.schedule", "often")),
                wrong("a bad time zone", "Mars/Olympus", s -> s.set("customer.acme.time-zone", "Mars/Olympus")),
                wrong("a bad duration", "customer.acme.since", s -> s.set("customer.acme.since", "long ago")),
                wrong("a comment behind a value", "#", s -> s.set("customer.acme.since", "60d # two months")),
                wrong("a path without the id", "{id}", s -> s.set("customer.acme.path", "{customer}/{date}.{ext}")),
                wrong("a server abroad without TLS", "http", s -> s.set(
                        "customer.acme.server", "http://platform.example.com")),
                wrong("customers mixed up in one target", "{customer}", s -> s.customer(
                                "bolt", "http://127.0.0.1:9", "calls", "nas")
                        .set("customer.acme.path", "{date}/{id}.{ext}")
                        .set("customer.bolt.path", "{date}/{id}.{ext}")));
    }

    private static Arguments wrong(String what, String named, Consumer<Settings> mistake) {
        return arguments(what, named, mistake);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void is_named_and_stops_the_start(String what, String named, Consumer<Settings> mistake) {
        mistake.accept(scene.settings);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.said()).contains(named);
    }

    @Test
    void all_mistakes_are_told_at_once() {
        scene.settings
                .set("customer.acme.lookback", "36h")
                .set("customer.acme.feeds", "calls, faxen")
                .set("customer.acme.time-zone", "Mars/Olympus")
                .set("target.nas.directry", "x")
                .set("callvault.hume", "x");
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.said())
                .contains("customer.acme.lookback", "look-back", "faxen", "Mars/Olympus", "target.nas.directry")
                .contains("callvault.hume", "callvault.home");
        assertThat(outcome.said()).doesNotContain("\tat ");
    }

    @Test
    void a_literal_secret_is_not_repeated_when_something_else_is_wrong() {
        scene.settings.set("customer.acme.jwt", "literal-secret-1234").set("customer.acme.lookback", "36h");
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.said()).doesNotContain("literal-secret-1234");
    }

    static Stream<List<String>> wrongCommands() {
        return Stream.of(
                List.of("frobnicate"),
                List.of("archive", "--frobnicate"),
                List.of("archive", "--customer", "nobody"),
                List.of("archive", "--from", "the day before"),
                List.of("archive", "--config", "missing.properties"),
                List.of("status", "--config"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommands")
    void a_command_that_means_nothing_ends_with_two(List<String> command) {
        Outcome outcome = scene.run(command.toArray(String[]::new));
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.said()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void a_folder_without_a_configuration_ends_with_two() {
        Outcome outcome = scene.callvault.run("archive");
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.said()).contains("application.properties");
        assertThat(Files.exists(scene.callvault.folder().resolve("data"))).isFalse();
    }

    @Test
    void a_secret_that_is_not_there_is_named() {
        scene.settings.set("customer.acme.jwt", "{{env:NO_SUCH_VARIABLE}}");
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isIn(2, 4);
        assertThat(outcome.said()).contains("NO_SUCH_VARIABLE");
    }
}
