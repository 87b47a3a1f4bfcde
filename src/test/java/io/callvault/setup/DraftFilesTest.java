// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.StopAllException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftFilesTest {

    @TempDir
    Path directory;

    private SetupHome home;
    private Draft draft;

    @BeforeEach
    void declare() {
        home = new SetupHome(directory);
        Map<String, String> given = new LinkedHashMap<>();
        given.put("customer.acme.provider", "voipco");
        given.put("customer.acme.account", "4711");
        given.put("customer.acme.key", "s3cr3t");
        given.put("target.nas.kind", "shelf");
        given.put("target.nas.board", "top");
        draft = Answers.draft(home.reader.declared(home.file, null), given);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.startsWith(directory.resolve("routes")))
                    .filter(file -> !file.equals(directory))
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    @Test
    void a_secret_lies_in_a_file_that_only_its_owner_can_read() throws IOException {
        List<Path> written = new DraftFiles(home.file).write(draft, false);

        assertThat(files()).containsExactly("application.properties", "secrets", "secrets/acme-key");
        assertThat(written).last().isEqualTo(home.file);
        assertThat(mode("secrets")).isEqualTo("rwx------");
        assertThat(mode("secrets/acme-key")).isEqualTo("rw-------");
        assertThat(Files.readString(home.file)).doesNotContain("s3cr3t");
        assertThat(home.reader
                        .read(home.file)
                        .resolveSecrets(List.of("acme"))
                        .ofCustomer("acme", "key"))
                .containsExactly("s3cr3t");
    }

    @Test
    void a_secret_that_is_there_is_never_replaced() throws IOException {
        Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(directory.resolve("secrets/acme-key"), "older");

        new DraftFiles(home.file).write(draft, false);

        assertThat(directory.resolve("secrets/acme-key")).hasContent("older");
        assertThat(directory.resolve("secrets/acme-key-2")).hasContent("s3cr3t");
        assertThat(home.file).content().contains("{{file:secrets/acme-key-2}}");
    }

    @Test
    void a_configuration_is_replaced_only_when_that_was_wanted() throws IOException {
        Files.writeString(home.file, "mine");

        assertThatThrownBy(() -> new DraftFiles(home.file).write(draft, false)).isInstanceOf(StopAllException.class);
        assertThat(home.file).hasContent("mine");
        assertThat(files()).containsExactly("application.properties");

        new DraftFiles(home.file).write(draft, true);
        assertThat(home.file).content().contains("customer.acme.account = 4711");
    }

    @Test
    void nothing_is_left_when_it_cannot_be_written() throws IOException {
        Files.createDirectories(home.file.resolve("in the way"));

        assertThatThrownBy(() -> new DraftFiles(home.file).write(draft, true))
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("Tried to write " + home.file);
        assertThat(files()).containsExactly("application.properties", "application.properties/in the way");
    }
}
