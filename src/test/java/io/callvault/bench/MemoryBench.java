// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.store.s3.StoppableS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Peak memory with a few very large recordings against that with many small ones, through the same small heap. */
final class MemoryBench {

    private enum Kind {
        FILE,
        S3
    }

    private static final int LARGE = 2;

    private MemoryBench() {}

    static String run(House house) throws IOException, InterruptedException {
        int small = Integer.getInteger("bench.recordings", 20_000);
        long largeBytes = Long.getLong("bench.large", 2_000_000_000L);
        long smallBytes = Long.getLong("bench.bytes", 100_000);
        int heap = Integer.getInteger("bench.heap", 128);
        Map<Kind, Cost> large = archived(house, "large", LARGE, largeBytes, heap);
        Map<Kind, Cost> many = archived(house, "small", small, smallBytes, heap);
        BenchTable table = new BenchTable("| | peak MB, " + LARGE + " x " + largeBytes + " | peak MB, " + small + " x "
                + smallBytes + " | large / small | wall s | wall s |");
        for (Kind kind : Kind.values()) {
            table.row(
                    "%s | %.0f | %.0f | %.2f | %.1f | %.1f",
                    kind,
                    large.get(kind).peakMegabytes(),
                    many.get(kind).peakMegabytes(),
                    large.get(kind).peakMegabytes() / many.get(kind).peakMegabytes(),
                    large.get(kind).wall(),
                    many.get(kind).wall());
        }
        return table.page("Peak memory with a heap of " + heap + " MB, by kind of target");
    }

    private static Map<Kind, Cost> archived(House house, String name, int recordings, long bytes, int heap)
            throws IOException, InterruptedException {
        Map<Kind, Cost> costs = new EnumMap<>(Kind.class);
        House room = new House(
                house.distribution(),
                house.classes(),
                Files.createDirectory(house.directory().resolve(name)));
        try (Origin origin = Origin.start(room, recordings, bytes)) {
            for (Kind kind : Kind.values()) {
                Path folder = Files.createDirectory(room.directory().resolve(kind.name()));
                Cost cost = kind == Kind.FILE
                        ? archive(room, origin, folder, House.DISK, heap)
                        : intoBucket(room, origin, folder, heap);
                Stored.check(origin.sums(), folder.resolve("archive"), true);
                costs.put(kind, cost);
                System.out.println(BenchTable.line(kind + ", " + name, cost, recordings));
            }
        }
        return costs;
    }

    /** An S3Proxy whose objects are files below {@code archive}. */
    private static Cost intoBucket(House house, Origin origin, Path folder, int heap)
            throws IOException, InterruptedException {
        try (StoppableS3 s3 = new StoppableS3(Files.createDirectory(folder.resolve("archive")))) {
            return archive(
                    house,
                    origin,
                    folder,
                    """
                    target.disk.kind = s3
                    target.disk.bucket = %s
                    target.disk.endpoint = %s
                    target.disk.access-key = %s
                    target.disk.secret-key = %s
                    """
                            .formatted(
                                    s3.server().bucket(),
                                    s3.server().uri(),
                                    s3.server().accessKey(),
                                    s3.server().secretKey()),
                    heap);
        }
    }

    private static Cost archive(House house, Origin origin, Path folder, String target, int heap)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("application.properties"), House.settings(origin.sandbox(), target));
        return new Stopwatch(origin.process().toHandle())
                .run(folder, house.callvault("archive"), Map.of("JAVA_OPTS", "-Xmx" + heap + "m"));
    }
}
