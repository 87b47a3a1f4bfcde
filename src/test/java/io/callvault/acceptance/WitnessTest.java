// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

    private static final String SUM = Bytes.sha256("audio".getBytes(StandardCharsets.UTF_8));
    private static final String STORED =
            "{\"at\":\"2026-03-10T12:00:00Z\",\"event\":\"stored\",\"feed\":\"calls\",\"item\":\"recording/1\","
                    + "\"record-id\":\"a\",\"path\":\"acme/calls/1.mp3\",\"length\":5,\"sha256\":\"" + SUM + "\"}\n";
    private static final String RELEASED =
            "{\"at\":\"2026-03-10T12:00:00Z\",\"event\":\"released\",\"feed\":\"calls\",\"item\":\"recording/1\"}\n";

    @TempDir
    Path temporary;

    private final Witness witness = new Witness();
    private Target nas;
    private Target vault;

    @BeforeEach
    void archive() throws IOException {
        nas = target("nas", STORED + RELEASED);
        vault = target("vault", STORED + RELEASED);
    }

    @Test
    void what_every_target_holds_and_every_journal_names_may_go() {
        assertThat(complaints()).isEmpty();
        assertThat(witness.looks()).isEqualTo(1);
    }

    @Test
    void other_bytes_at_one_target_are_seen() throws IOException {
        Files.writeString(vault.directory().resolve("acme/calls/1.mp3"), "audiO");
        assertThat(complaints()).singleElement().asString().contains("vault").contains("not these bytes");
    }

    @Test
    void a_missing_object_is_seen() throws IOException {
        Files.delete(nas.directory().resolve("acme/calls/1.mp3"));
        assertThat(complaints()).singleElement().asString().contains("nas").contains("not there");
    }

    @Test
    void a_journal_that_does_not_say_so_is_seen() throws IOException {
        assertThat(complaints(nas, target("silent", STORED)))
                .singleElement()
                .asString()
                .contains("no journal says that it is released");
        assertThat(complaints(target("empty", RELEASED))).hasSize(2);
    }

    @Test
    void a_deletion_of_nothing_archived_is_seen() {
        witness.deletes("acme", List.of(nas), List.of());
        assertThat(witness.complaints()).hasSize(1);
    }

    private List<String> complaints(Target... targets) {
        witness.deletes("acme", targets.length == 0 ? List.of(nas, vault) : List.of(targets), List.of(SUM));
        return witness.complaints();
    }

    private Target target(String name, String events) throws IOException {
        Path directory = temporary.resolve(name);
        Files.writeString(Files.createDirectories(directory.resolve("acme/calls")).resolve("1.mp3"), "audio");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            String header = "{\"journal\":1,\"customer\":\"acme\",\"target\":\"" + name
                    + "\",\"number\":1,\"previous\":null,\"at\":\"2026-03-10T12:00:00Z\"}\n";
            gzip.write((header + events).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(
                Files.createDirectories(directory.resolve("acme/journal/2026/03/10")).resolve("1.jsonl.gz"),
                bytes.toByteArray());
        return new Target(directory);
    }
}
