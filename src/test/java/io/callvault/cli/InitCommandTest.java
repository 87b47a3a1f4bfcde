// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.setup.Person;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {

    @TempDir
    Path directory;

    private Path file;
    private final Deque<String> typed = new ArrayDeque<>();

    @BeforeEach
    void name() {
        file = directory.resolve("application.properties");
    }

    private record Said(int exit, String out, String err) {}

    private Said init(boolean hasTerminal, String... arguments) {
        CommandLine commandLine = Callvault.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        InitCommand command = commandLine.getSubcommands().get("init").getCommand();
        command.installation = Path.of("").toAbsolutePath().toString();
        command.terminal = () -> hasTerminal ? new TypingPerson(typed) : null;
        List<String> line = new ArrayList<>(List.of("init", "--config", file.toString()));
        line.addAll(List.of(arguments));
        int exit = commandLine.execute(line.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    private record TypingPerson(Deque<String> typed) implements Person {
        @Override
        public void say(String line) {}

        @Override
        public String ask(String prompt) {
            return typed.poll();
        }

        @Override
        public String askHidden(String prompt) {
            return typed.poll();
        }
    }

    @Test
    void writes_what_options_answer_and_says_what_is_still_to_be_done() throws IOException {
        Said said = init(
                false,
                "--set",
                "customer.acme.provider=ringcentral",
                "--set",
                "customer.acme.jwt=s3cr3t-jwt",
                "--set",
                "target.nas.kind=file",
                "--set",
                "target.nas.directory=archive");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("written: " + file)
                .contains("Set these environment variables before it is used: ACME_CLIENT_ID, ACME_CLIENT_SECRET")
                .doesNotContain("s3cr3t");
        assertThat(file).content().contains("customer.acme.jwt = {{file:secrets/acme-jwt}}").doesNotContain("s3cr3t");
    }

    @Test
    void takes_a_file_of_answers_and_options_before_it() throws IOException {
        Path answers = Files.writeString(
                directory.resolve("answers"),
                """
                # A comment.
                customer.acme.provider = ringcentral
                customer.acme.since = 30d
                target.nas.kind = file
                target.nas.directory = archive
                """);

        Said said = init(false, "--answers", answers.toString(), "--set", "customer.acme.since=2026-01-31");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(file).content().contains("customer.acme.since = 2026-01-31");
    }

    @Test
    void one_sentence_for_each_mistake_and_nothing_is_written() {
        Said said = init(
                false,
                "--set",
                "customer.acme.provider=ringcentral",
                "--set",
                "customer.acme.since=90x",
                "--set",
                "target.nas.kind=fil");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err().lines()).hasSize(2).allMatch(line -> line.startsWith("callvault: "));
        assertThat(file).doesNotExist();
        assertThat(directory.resolve("secrets")).doesNotExist();
    }

    @Test
    void refuses_what_it_cannot_work_with_before_it_asks() {
        assertThat(init(false).err()).contains("There is no terminal to ask at");
        assertThat(init(false, "--set", "customer.acme.jwt").err()).contains("--set customer.acme.jwt: must be KEY=VALUE");
        assertThat(init(false, "--answers", "nowhere").err()).contains("--answers nowhere: cannot be read");
        file = directory.resolve("nowhere/application.properties");
        assertThat(init(true).err()).contains("there is no directory " + directory.resolve("nowhere"));
        file = directory;
        assertThat(init(true).err()).contains("is a directory");
        assertThat(init(true).exit()).isEqualTo(2);
    }

    @Test
    void never_replaces_a_configuration_without_being_told_to() throws IOException {
        Files.writeString(file, "mine");
        String[] good = {"--set", "customer.acme.provider=ringcentral", "--set", "target.nas.kind=file", "--set",
            "target.nas.directory=archive"};

        Said refused = init(false, good);
        typed.add("");
        Said declined = init(true);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--replace writes over it");
        assertThat(declined.exit()).isEqualTo(2);
        assertThat(declined.err()).contains("nothing was changed");
        assertThat(file).hasContent("mine");

        List<String> replacing = new ArrayList<>(List.of(good));
        replacing.add("--replace");
        assertThat(init(false, replacing.toArray(String[]::new)).exit()).isZero();
        assertThat(file).content().contains("customer.acme.provider = ringcentral");
    }
}
