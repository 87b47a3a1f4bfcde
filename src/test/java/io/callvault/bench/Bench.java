// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Measures one case and writes a table.
 *
 * <p>System properties: {@code bench.case} says which (default {@code rivals}); {@code bench.distribution},
 * {@code bench.classes} and {@code bench.directory} say where things are; each case has some of its own.
 */
public final class Bench {

    @FunctionalInterface
    private interface Case {
        /** @return a page of Markdown */
        String run(House house) throws IOException, InterruptedException;
    }

    private static final Map<String, Case> CASES = Map.of(
            "rivals", Rivals::run,
            "backlog", BacklogBench::run,
            "idle", IdleBench::run,
            "memory", MemoryBench::run,
            "ledger", LedgerBench::run);

    private Bench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        String name = System.getProperty("bench.case", "rivals");
        Case one = CASES.get(name);
        if (one == null) {
            throw new IllegalArgumentException("bench.case is none of " + CASES.keySet() + ": " + name);
        }
        // Always a new folder: ext4 is slow to reuse what was deleted minutes ago, and that would be measured.
        Path directory = Path.of(System.getProperty("bench.directory"))
                .resolve(name + "-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss")));
        Files.createDirectories(directory);
        String page = one.run(new House(
                Path.of(System.getProperty("bench.distribution")),
                Path.of(System.getProperty("bench.classes")),
                directory));
        Path file = directory.resolveSibling(directory.getFileName() + ".md");
        Files.writeString(file, page);
        System.out.println();
        System.out.println(page);
        System.out.println("Written to " + file);
    }
}
