// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process works at a time on one ledger. */
class TwoAtOnceIT {

    @Test
    void a_second_archive_says_who_works_and_leaves_the_first_alone(@TempDir Path temporary) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Scene scene = new Scene(temporary, "calls")) {
            List<Media> recordings = scene.recordedCalls(12);
            scene.lookalike.onRequest(seen -> {
                if (seen.kind() == Seen.Kind.CONTENT) {
                    reached.countDown();
                    await(release);
                }
            });
            try (Running first = scene.start("archive")) {
                assertThat(reached.await(60, TimeUnit.SECONDS))
                        .as("the first downloads")
                        .isTrue();
                long grants = grants(scene);
                Outcome second = scene.archive();
                assertThat(second.exit()).as(second.toString()).isEqualTo(5);
                assertThat(second.said()).contains(Long.toString(first.pid()));
                assertThat(grants(scene)).as("the second asks for no token").isEqualTo(grants);
                assertThat(first.isAlive()).isTrue();

                Outcome status = scene.run("status", "--json");
                assertThat(status.exit()).as(status.toString()).isIn(0, 3);
                JsonNode items = status.json().path("customers").path(0).path("items");
                assertThat(items.path("pending").asInt()).isPositive();

                release.countDown();
                Outcome outcome = first.outcome(Distribution.LIMIT);
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
            } finally {
                release.countDown();
            }
            Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
            Proof.journalMatchesObjects(scene.nas(), "acme");
            assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
            assertThat(scene.archive().exit()).as("the lock is gone with its process").isZero();
        }
    }

    private static long grants(Scene scene) {
        return scene.lookalike.log().stream()
                .filter(seen -> seen.kind() == Seen.Kind.TOKEN)
                .count();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released this request");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
