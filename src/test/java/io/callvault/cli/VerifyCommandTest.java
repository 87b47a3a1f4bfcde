// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    @TempDir
    Path folder;

    private SmallArchive archive;

    @BeforeEach
    void archive() throws IOException {
        archive = SmallArchive.archived(folder);
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
        try (var left = Files.newDirectoryStream(folder.resolve("data"), "verify-*")) {
            assertThat(left).isEmpty();
        }
    }

    /** Exactly one line that is no summary. */
    private String only(int exit, String... arguments) {
        SmallArchive.Said said = archive.run("verify", arguments);
        assertThat(said.exit()).as(said.toString()).isEqualTo(exit);
        List<String> lines = said.out()
                .lines()
                .filter(line -> !line.contains("items read back") && !line.startsWith("sample: "))
                .toList();
        assertThat(lines).as(said.toString()).hasSize(exit == 0 ? 0 : 1);
        return exit == 0 ? said.out() : lines.get(0);
    }

    @Test
    void what_is_as_it_was_stored_is_good() throws IOException {
        assertThat(only(0))
                .contains("acme nas: 6 of 6 items read back")
                .contains("acme vault: 6 of 6 items read back")
                .contains("1 journal objects: all as stored");
    }

    @Test
    void one_altered_byte_is_named() throws IOException {
        String path = archive.objects("vault").get(3);
        byte[] bytes = Files.readAllBytes(archive.file("vault", path));
        bytes[bytes.length / 2] ^= 1;
        archive.replace("vault", path, bytes);
        assertThat(only(3)).startsWith("acme vault: altered " + path + ": SHA-256 is ");
    }

    @Test
    void an_object_that_was_cut_and_one_that_is_missing_are_named() throws IOException {
        String path = archive.objects("nas").get(0);
        archive.replace("nas", path, new byte[] {1});
        assertThat(only(3)).startsWith("acme nas: altered " + path + ": it has 1 instead of ");
        Files.delete(archive.file("nas", path));
        assertThat(only(3)).isEqualTo("acme nas: missing " + path + ": it is not there");
    }

    @Test
    void an_altered_sidecar_is_named() throws IOException {
        String path = archive.objects("vault").get(0) + ".json";
        String text = Files.readString(archive.file("vault", path));
        archive.replace("vault", path, text.replaceFirst("Voice", "Vojce").getBytes(StandardCharsets.UTF_8));
        assertThat(only(3)).startsWith("acme vault: altered " + path + ": SHA-256 is ");
    }

    @Test
    void one_altered_line_of_a_journal_is_named() throws IOException {
        String path = archive.journal("vault").get(0);
        String text;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(archive.file("vault", path)))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        replaceJournal(path, text.replaceFirst("\"length\":", "\"length\":1"));
        assertThat(only(3)).startsWith("acme vault: altered " + path + ": SHA-256 is ").doesNotContain(";");
        replaceJournal(path, text.replaceFirst("\n", "\n{"));
        assertThat(only(3)).startsWith("acme vault: altered " + path).contains("it cannot be read");
        replaceJournal(path, text.replaceFirst("\"number\":1", "\"number\":2"));
        assertThat(only(3)).contains("its header is not that of object 1 of acme at vault");
        archive.replace("vault", path, "no gzip".getBytes(StandardCharsets.UTF_8));
        assertThat(only(3)).contains("it cannot be read");
    }

    private void replaceJournal(String path, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        archive.replace("vault", path, bytes.toByteArray());
    }

    @Test
    void a_journal_object_that_is_missing_or_extra_is_named() throws IOException {
        String path = archive.journal("nas").get(0);
        byte[] bytes = Files.readAllBytes(archive.file("nas", path));
        String next = path.replaceFirst("/1\\.", "/2.");
        Files.write(archive.file("nas", next), bytes);
        assertThat(only(3)).startsWith("acme nas: extra " + next + ": object 2 of the journal is not in the ledger");
        Files.delete(archive.file("nas", next));
        Files.delete(archive.file("nas", path));
        assertThat(only(3)).startsWith("acme nas: missing " + path);
    }

    @Test
    void an_object_that_the_ledger_does_not_know_is_extra() throws IOException, SQLException {
        String path = archive.objects("vault").get(5);
        archive.change("DELETE FROM receipt WHERE target = 'vault' AND path = '" + path + "'");
        assertThat(only(3)).isEqualTo("acme vault: extra " + path + ": it is not in the ledger");
    }

    @Test
    void a_sample_is_the_same_for_the_same_seed_and_still_looks_for_the_rest() throws IOException {
        String first = only(0, "--sample", "40", "--seed", "a");
        assertThat(first).endsWith("sample: 40 %, --seed a" + System.lineSeparator());
        assertThat(only(0, "--sample", "40", "--seed", "a")).isEqualTo(first);
        String path = archive.objects("vault").get(1);
        Files.delete(archive.file("vault", path));
        assertThat(only(3, "--sample", "0.0001")).startsWith("acme vault: missing " + path);
        assertThat(archive.run("verify", "--sample", "0").exit()).isEqualTo(2);
        assertThat(archive.run("verify", "--sample", "101").exit()).isEqualTo(2);
    }

    @Test
    void one_that_was_interrupted_goes_on_where_it_was_unless_it_is_told_to_begin_anew() throws Exception {
        String third = archive.text("SELECT item FROM item ORDER BY item LIMIT 1 OFFSET 2");
        String first = archive.text("SELECT path FROM item ORDER BY item LIMIT 1");
        byte[] bytes = Files.readAllBytes(archive.file("nas", first));
        bytes[0] ^= 1;
        archive.replace("nas", first, bytes);
        Path state = folder.resolve("data/verify.json");
        String interrupted =
                """
                {"question":"acme 100  null null","began":"2026-03-10T14:00:00Z","targets":{
                 "acme/nas":{"after":"%s","done":false,"read":3,"bytes":30,"findings":[
                  {"kind":"MISSING","path":"acme/x","detail":"it was not there"}]},
                 "acme/vault":{"after":"z","done":true,"stored":6,"read":6,"bytes":60,"journal-objects":1,"listed":true}}}
                """
                        .formatted(third);
        Files.writeString(state, interrupted);
        SmallArchive.Said said = archive.run("verify");
        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(said.out())
                .contains("goes on with the verification of 2026-03-10T14:00:00Z")
                .contains("acme nas: missing acme/x: it was not there")
                .contains("acme nas: 6 of 6 items read back")
                .contains("acme vault: 6 of 6 items read back (60 B), 1 journal objects: all as stored")
                .doesNotContain("altered");
        assertThat(state).as("it came to its end").doesNotExist();

        Files.writeString(state, interrupted);
        assertThat(archive.run("verify", "--restart").out()).contains("altered " + first).doesNotContain("acme/x");
        Files.writeString(state, interrupted);
        assertThat(archive.run("verify", "--sample", "99.99").out())
                .as("another question")
                .doesNotContain("goes on");
        Files.writeString(state, interrupted.replace(third, "recording/unknown"));
        assertThat(archive.run("verify").out()).contains("altered " + first);
        Files.writeString(state, "half a fi");
        assertThat(archive.run("verify").out()).contains("altered " + first);
    }

    @Test
    void a_rate_is_a_size_a_second() throws IOException {
        assertThat(only(0, "--rate", "900MB/s")).contains("all as stored");
        for (String wrong : List.of("fast", "50", "0MB/s", "-1MB/s")) {
            SmallArchive.Said said = archive.run("verify", "--rate", wrong);
            assertThat(said.exit()).as(said.toString()).isEqualTo(2);
            assertThat(said.err()).contains("50MB/s");
        }
    }

    @Test
    void a_target_that_is_not_there_is_told() throws IOException {
        Files.move(folder.resolve("vault"), folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("vault"), "no directory");
        assertThat(only(3)).startsWith("acme vault: unreadable: the target could not be asked: ");
    }
}
