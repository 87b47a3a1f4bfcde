// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.acceptance.RateGroups.Group;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program before a provider that counts: how it uses a budget, and how it keeps still. */
class GateIT {

    private static final Duration WINDOW = Duration.ofSeconds(2);

    /** 600 for the measurement that CONTRIBUTING names; 0 for few recordings and a bound that a busy machine keeps. */
    private static final int MEASURED = Integer.getInteger("callvault.gate.recordings", 0);

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
    }

    @AfterEach
    void close() {
        assertThat(scene.lookalike.violations()).isEmpty();
        assertThat(scene.lookalike.groups().intoPenalty()).as("requests into a penalty").isZero();
        scene.close();
    }

    @ParameterizedTest(name = "{0} requests in two seconds, {1} recordings")
    @CsvSource({"10, 120", "40, 400", "50, 500"})
    void the_budget_that_headers_teach_is_used_up_and_not_overdrawn(int limit, int recordings) {
        limit(limit);
        archiveAll(recordings);
        assertThat(scene.lookalike.groups().refused()).isZero();
        assertUsedUp(limit, 1.05);
    }

    @Test
    void the_budget_that_is_configured_is_used_up_when_no_header_says_anything() {
        limit(40);
        scene.lookalike.switches().rateHeadersEvery(0);
        scene.settings.set("gate.ringcentral.heavy.limit", "40").set("gate.ringcentral.heavy.window", "2s");
        archiveAll(400);
        assertThat(scene.lookalike.groups().refused()).isZero();
        assertUsedUp(40, 1.10);
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_next_process_does_not_burst_into_the_window_that_a_killed_one_filled(boolean hasHeaders) throws Exception {
        stopAndGoOn(hasHeaders, Running::kill);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_next_process_does_not_burst_into_the_window_that_a_stopped_one_filled(boolean hasHeaders) throws Exception {
        stopAndGoOn(hasHeaders, running -> {
            running.terminate();
            running.outcome(Distribution.LIMIT);
        });
    }

    private interface Stop {
        void stop(Running running);
    }

    private void stopAndGoOn(boolean hasHeaders, Stop how) throws InterruptedException {
        // So long that the next process has started before the window is over.
        scene.lookalike.groups().limit(Group.HEAVY, 10, Duration.ofSeconds(20), Duration.ofSeconds(20));
        if (!hasHeaders) {
            scene.lookalike.switches().rateHeadersEvery(0);
            scene.settings.set("gate.ringcentral.heavy.limit", "10").set("gate.ringcentral.heavy.window", "20s");
        }
        List<Media> recordings = scene.recordedCalls(18);
        CountDownLatch some = new CountDownLatch(5);
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.CONTENT) {
                some.countDown();
            }
        });
        try (Running first = scene.start("archive")) {
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            how.stop(first);
        }
        Outcome second = scene.archive();
        assertThat(second.exit()).as(second.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        assertThat(scene.lookalike.groups().refused()).isZero();
    }

    private void limit(int requests) {
        scene.lookalike.groups().limit(Group.HEAVY, requests, WINDOW, WINDOW);
    }

    private void archiveAll(int count) {
        List<Media> recordings = scene.recordedCalls(MEASURED > 0 ? MEASURED : count);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    /**
     * By the server's own count: from the first request to the last, against as many whole windows as it takes at least.
     * Where it is not measured, a few windows more are allowed: a busy machine needs some to begin.
     */
    private void assertUsedUp(int limit, double most) {
        List<Instant> accepted = scene.lookalike.groups().accepted(Group.HEAVY);
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
