// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.engine.Engine;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.flow.Archive;
import io.callvault.ledger.CustomerCounts;
import io.callvault.spool.Spool;
import io.callvault.testing.FlyingTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The whole program on the shipped routes, with one customer, {@code acme}, and a directory as its target. */
public final class House {

    private final Path home;
    private final FlyingTime time;
    private final Configuration configuration;

    /** @param keys the customer's, without {@code customer.acme.} */
    public House(Path home, FlyingTime time, Map<String, String> keys) {
        this.home = home;
        this.time = time;
        StringBuilder text = new StringBuilder();
        text.append("callvault.routes = ").append(Path.of("routes").toAbsolutePath()).append('\n');
        keys.forEach((key, value) ->
                text.append("customer.acme.").append(key).append(" = ").append(value).append('\n'));
        text.append("customer.acme.targets = nas\ntarget.nas.kind = file\ntarget.nas.directory = archive\n");
        try {
            Path file = Files.writeString(home.resolve("application.properties"), text);
            this.configuration = new ConfigurationReader(null).read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One pass, from start to stop. */
    public Pass pass() {
        List<String> ids = List.of("acme");
        try (Engine engine = Engine.start(configuration, ids, "archive", false, time.clock(), time)) {
            Archive.Outcome outcome = engine.archive().run().get(0);
            engine.keepGates();
            return new Pass(
                    outcome.stopped(),
                    outcome.codes(),
                    outcome.failures(),
                    engine.ledger().counts(ids).get(0));
        }
    }

    /** SHA-256 of every binary in the target, sorted. */
    public List<String> stored() {
        return binaries().map(House::sha256).sorted().toList();
    }

    /** Everything in the target that is neither a sidecar nor of the journal. */
    public Stream<Path> binaries() {
        return files(home.resolve("archive"))
                .filter(file -> !file.toString().endsWith(".json"))
                .filter(file -> !file.toString().contains("/journal/"));
    }

    /** Everything in the spool. */
    public List<Path> spooled() {
        return files(home.resolve("spool")).toList();
    }

    /** The text of every sidecar. */
    public List<String> sidecars() {
        return files(home.resolve("archive"))
                .filter(file -> file.toString().endsWith(".json"))
                .map(House::text)
                .toList();
    }

    private static Stream<Path> files(Path directory) {
        if (!Files.exists(directory)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try {
            return Spool.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a pass came to.
     *
     * @param stopped why the customer could not be worked on; null when it could
     * @param codes of what went wrong
     * @param failures one sentence each
     * @param counts what the ledger says afterwards
     */
    public record Pass(
            ArchiveException stopped, Set<ErrorCode> codes, List<String> failures, CustomerCounts counts) {

        /** Number of items in this state. */
        public long items(String state) {
            return counts.items().getOrDefault(state, 0L);
        }

        /** True when nothing went wrong. */
        public boolean isGood() {
            return stopped == null && failures.isEmpty() && counts.incomplete().isEmpty();
        }
    }
}
