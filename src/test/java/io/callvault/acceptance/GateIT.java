// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.acceptance.RateGroups.Group;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program before a provider that counts: how it uses a budget, and how it keeps still. Mostly it waits. */
@Execution(ExecutionMode.CONCURRENT)
class GateIT {

    private static final Duration WINDOW = Duration.ofSeconds(2);

    /** 600 for the measurement that CONTRIBUTING names; 0 for few recordings and a bound that a busy machine keeps. */
    private static final int MEASURED = Integer.getInteger("callvault.gate.recordings", 0);

    @TempDir
    Path temporary;

    private Scene scene;
    private final List<Lookalike> others = new ArrayList<>();

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
    }

    @AfterEach
    void close() {
        others.add(scene.lookalike);
        for (Lookalike each : others) {
            assertThat(each.violations()).isEmpty();
            assertThat(each.groups().intoPenalty()).as("requests into a penalty").isZero();
            each.close();
        }
    }

    /** In one pass, each before a provider of its own: three budgets that are taught, one that is configured. */
    @Test
    void each_budget_is_used_up_and_none_is_overdrawn() {
        scene.settings.set("gate.ringcentral.heavy.limit", "40").set("gate.ringcentral.heavy.window", "2s");
        limit(10);
        List<Provider> providers = List.of(
                provided("acme", scene.lookalike, scene.acme, 10, 120),
                provider("forty", 40, 400),
                provider("fifty", 50, 500),
                provider("silent", 40, 400));
        providers.get(3).lookalike().switches().rateHeadersEvery(0);
        archive();
        for (Provider each : providers) {
            Proof.storedExactlyOnce(scene.nas(), each.customer(), each.recordings());
            assertThat(each.lookalike().groups().refused()).as(each.customer()).isZero();
            assertUsedUp(each.lookalike(), each.limit(), each.customer().equals("silent") ? 1.10 : 1.05);
        }
    }

    @Test
    void a_share_is_left_to_others_of_what_headers_teach() {
        limit(50);
        scene.settings.set("gate.ringcentral.heavy.share", "80%");
        archiveAll(150);
        List<Instant> accepted = scene.lookalike.groups().accepted(Group.HEAVY);
        // Place k and place k + 40 are never in one window.
        for (int i = 0; i + 40 < accepted.size(); i++) {
            assertThat(Duration.between(accepted.get(i), accepted.get(i + 40))).isGreaterThanOrEqualTo(WINDOW);
        }
        assertThat(accepted.get(accepted.size() / 2)).as("more than the ten configured in a window").satisfies(middle ->
                assertThat(accepted.stream()
                                .filter(each -> !each.isBefore(middle) && each.isBefore(middle.plus(WINDOW))))
                        .hasSizeGreaterThan(10));
    }

    @Test
    void a_limit_that_falls_in_the_middle_is_kept_after_one_silence() {
        limit(40);
        AtomicInteger asked = new AtomicInteger();
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.CONTENT && asked.incrementAndGet() == 60) {
                limit(5);
            }
        });
        archiveAll(100);
        assertThat(scene.lookalike.groups().refused()).as("no more than were on the way at once").isBetween(1, 40);
        assertThat(scene.status().path("gates").toString()).contains("\"group\":\"heavy\",\"limit\":5,");
    }

    @Test
    void busy_for_three_seconds_means_three_seconds() {
        scene.lookalike.switches().busy(3);
        archiveAll(5);
        List<Instant> accepted = scene.lookalike.groups().accepted(Group.HEAVY);
        assertThat(Duration.between(accepted.get(0), accepted.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void the_next_process_does_not_burst_into_the_window_that_a_killed_one_filled() throws Exception {
        stopAndGoOn(Running::kill);
    }

    @Test
    void the_next_process_does_not_burst_into_the_window_that_a_stopped_one_filled() throws Exception {
        stopAndGoOn(running -> {
            running.terminate();
            running.outcome(Distribution.LIMIT);
        });
    }

    private interface Stop {
        void stop(Running running);
    }

    /** Once with a budget that is taught, and less than what is configured; once with one that no header tells of. */
    private void stopAndGoOn(Stop how) throws InterruptedException {
        // So long that the next process has started before the window is over.
        Duration window = Duration.ofSeconds(20);
        scene.settings.set("gate.ringcentral.heavy.limit", "10").set("gate.ringcentral.heavy.window", "20s");
        Lookalike silent = another();
        Company quiet = scene.customer("silent", silent, "calls");
        silent.switches().rateHeadersEvery(0);
        silent.groups().limit(Group.HEAVY, 10, window, window);
        scene.lookalike.groups().limit(Group.HEAVY, 9, window, window);
        // In the two windows together there is room for all of it, in one of them there is not.
        List<Media> recordings = scene.recordedCalls(14);
        List<Media> untold = scene.recordedCalls(quiet, 14);
        CountDownLatch some = new CountDownLatch(10);
        for (Lookalike each : List.of(scene.lookalike, silent)) {
            AtomicInteger five = new AtomicInteger(5);
            each.onRequest(seen -> {
                if (seen.kind() == Seen.Kind.CONTENT && five.getAndDecrement() > 0) {
                    some.countDown();
                }
            });
        }
        try (Running first = scene.start("archive")) {
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            how.stop(first);
        }
        archive();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        Proof.storedExactlyOnce(scene.nas(), "silent", untold);
        assertThat(scene.lookalike.groups().refused()).as("taught").isZero();
        assertThat(silent.groups().refused()).as("not taught").isZero();
    }

    /** A customer before a provider of its own. */
    private record Provider(String customer, Lookalike lookalike, int limit, List<Media> recordings) {}

    private Provider provider(String customer, int limit, int recordings) {
        Lookalike lookalike = another();
        lookalike.groups().limit(Group.HEAVY, limit, WINDOW, WINDOW);
        return provided(customer, lookalike, scene.customer(customer, lookalike, "calls"), limit, recordings);
    }

    private Provider provided(String customer, Lookalike lookalike, Company company, int limit, int recordings) {
        return new Provider(
                customer, lookalike, limit, scene.recordedCalls(company, MEASURED > 0 ? MEASURED : recordings));
    }

    private Lookalike another() {
        Lookalike lookalike = new Lookalike();
        others.add(lookalike);
        return lookalike;
    }

    private void limit(int requests) {
        scene.lookalike.groups().limit(Group.HEAVY, requests, WINDOW, WINDOW);
    }

    private void archiveAll(int count) {
        List<Media> recordings = scene.recordedCalls(count);
        archive();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    private void archive() {
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    /**
     * By the server's own count: from the first request to the last, against as many whole windows as it takes at least.
     * Where it is not measured, a few windows more are allowed: a busy machine needs some to begin.
     */
    private static void assertUsedUp(Lookalike lookalike, int limit, double most) {
        List<Instant> accepted = lookalike.groups().accepted(Group.HEAVY);
        long least = (accepted.size() + limit - 1) / limit;
        Duration took = Duration.between(accepted.get(0), accepted.get(accepted.size() - 1));
        double windows = (double) took.toNanos() / WINDOW.toNanos();
        System.out.printf(
                Locale.ROOT,
                "gate: %d requests at %d in %d s took %.2f windows, at least %d follow the first: %.3f of it%n",
                accepted.size(),
                limit,
                WINDOW.toSeconds(),
                windows,
                least - 1,
                windows / (least - 1));
        assertThat(windows).as("windows").isBetween(least - 1.0, MEASURED > 0 ? (least - 1) * most : least + least / 4 + 4.0);
    }
}
