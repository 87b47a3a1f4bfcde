// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.ConfigurationReader;
import io.callvault.gate.Alarm;
import io.callvault.ledger.CustomerCounts;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.SandboxOptions.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A service of its own routes and configuration, to be changed on disk while it archives a sandbox, second by second. */
final class Changeable implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Twenty recordings a second. */
    static final SandboxOptions COMPANY = SandboxOptions.demo()
            .withLimits(new Limits(50, 40, 20, 50, Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .withVolume(100, 100, 0)
            .withRecordingBytes(2_000);

    final Path home;
    final Map<String, String> settings = new LinkedHashMap<>();
    final List<String> taken = new ArrayList<>();
    volatile boolean isEnding;
    private LiveEngine live;

    Changeable(Path home) {
        this.home = home;
        copy(Path.of("routes"), home.resolve("routes"));
        settings.put("callvault.console.port", "0");
        settings.put("alarm.disk-free-below", "1B");
    }

    /** Lists every other second. */
    Changeable customer(String id, Sandbox sandbox, String targets) {
        String prefix = "customer." + id + ".";
        settings.put(prefix + "provider", "ringcentral");
        settings.put(prefix + "server", sandbox.server().toString());
        settings.put(prefix + "client-id", sandbox.options().credentials().clientId());
        settings.put(prefix + "client-secret", sandbox.options().credentials().clientSecret());
        settings.put(prefix + "jwt", sandbox.options().credentials().jwts().get(0));
        settings.put(prefix + "feeds", "calls");
        settings.put(prefix + "since", "40d");
        settings.put(prefix + "schedule", "0/2 * * * * ?");
        settings.put(prefix + "targets", targets);
        return this;
    }

    Changeable target(String name) {
        settings.put("target." + name + ".kind", "file");
        settings.put("target." + name + ".directory", name);
        return this;
    }

    LiveEngine start() {
        return start(Clock.systemUTC(), null);
    }

    LiveEngine start(Clock clock, Alarm alarm) {
        write();
        live = LiveEngine.start(
                new ConfigurationReader(null),
                file(),
                configuration -> List.copyOf(configuration.customers().keySet()),
                configuration -> taken.add(String.join(",", configuration.customers().keySet())),
                () -> isEnding,
                clock,
                alarm);
        return live;
    }

    Path file() {
        return home.resolve("application.properties");
    }

    /** The settings as they are now. */
    void write() {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        write(file(), text.toString());
    }

    /** The configuration file as it lies there. */
    String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the settings on disk, and has it seen. */
    void change() {
        write();
        see();
    }

    /** Changes a file of the routes, and has it seen. */
    void change(String route, String text) {
        write(home.resolve("routes").resolve(route), text);
        see();
    }

    /** Takes a file of the home away, and has it seen. */
    void remove(String name) {
        try {
            Files.delete(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        see();
    }

    String route(String name) {
        try {
            return Files.readString(home.resolve("routes").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twice: it is settled then. */
    void see() {
        live.look();
        live.look();
    }

    long stored(String customer) {
        CustomerCounts counts = live.ledger().counts(List.of(customer)).get(0);
        return counts.items().getOrDefault("stored", 0L);
    }

    void awaitStored(String customer, long items) {
        await(() -> stored(customer) >= items, () -> items + " items of " + customer + " are stored: " + stored(customer));
    }

    static void await(BooleanSupplier condition, Supplier<String> what) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LIMIT + ": " + what.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Names of the recordings that lie in a directory of the home. */
    List<String> recordings(String directory) {
        Path root = home.resolve(directory);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".mp3") || name.endsWith(".wav"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }
}
