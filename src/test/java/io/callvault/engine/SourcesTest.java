// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.config.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change on disk. */
class SourcesTest {

    private final ConfigurationReader reader = new ConfigurationReader(null);

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = home.resolve("application.properties");
        Files.writeString(file, "customer.acme.jwt = {{file:secrets/jwt}}\n");
        Files.createDirectories(home.resolve("routes/own"));
        Files.writeString(home.resolve("routes/calls.camel.yaml"), "- route:\n");
    }

    private Sources now() {
        return Sources.read(reader, file, null);
    }

    private void changes(Sources before, String... files) {
        assertThat(now()).isNotEqualTo(before);
        assertThat(now().changedSince(before)).containsExactly(files);
    }

    @Test
    void the_same_bytes_written_again_are_no_change() throws IOException {
        Sources before = now();
        Files.writeString(file, Files.readString(file));
        Files.writeString(home.resolve("routes/own/notes.txt"), "no route");
        Files.writeString(home.resolve("routes/own/.x.yaml.swp"), "an editor's");
        assertThat(now()).isEqualTo(before).hasSameHashCodeAs(before);
    }

    @Test
    void a_route_changed_added_or_removed_is_one() throws IOException {
        Sources before = now();
        Files.writeString(home.resolve("routes/calls.camel.yaml"), "- rout:\n");
        Files.writeString(home.resolve("routes/own/more.yml"), "");
        changes(before, "routes/calls.camel.yaml", "routes/own/more.yml");
        assertThat(now().hasSameRoutes(before)).isFalse();
        Sources then = now();
        Files.delete(home.resolve("routes/own/more.yml"));
        changes(then, "routes/own/more.yml");
    }

    @Test
    void a_secret_that_a_file_brings_is_one_and_is_not_kept() throws IOException {
        Sources before = now();
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/jwt"), "s3cr3t");
        changes(before, "secrets/jwt");
        assertThat(now().hasSameRoutes(before)).isTrue();
        assertThat(now().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void another_directory_of_routes_is_one() throws IOException {
        Sources before = now();
        Files.writeString(file, Files.readString(file) + "callvault.routes = {{sys:no.such:other}}\n");
        Files.createDirectories(home.resolve("other"));
        Files.writeString(home.resolve("other/calls.camel.yaml"), "- route:\n");
        changes(before, "application.properties", "other/calls.camel.yaml", "routes/calls.camel.yaml");
    }

    @Test
    void what_cannot_be_read_is_one_and_no_failure() throws IOException {
        Sources before = now();
        Files.write(file, new byte[] {'a', (byte) 0xe4});
        assertThat(now().text()).isNull();
        changes(before, "application.properties");
        Files.delete(file);
        changes(before, "application.properties");
        assertThat(now()).isEqualTo(now());
    }

    @Test
    void routes_are_written_as_they_were() throws IOException {
        Sources before = now();
        Files.writeString(home.resolve("routes/calls.camel.yaml"), "broken");
        Path copy = Files.createDirectories(home.resolve("copy"));
        Files.writeString(copy.resolve("left-over.yaml"), "");
        before.restoreRoutes(copy);
        assertThat(copy.resolve("calls.camel.yaml")).hasContent("- route:\n");
        assertThat(copy.resolve("left-over.yaml")).doesNotExist();
    }
}
