// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A make-believe company archived into two directories, and commands run on it as from a command line. */
final class SmallArchive implements AutoCloseable {

    static final int CALLS = 12;
    static final int RECORDINGS = 6;

    /** How a command ended and what it said. */
    record Said(int exit, String out, String err) {

        JsonNode json() {
            try {
                return ExactJson.MAPPER.readTree(out);
            } catch (IOException e) {
                throw new AssertionError(out, e);
            }
        }
    }

    final Path folder;
    final Sandbox sandbox;
    private final Path configuration;

    SmallArchive(Path folder) throws IOException {
        this.folder = folder;
        SandboxOptions options = SandboxOptions.demo().withVolume(CALLS, RECORDINGS, 0);
        this.sandbox = Sandbox.start(options, Clock.systemUTC());
        this.configuration = folder.resolve("application.properties");
        System.setProperty("callvault.test.secret", options.credentials().clientSecret());
        System.setProperty("callvault.test.jwt", options.credentials().jwts().get(0));
        Files.writeString(
                configuration,
                """
                callvault.home = data
                callvault.routes = %s
                callvault.console.port = 0
                customer.acme.provider = ringcentral
                customer.acme.server = %s
                customer.acme.client-id = %s
                customer.acme.client-secret = {{sys:callvault.test.secret}}
                customer.acme.jwt = {{sys:callvault.test.jwt}}
                customer.acme.feeds = calls
                customer.acme.time-zone = Pacific/Auckland
                customer.acme.targets = nas, vault
                target.nas.kind = file
                target.nas.directory = nas
                target.vault.kind = file
                target.vault.directory = vault
                """
                        .formatted(
                                Path.of("routes").toAbsolutePath(),
                                sandbox.server(),
                                options.credentials().clientId()));
    }

    /** One line more in the configuration. */
    void configure(String line) {
        try {
            Files.writeString(configuration, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SmallArchive archived(Path folder) throws IOException {
        SmallArchive archive = new SmallArchive(folder);
        Said said = archive.run("archive");
        assertThat(said.exit()).as(said.toString()).isZero();
        // From here on neither the provider nor its secrets are needed.
        archive.sandbox.close();
        System.clearProperty("callvault.test.secret");
        System.clearProperty("callvault.test.jwt");
        return archive;
    }

    Said run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, "--config", configuration.toString()));
        line.addAll(List.of(arguments));
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int exit = Callvault.execute(line.toArray(String[]::new));
            return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    /** Paths of the recordings in a target, sorted. */
    List<String> objects(String target) throws IOException {
        return paths(target).stream()
                .filter(path -> !path.startsWith("acme/journal/") && !path.endsWith(".json"))
                .toList();
    }

    /** Paths of the journal's objects in a target. */
    List<String> journal(String target) throws IOException {
        return paths(target).stream().filter(path -> path.startsWith("acme/journal/")).toList();
    }

    private List<String> paths(String target) throws IOException {
        Path root = folder.resolve(target);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    Path file(String target, String path) {
        return folder.resolve(target).resolve(path);
    }

    /** Puts other bytes into the place of a file, without changing those that another target shares with it. */
    void replace(String target, String path, byte[] bytes) throws IOException {
        Path file = file(target, path);
        Files.delete(file);
        Files.write(file, bytes);
    }

    String text(String sql) throws SQLException {
        try (Connection connection = ledger();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    int change(String sql) throws SQLException {
        try (Connection connection = ledger();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private Connection ledger() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/ledger.db"));
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
