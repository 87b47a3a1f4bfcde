// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.engine.Engine;
import io.callvault.flow.Archive;
import io.callvault.ledger.CustomerCounts;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A sandbox, and an archive of it as customer acme in the directory nas, through the real routes. */
final class SandboxArchive implements AutoCloseable {

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T15:00:00Z"));
    final Sandbox sandbox;
    private final Path home;
    private final Path file;

    SandboxArchive(Path home, SandboxOptions options, String feeds) {
        this.home = home;
        this.sandbox = Sandbox.start(options, clock);
        this.file = home.resolve("application.properties");
        configure(feeds);
    }

    /** @param more keys of the customer, with their values */
    void configure(String feeds, String... more) {
        SandboxOptions.Credentials credentials = sandbox.options().credentials();
        String text =
                """
                callvault.routes = %s
                callvault.console.port = 0
                customer.acme.provider = ringcentral
                customer.acme.server = %s
                customer.acme.client-id = %s
                customer.acme.client-secret = %s
                customer.acme.jwt = %s
                customer.acme.feeds = %s
                customer.acme.targets = nas
                customer.acme.path = {customer}/{feed}/{date}/{id}.{ext}
                target.nas.kind = file
                target.nas.directory = nas
                """
                        .formatted(
                                Path.of("routes").toAbsolutePath(),
                                sandbox.server(),
                                credentials.clientId(),
                                credentials.clientSecret(),
                                String.join(", ", credentials.jwts()),
                                feeds)
                        + Stream.of(more).map(key -> "customer.acme." + key + "\n").collect(Collectors.joining());
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on nothing can be stored: a file lies where the target should. */
    void breakTarget() {
        try {
            Files.writeString(home.resolve("nas"), "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mendTarget() {
        try {
            Files.delete(home.resolve("nas"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One pass to its end. */
    Archive.Outcome archive() {
        return with(engine -> {
            Archive.Outcome outcome = engine.archive().run().get(0);
            engine.keepGates();
            return outcome;
        });
    }

    CustomerCounts counts() {
        return with(engine -> engine.ledger().counts(List.of("acme")).get(0));
    }

    <T> T with(Function<Engine, T> work) {
        Configuration configuration = new ConfigurationReader(null).read(file);
        try (Engine engine = Engine.start(configuration, List.of("acme"), "test", false, clock)) {
            return work.apply(engine);
        }
    }

    /** SHA-256 of every binary of a feed that lies in the target, by its id. */
    Map<String, String> stored(String feed) {
        Map<String, String> stored = new TreeMap<>();
        Path directory = home.resolve("nas/acme").resolve(feed);
        for (Path each : files(directory)) {
            String name = each.getFileName().toString();
            if (!name.endsWith(".json")) {
                String before = stored.put(name.substring(0, name.lastIndexOf('.')), sha256(each));
                if (before != null) {
                    throw new AssertionError(name + " lies there twice");
                }
            }
        }
        return stored;
    }

    /** All lines of the journal, in order. */
    List<String> journal() {
        return files(home.resolve("nas/acme/journal")).stream()
                .flatMap(SandboxArchive::lines)
                .collect(Collectors.toList());
    }

    /** The journal's events of one kind. */
    List<String> events(String event) {
        return journal().stream()
                .filter(line -> Rows.json(line).path("event").asText().equals(event))
                .toList();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private static Stream<String> lines(Path journal) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(journal))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path path) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(path + " cannot be read", e);
        }
    }
}
