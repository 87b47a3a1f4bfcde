// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.spool.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs every rival that is on this machine, in turns, and writes a table.
 *
 * <p>System properties: {@code bench.distribution}, {@code bench.classes} and {@code bench.directory} say where things are;
 * {@code bench.recordings} (default 20000), {@code bench.bytes} of each (100000), {@code bench.rounds} (3), of which the
 * medians are shown, and {@code bench.only}, names of rivals with commas between.
 */
public final class Bench {

    private final Path directory;
    private final long bytes;
    private final Origin origin;

    private Bench(Path directory, long bytes, Origin origin) {
        this.directory = directory;
        this.bytes = bytes;
        this.origin = origin;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        int recordings = Integer.getInteger("bench.recordings", 20_000);
        long bytes = Long.getLong("bench.bytes", 100_000);
        int rounds = Integer.getInteger("bench.rounds", 3);
        String only = System.getProperty("bench.only", "callvault,curl,rclone");
        // Always a new folder: ext4 is slow to reuse what was deleted minutes ago, and that would be measured.
        Path directory = Path.of(System.getProperty("bench.directory"))
                .resolve(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss")));
        Files.createDirectories(directory);
        try (Origin origin = Origin.start(
                Path.of(System.getProperty("bench.distribution")),
                Path.of(System.getProperty("bench.classes")),
                directory,
                recordings,
                bytes)) {
            origin.fill(directory.resolve("origin"));
            List<Rival> rivals = new ArrayList<>();
            for (Rival rival : Rival.values()) {
                if (!List.of(only.split(",")).contains(rival.name().toLowerCase(Locale.ROOT))) {
                    continue;
                }
                if (rival.isHere()) {
                    rivals.add(rival);
                } else {
                    System.out.println(rival.words() + ": not on this machine, left out");
                }
            }
            new Bench(directory, bytes, origin).run(rivals, rounds);
            try (Stream<Path> files = Files.list(directory.resolve("origin"))) {
                files.forEach(Bench::empty);
            }
        }
    }

    private void run(List<Rival> rivals, int rounds) throws IOException, InterruptedException {
        Map<Rival, List<Cost>> costs = new EnumMap<>(Rival.class);
        for (int round = 1; round <= rounds; round++) {
            List<Rival> order = new ArrayList<>(rivals);
            Collections.rotate(order, round - 1);
            for (Rival rival : order) {
                Cost cost = measure(rival, round);
                costs.computeIfAbsent(rival, each -> new ArrayList<>()).add(cost);
                System.out.println(round + " " + BenchTable.line(rival, cost, origin.sums().size()));
            }
        }
        String table = BenchTable.of(costs, origin.sums().size(), bytes, rounds);
        Path file = directory.resolveSibling(directory.getFileName() + ".md");
        Files.writeString(file, table);
        System.out.println();
        System.out.println(table);
        System.out.println("Written to " + file);
    }

    private Cost measure(Rival rival, int round) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve(rival.name().toLowerCase(Locale.ROOT) + "-" + round));
        List<String> command = rival.prepare(folder, origin);
        new ProcessBuilder("sync").start().waitFor(); // what others left to write is not this one's
        Cost cost = new Stopwatch(origin.process().toHandle()).run(folder, command);
        verify(rival, folder.resolve("archive"));
        return cost;
    }

    /** Every recording is there once with its SHA-256, and nothing else is. Then the files are emptied to give back room. */
    private void verify(Rival rival, Path archive) throws IOException {
        Map<String, String> missing = Collections.synchronizedMap(new HashMap<>(origin.sums()));
        List<Path> files;
        try (Stream<Path> all = Files.walk(archive)) {
            files = all.filter(file -> file.toString().endsWith(".mp3")).toList();
        }
        files.parallelStream().forEach(file -> {
            String name = file.getFileName().toString();
            String id = name.substring(name.lastIndexOf('_') + 1, name.length() - ".mp3".length());
            if (!sha256(file).equals(missing.remove(id))) {
                throw new IllegalStateException(rival.words() + " stored wrong bytes, or twice: " + file);
            }
            if (rival == Rival.CALLVAULT && !Files.exists(file.resolveSibling(name + ".json"))) {
                throw new IllegalStateException("no sidecar beside " + file);
            }
            empty(file);
        });
        if (!missing.isEmpty()) {
            throw new IllegalStateException(rival.words() + " did not store " + missing.size() + " recordings");
        }
    }

    private static String sha256(Path file) {
        try {
            return Spool.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void empty(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
