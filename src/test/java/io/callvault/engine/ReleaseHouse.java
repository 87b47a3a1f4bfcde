// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.flow.Archive;
import io.callvault.ledger.Ledger;
import io.callvault.release.Result;
import io.callvault.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The whole program on the shipped routes, with one customer, {@code acme}, and two directories as its targets.
 *
 * <p>A look-alike's {@code Date} is the machine's and cannot be set. So the clock of everything else begins ten days before
 * it: what is archived then may go when it is {@link #today}.
 */
final class ReleaseHouse {

    static final List<String> ACME = List.of("acme");

    final SettableClock clock = new SettableClock(Clock.systemUTC().instant().minus(Duration.ofDays(10)));
    final Map<String, String> keys = new LinkedHashMap<>();
    private final Path home;

    ReleaseHouse(Path home) {
        this.home = home;
        keys.put("targets", "nas, vault");
    }

    /** The clock agrees with the look-alike's again. */
    void today() {
        clock.set(Clock.systemUTC().instant());
    }

    Path target(String name) {
        return home.resolve(name);
    }

    Configuration configuration() {
        StringBuilder text = new StringBuilder();
        text.append("callvault.routes = ").append(Path.of("routes").toAbsolutePath()).append('\n');
        keys.forEach((key, value) ->
                text.append("customer.acme.").append(key).append(" = ").append(value).append('\n'));
        for (String name : keys.get("targets").split(", ")) {
            text.append("target.%1$s.kind = file%ntarget.%1$s.directory = %1$s%n".formatted(name));
        }
        try {
            return new ConfigurationReader(null).read(Files.writeString(home.resolve("application.properties"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Archive.Outcome archive() {
        try (Engine engine = Engine.start(configuration(), ACME, "archive", false, clock)) {
            Archive.Outcome outcome = engine.archive().run().get(0);
            engine.keepGates();
            return outcome;
        }
    }

    Result rehearse() {
        try (Rehearsal rehearsal = Rehearsal.start(configuration(), ACME, temporary(), clock)) {
            return rehearsal.of("acme");
        }
    }

    Result release() {
        try (Engine engine = Engine.start(configuration(), ACME, Engine.RELEASE, false, clock)) {
            Result result = engine.release(temporary()).of("acme");
            engine.keepGates();
            return result;
        }
    }

    <T> T ledger(Function<Ledger, T> question) {
        try (Engine engine = Engine.start(configuration(), ACME, "archive", false, clock)) {
            return question.apply(engine.ledger());
        }
    }

    void loseLedger() throws IOException {
        for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(home.resolve("data").resolve(file));
        }
    }

    private Path temporary() {
        try {
            return Files.createTempDirectory(home, "release-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every binary in a target: what is no sidecar, no journal. */
    List<Path> binaries(String target) {
        try (Stream<Path> files = Files.walk(target(target))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().contains("/journal/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
