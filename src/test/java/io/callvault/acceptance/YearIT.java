// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first run of a large company: a year of calls, listed in bounded memory, killed half way. At full size:
 *
 * <pre>mvn -B verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=YearIT -Dcallvault.year.calls=3600000</pre>
 */
class YearIT {

    private static final long CALLS = Long.getLong("callvault.year.calls", 60_000);

    /** The published cap, and fewer for a small year, so that it has some hundred pages too. */
    private static final int PER_PAGE = (int) Math.max(20, Math.min(1000, CALLS / 500));

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration LOOK_BACK = Duration.ofHours(36);
    private static final Duration LIMIT = Duration.ofSeconds(120 + CALLS / 500);

    @TempDir
    Path temporary;

    private long peakKilobytes;

    @Test
    void a_year_of_calls_is_listed_in_256_megabytes_and_goes_on_after_a_kill_where_it_was() throws Exception {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(YEAR).plusSeconds(3600);
        try (YearServer server = new YearServer(CALLS, PER_PAGE, first, YEAR.minusHours(2))) {
            Distribution callvault = installed(server);
            AtomicInteger pages = new AtomicInteger();
            CountDownLatch half = new CountDownLatch(1);
            server.onPage(() -> {
                if (pages.incrementAndGet() * (long) PER_PAGE >= CALLS / 2) {
                    half.countDown();
                }
            });
            long began = System.nanoTime();
            try (Running run = callvault.start("archive")) {
                assertThat(half.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("half of the year in time").isTrue();
                peak(run.pid());
                run.kill();
            }
            server.onPage(() -> {});
            int before = server.asked().size();
            Set<String> closed = closedWindows();
            Instant listedUntil = Instant.parse(text("SELECT listed_until FROM listed"));
            assertThat(closed).hasSizeGreaterThan(10);

            long resumed = System.nanoTime();
            try (Running run = callvault.start("archive")) {
                while (!run.ends(Duration.ofMillis(200))) {
                    peak(run.pid());
                    assertThat(System.nanoTime() - resumed).as("time").isLessThan(LIMIT.toNanos());
                }
                Outcome outcome = run.outcome(LIMIT);
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
                assertThat(outcome.said()).doesNotContain("OutOfMemory");
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf(
                    Locale.ROOT,
                    "year: %,d calls, %,d pages, %d s, %,d calls a second, %,d kB at most resident, ledger %,d bytes%n",
                    CALLS,
                    server.asked().size(),
                    took.toSeconds(),
                    CALLS / Math.max(1, took.toSeconds()),
                    peakKilobytes,
                    Files.size(callvault.folder().resolve("data/ledger.db")));

            assertNothingClosedIsListedAgain(server, before, closed, listedUntil);
            assertThat(server.others())
                    .as("asked for besides lists and how long recordings are kept")
                    .allMatch(asked -> asked.endsWith("/call-recording"));
            assertThat(text("SELECT COUNT(*) FROM record")).isEqualTo(Long.toString(CALLS));
            assertThat(text("SELECT COUNT(*) FROM revision")).isEqualTo(Long.toString(CALLS));
            assertThat(text("SELECT COUNT(*) FROM event WHERE event = 'record'")).isEqualTo(Long.toString(CALLS));
            assertThat(text("SELECT COUNT(*) FROM item WHERE state = 'excluded'"))
                    .isEqualTo(Long.toString((CALLS + 99) / 100));
            assertThat(text("SELECT COUNT(*) FROM listing_window WHERE closed_at IS NULL")).isEqualTo("0");
        }
    }

    /** Only what the look-back lists again in any case, and what had not been closed. */
    private static void assertNothingClosedIsListedAgain(
            YearServer server, int before, Set<String> closed, Instant listedUntil) {
        List<YearServer.Asked> later = server.asked().stream().skip(before).toList();
        assertThat(later).isNotEmpty().allSatisfy(asked -> {
            assertThat(closed).doesNotContain(asked.from() + " " + asked.to());
            assertThat(asked.from()).isAfterOrEqualTo(listedUntil.minus(LOOK_BACK));
        });
    }

    private Distribution installed(YearServer server) {
        Settings settings = new Settings();
        settings.customer("acme", server.base(), "calls", "nas").fileTarget("nas");
        settings.set("customer.acme.since", "365d").set("customer.acme.exclude", "direction:inbound");
        settings.set("customer.acme.look-back", LOOK_BACK.toHours() + "h");
        return new Distribution(temporary)
                .configure(settings)
                .environment("JAVA_OPTS", "-Xmx256m -Duser.timezone=Pacific/Chatham")
                .environment("ACME_CLIENT_ID", "client")
                .environment("ACME_CLIENT_SECRET", "secret-of-the-year")
                .environment("ACME_JWT", "jwt-of-the-year");
    }

    private void peak(long pid) throws IOException {
        try {
            Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .forEach(kilobytes -> peakKilobytes = Math.max(peakKilobytes, kilobytes));
        } catch (java.nio.file.NoSuchFileException e) {
            // It has just ended.
        }
    }

    private Set<String> closedWindows() throws SQLException {
        try (Connection connection = ledger();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT from_at, to_at FROM listing_window WHERE closed_at IS NOT NULL")) {
            Set<String> windows = new java.util.HashSet<>();
            while (rows.next()) {
                windows.add(Instant.parse(rows.getString(1)) + " " + Instant.parse(rows.getString(2)));
            }
            return windows.stream().collect(Collectors.toUnmodifiableSet());
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = ledger();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection ledger() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("work/data/ledger.db"));
    }
}
