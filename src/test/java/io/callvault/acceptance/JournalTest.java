// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers of a target, on targets made by hand. */
class JournalTest {

    @TempDir
    Path directory;

    @Test
    void a_whole_chain_is_read_in_order() throws IOException {
        String first = write(9, "null", record("a"));
        String second = write(10, "\"" + first + "\"", record("b"));
        Journal journal = new Target(directory).journal("acme");
        assertThat(journal.head()).isEqualTo(second);
        assertThat(journal.records("calls")).extracting(Object::toString).containsExactly("{\"id\":\"a\"}", "{\"id\":\"b\"}");
    }

    @Test
    void a_gap_a_wrong_hash_and_an_event_nobody_knows_are_found() throws IOException {
        String first = write(1, "null", record("a"));
        write(3, "\"" + first + "\"", record("b"));
        assertBroken("number after 1");
        Files.delete(object(3));
        write(2, "\"" + "0".repeat(64) + "\"", record("b"));
        assertBroken(first);
        write(2, "\"" + first + "\"", record("b").replace("record\"", "rumour\""));
        assertBroken("rumour");
    }

    @Test
    void objects_are_told_from_sidecars_and_from_the_journal() throws IOException {
        write(1, "null", record("a"));
        Path day = Files.createDirectories(directory.resolve("acme/calls/2026-03-10"));
        for (String name : List.of("a.mp3", "a.mp3.json", "b.wav", "b.json", "alone.json")) {
            Files.writeString(day.resolve(name), name);
        }
        List<Target.Stored> objects = new Target(directory).objects("acme");
        assertThat(objects)
                .extracting(Target.Stored::path)
                .containsExactly(
                        "acme/calls/2026-03-10/a.mp3", "acme/calls/2026-03-10/alone.json", "acme/calls/2026-03-10/b.wav");
        assertThat(objects.get(0).sidecar()).hasFileName("a.mp3.json");
        assertThat(objects.get(1).sidecar()).isNull();
        assertThat(objects.get(2).sidecar()).hasFileName("b.json");
    }

    private void assertBroken(String because) {
        assertThatThrownBy(() -> new Target(directory).journal("acme"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(because);
    }

    private static String record(String id) {
        return "{\"at\":\"2026-03-10T12:00:00Z\",\"event\":\"record\",\"feed\":\"calls\",\"id\":\"" + id
                + "\",\"revision\":1,\"record\":{\"id\":\"" + id + "\"}}";
    }

    private Path object(int number) throws IOException {
        return Files.createDirectories(directory.resolve("acme/journal/2026/03/10"))
                .resolve(number + ".jsonl.gz");
    }

    private String write(int number, String previous, String event) throws IOException {
        String header = "{\"journal\":1,\"customer\":\"acme\",\"target\":\"nas\",\"number\":" + number + ",\"previous\":"
                + previous + ",\"at\":\"2026-03-10T12:00:00Z\"}";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((header + "\n" + event + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(object(number), bytes.toByteArray());
        return Bytes.sha256(bytes.toByteArray());
    }
}
