// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every rival that is on this machine, in turns. Round 0 is not counted: in it the origin, which is a Java program too, is
 * still compiling, and takes twice the processor time from whoever comes first.
 *
 * <p>System properties: {@code bench.recordings} (default 20000), {@code bench.bytes} of each (100000),
 * {@code bench.rounds} (3), of which the medians are shown, and {@code bench.only}, names of rivals with commas between.
 */
final class Rivals {

    private Rivals() {}

    static String run(House house) throws IOException, InterruptedException {
        int recordings = Integer.getInteger("bench.recordings", 20_000);
        long bytes = Long.getLong("bench.bytes", 100_000);
        int rounds = Integer.getInteger("bench.rounds", 3);
        try (Origin origin = Origin.start(house, recordings, bytes)) {
            Path directory = house.directory().resolve("origin");
            origin.fill(directory);
            Map<Rival, List<Cost>> costs = costs(origin, here(), rounds);
            Stored.empty(Stored.media(directory));
            return BenchTable.of(costs, recordings, bytes, rounds);
        }
    }

    private static List<Rival> here() {
        List<String> only =
                List.of(System.getProperty("bench.only", "callvault,curl,rclone").split(","));
        List<Rival> rivals = new ArrayList<>();
        for (Rival rival : Rival.values()) {
            if (!only.contains(rival.name().toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (rival.isHere()) {
                rivals.add(rival);
            } else {
                System.out.println(rival.words() + ": not on this machine, left out");
            }
        }
        return rivals;
    }

    private static Map<Rival, List<Cost>> costs(Origin origin, List<Rival> rivals, int rounds)
            throws IOException, InterruptedException {
        Map<Rival, List<Cost>> costs = new EnumMap<>(Rival.class);
        for (int round = 0; round <= rounds; round++) {
            List<Rival> order = new ArrayList<>(rivals);
            Collections.rotate(order, round - 1);
            for (Rival rival : order) {
                Cost cost = measure(origin, rival, round);
                if (round > 0) {
                    costs.computeIfAbsent(rival, each -> new ArrayList<>()).add(cost);
                }
                System.out.println(
                        round + " " + BenchTable.line(rival.words(), cost, origin.sums().size()));
            }
        }
        return costs;
    }

    private static Cost measure(Origin origin, Rival rival, int round) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(
                origin.house().directory().resolve(rival.name().toLowerCase(Locale.ROOT) + "-" + round));
        List<String> command = rival.prepare(folder, origin);
        new ProcessBuilder("sync").start().waitFor(); // what others left to write is not this one's
        Cost cost = new Stopwatch(origin.process().toHandle()).run(folder, command);
        Stored.check(origin.sums(), folder.resolve("archive"), rival == Rival.CALLVAULT);
        return cost;
    }
}
