// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.store.Bytes;
import io.callvault.store.KameletTargets;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The properties of {@code store-file.kamelet.yaml} reach the store. */
class FileKameletTest {

    @TempDir
    Path scratch;

    private KameletTargets targets;

    @BeforeEach
    void start() throws Exception {
        targets = new KameletTargets("file");
    }

    @AfterEach
    void stop() {
        targets.close();
    }

    private Path stored(String target, Map<String, String> properties) throws Exception {
        Store store = targets.open(target, properties);
        Path file = Files.writeString(scratch.resolve("item"), "x");
        store.put(new StorePut("acme/1.mp3", file, 1, Bytes.sha256(new byte[] {'x'}), null, false));
        return Path.of(properties.get("directory"), "acme/1.mp3");
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void modes_are_taken_from_the_properties() throws Exception {
        Path stored = stored(
                "a",
                Map.of("directory", scratch.resolve("a").toString(), "mode", "0604", "directory-mode", "0705"));

        assertThat(mode(stored)).isEqualTo("rw----r--");
        assertThat(mode(stored.getParent())).isEqualTo("rwx---r-x");
    }

    @Test
    void without_properties_group_may_read() throws Exception {
        Path stored = stored("b", Map.of("directory", scratch.resolve("with space & %2f {brace? ü").toString()));

        assertThat(mode(stored)).isEqualTo("rw-r-----");
        assertThat(mode(stored.getParent())).isEqualTo("rwxr-x---");
    }

    @Test
    void the_owner_is_taken_from_the_properties() throws Exception {
        Path directory = scratch.resolve("c");
        Path stored = stored(
                "c", Map.of("directory", directory.toString(), "owner", owner("uid"), "group", owner("gid")));

        assertThat(stored).exists();
        assertThatThrownBy(() -> stored("d", Map.of("directory", directory + "2", "group", "no-such-group")))
                .hasMessageContaining("no-such-group");
    }

    private String owner(String which) throws Exception {
        return Files.getAttribute(scratch, "unix:" + which).toString();
    }

    @Test
    void a_wrong_mode_stops_the_start() {
        assertThatThrownBy(() -> targets.open("e", Map.of("directory", scratch.toString(), "mode", "rw")))
                .hasStackTraceContaining("mode = rw is no file permission");
    }

    @Test
    void a_missing_directory_property_stops_the_start() {
        assertThatThrownBy(() -> targets.open("f", Map.of())).hasStackTraceContaining("directory");
    }
}
