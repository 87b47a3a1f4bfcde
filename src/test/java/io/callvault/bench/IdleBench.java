// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What the service costs when there is nothing to do: every customer, each of its own account at a server of its own, was
 * listed and stored before, and no schedule has its time.
 */
final class IdleBench {

    private static final int SETTLE_SECONDS = 30;

    /** Two calls with a recording each, and two messages, for each customer. */
    private static final SandboxOptions COMPANY = SandboxOptions.demo().withVolume(2, 2, 2);

    /**
     * @param ready seconds until it said that it runs
     * @param cpu seconds a minute
     * @param stop seconds from SIGTERM to its end
     */
    private record Idle(Cost archive, double ready, double cpu, long threads, double peakMegabytes, double stop) {}

    private IdleBench() {}

    static String run(House house) throws IOException, InterruptedException {
        int customers = Integer.getInteger("bench.customers", 1_000);
        int seconds = Integer.getInteger("bench.seconds", 120);
        Idle one = measure(house, 1, seconds);
        Idle many = measure(house, customers, seconds);
        BenchTable table = new BenchTable("| | 1 customer | " + customers + " customers | ratio |");
        table.compared("CPU s a minute, idle", one.cpu, many.cpu);
        table.compared("threads", one.threads, many.threads);
        table.compared("peak MB of the service", one.peakMegabytes, many.peakMegabytes);
        table.compared("s from the start until it runs", one.ready, many.ready);
        table.compared("s to stop it", one.stop, many.stop);
        table.compared("s for the archive pass before", one.archive.wall(), many.archive.wall());
        table.compared("peak MB of that pass", one.archive.peakMegabytes(), many.archive.peakMegabytes());
        return table.page("The service with nothing to do, over " + seconds + " s, " + SETTLE_SECONDS
                + " s after it said that it runs");
    }

    private static Idle measure(House house, int customers, int seconds) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(house.directory().resolve("customers-" + customers));
        List<Sandbox> companies = new ArrayList<>();
        try {
            StringBuilder settings = new StringBuilder(House.DISK);
            for (int i = 1; i <= customers; i++) {
                Sandbox company = Sandbox.start(COMPANY.withSeed(i), Clock.systemUTC());
                companies.add(company);
                String id = String.format("company-%04d", i);
                settings.append(House.customer(id, company.server()));
                settings.append("customer.").append(id).append(".schedule = 0 0 3 1 1 ?\n");
            }
            settings.append("callvault.console.port = ").append(freePort()).append('\n');
            Files.writeString(folder.resolve("application.properties"), settings);
            Cost archive = new Stopwatch(ProcessHandle.current()).run(folder, house.callvault("archive"));
            System.out.println(BenchTable.line(customers + " customers, archive", archive, 2 * customers));
            Idle idle = idle(archive, folder, house.callvault("run"), seconds);
            System.out.println(customers + " customers: " + idle);
            return idle;
        } finally {
            companies.forEach(Sandbox::close);
        }
    }

    private static Idle idle(Cost archive, Path folder, List<String> command, int seconds)
            throws IOException, InterruptedException {
        try (Program service = new Program(folder, command)) {
            double ready = service.until(() -> service.hasSaid("console at"));
            service.rest(SETTLE_SECONDS);
            double before = Proc.cpu(service.pid());
            service.rest(seconds);
            double cpu = Proc.cpu(service.pid()) - before;
            long threads = Proc.threads(service.pid());
            double peak = Proc.peakMegabytes(service.pid());
            return new Idle(archive, ready, cpu * 60 / seconds, threads, peak, service.stop());
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
