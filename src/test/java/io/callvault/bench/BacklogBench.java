// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How a very long list of due items slows the program down, and what memory it takes, against a short one. */
final class BacklogBench {

    private static final String HEAP = "256m";
    private static final int LOOKS = 5;
    private static final int EARLY_SECONDS = 15;

    /** Content is fetched from a few recordings again and again: what is at stake is the ledger. */
    private static final SandboxOptions COMPANY = SandboxOptions.bulk(500, 10_000);

    /**
     * @param claims milliseconds: the first, the median, the median after a tenth was stored
     * @param begin seconds until the first content request
     * @param rate content requests a second in the first seconds after it
     */
    private record Backlog(
            long ledgerBytes, Cost fill, double status, double statusLater, double[] claims, double begin, double rate, double stop,
            double statusPeak, double runPeak) {}

    private BacklogBench() {}

    static String run(House house) throws IOException, InterruptedException {
        int few = Integer.getInteger("bench.few", 20_000);
        int many = Integer.getInteger("bench.items", 1_000_000);
        int seconds = Integer.getInteger("bench.seconds", 60);
        Backlog small = measure(house, few, seconds);
        Backlog large = measure(house, many, seconds);
        BenchTable table = new BenchTable("| | " + few + " due | " + many + " due | ratio |");
        table.compared("callvault status, s", small.status, large.status);
        table.compared("the same when a tenth is stored, s", small.statusLater, large.statusLater);
        table.compared("first claim of 64 after opening, ms", small.claims[0], large.claims[0]);
        table.compared("claim of 64, median, ms", small.claims[1], large.claims[1]);
        table.compared("the same when a tenth is stored, ms", small.claims[2], large.claims[2]);
        table.compared("callvault run, s to its first content request", small.begin, large.begin);
        table.compared("content requests a second in its first " + EARLY_SECONDS + " s", small.rate, large.rate);
        table.compared("peak MB of callvault run, " + seconds + " s later", small.runPeak, large.runPeak);
        table.compared("s to stop it, its journal published", small.stop, large.stop);
        table.compared("peak MB of callvault status", small.statusPeak, large.statusPeak);
        table.compared("peak MB of listing them", small.fill.peakMegabytes(), large.fill.peakMegabytes());
        table.compared("ledger, MB", small.ledgerBytes / 1e6, large.ledgerBytes / 1e6);
        return table.page("Items due, with a heap of " + HEAP);
    }

    private static Backlog measure(House house, int items, int seconds) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(house.directory().resolve("due-" + items));
        Path ledger = Files.createDirectory(folder.resolve("data")).resolve("ledger.db");
        String url = "jdbc:sqlite:" + ledger;
        String count = Integer.toString(items);
        Stopwatch stopwatch = new Stopwatch(ProcessHandle.current());
        try (Sandbox company = Sandbox.start(COMPANY, Clock.systemUTC())) {
            Path content = folder.resolve("content.txt");
            Files.write(
                    content,
                    company.truth().recordings().stream()
                            .map(id -> Origin.content(company.server(), id).toString())
                            .toList());
            Files.writeString(
                    folder.resolve("application.properties"),
                    House.settings(company.server(), House.DISK) + "customer.bench.schedule = 0 0 3 1 1 ?\n"
                            + "callvault.console.port = " + IdleBench.freePort() + "\n");
            Cost fill = stopwatch.run(
                    folder, house.java(HEAP, BacklogLedger.class, "fill", url, count, content.toString()));
            long bytes = Files.size(ledger);
            System.out.println(BenchTable.line(items + " items listed", fill, items));
            List<Cost> looks = looks(house, stopwatch, folder);
            stopwatch.run(folder, house.java(HEAP, BacklogLedger.class, "claim", url, count));
            double[] claims = claims(Files.readAllLines(folder.resolve("output.txt")));
            List<Cost> later = looks(house, stopwatch, folder);
            try (Program service = new Program(folder, house.callvault("run"))) {
                double begin = service.until(() -> company.requests().contentRequests() > 0);
                int before = company.requests().contentRequests();
                service.rest(EARLY_SECONDS);
                double rate = (company.requests().contentRequests() - before) / (double) EARLY_SECONDS;
                service.rest(seconds);
                double peak = Proc.peakMegabytes(service.pid());
                Backlog backlog = new Backlog(
                        bytes, fill, BenchTable.median(looks, Cost::wall), BenchTable.median(later, Cost::wall), claims,
                        begin, rate, service.stop(), BenchTable.median(looks, Cost::peakMegabytes), peak);
                System.out.println(items + " due: " + backlog + ", claims " + Arrays.toString(claims));
                return backlog;
            }
        } finally {
            Stored.empty(Stored.media(folder));
        }
    }

    private static List<Cost> looks(House house, Stopwatch stopwatch, Path folder)
            throws IOException, InterruptedException {
        List<Cost> looks = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            looks.add(stopwatch.run(folder, house.callvault("status")));
        }
        return looks;
    }

    private static double[] claims(List<String> output) {
        String line = output.stream().filter(each -> each.startsWith("claims ")).findFirst().orElseThrow();
        return Arrays.stream(line.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
    }
}
