// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The price of the ledger's commits: the same archive with the ledger on the disk, where each commit is synchronised, and
 * with the ledger in memory (tmpfs), where synchronising costs nothing. The program cannot work without a ledger; what it
 * costs beside synchronising is in the processor time of the one thread that writes to it.
 */
final class LedgerBench {

    private static final String WRITER = "ledger-writer";
    private static final Path MEMORY = Path.of("/dev/shm");

    private enum Place {
        DISK("group commit to the disk, as it is"),
        MEMORY("the ledger in memory, nothing to synchronise");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    private LedgerBench() {}

    static String run(House house) throws IOException, InterruptedException {
        int recordings = Integer.getInteger("bench.recordings", 20_000);
        long bytes = Long.getLong("bench.bytes", 100_000);
        int rounds = Integer.getInteger("bench.rounds", 3);
        Map<Place, List<Cost>> costs = new EnumMap<>(Place.class);
        Map<Place, List<Double>> writing = new EnumMap<>(Place.class);
        Path memory = Files.createTempDirectory(MEMORY, "callvault-bench");
        try (Origin origin = Origin.start(house, recordings, bytes)) {
            for (int round = 0; round <= rounds; round++) { // 0 warms the origin up
                List<Place> order = new ArrayList<>(List.of(Place.values()));
                Collections.rotate(order, round - 1);
                for (Place place : order) {
                    Path folder = Files.createDirectory(house.directory().resolve(place.name() + "-" + round));
                    Path ledger = (place == Place.DISK ? folder : memory).resolve("ledger-" + round + ".db");
                    double[] writer = new double[1];
                    Cost cost = archive(origin, folder, ledger, writer);
                    if (round > 0) {
                        costs.computeIfAbsent(place, each -> new ArrayList<>()).add(cost);
                        writing.computeIfAbsent(place, each -> new ArrayList<>()).add(writer[0]);
                    }
                    System.out.println(round + " " + BenchTable.line(place.words, cost, recordings)
                            + String.format(Locale.ROOT, ", %s %.2f s", WRITER, writer[0]));
                }
            }
        } finally {
            remove(memory);
        }
        BenchTable table = new BenchTable("| | wall s | CPU s | of it the ledger's thread | others |");
        costs.forEach((place, runs) -> table.row(
                "%s | %.2f | %.2f | %.2f | %.0f %%",
                place.words,
                BenchTable.median(runs, Cost::wall),
                BenchTable.median(runs, Cost::cpu),
                BenchTable.median(writing.get(place), each -> each),
                BenchTable.median(runs, Cost::others) * 100));
        List<Cost> disk = costs.get(Place.DISK);
        table.row(
                "disk / memory | %.2f | %.2f | %.2f | ",
                BenchTable.ratio(disk, costs.get(Place.MEMORY), Cost::wall),
                BenchTable.ratio(disk, costs.get(Place.MEMORY), Cost::cpu),
                BenchTable.ratio(writing.get(Place.DISK), writing.get(Place.MEMORY), each -> each));
        return table.page(String.format(
                Locale.ROOT,
                "The ledger's commits, archiving %d recordings of %d bytes, medians of %d",
                recordings,
                bytes,
                rounds));
    }

    /** @param writer set to the processor time of the ledger's thread */
    private static Cost archive(Origin origin, Path folder, Path ledger, double[] writer)
            throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("application.properties"),
                House.settings(origin.sandbox(), House.DISK) + "callvault.ledger = jdbc:sqlite:" + ledger + "\n");
        new ProcessBuilder("sync").start().waitFor(); // what others left to write is not this one's
        Cost cost = new Stopwatch(
                        origin.process().toHandle(), pid -> writer[0] = Math.max(writer[0], Proc.cpu(pid, WRITER)))
                .run(folder, origin.house().callvault("archive"));
        Stored.check(origin.sums(), folder.resolve("archive"), true);
        return cost;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
