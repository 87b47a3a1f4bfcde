// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal while a run goes on. */
class JournalIT {

    private static final int CUT = 10_000;

    @Test
    void ten_thousand_events_are_published_long_before_the_run_ends(@TempDir Path temporary) {
        CountDownLatch release = new CountDownLatch(1);
        try (Scene scene = new Scene(temporary, "calls")) {
            List<Media> recordings = scene.recordedCalls(3);
            for (int i = 0; i < CUT; i++) {
                scene.acme.call(scene.ago(Duration.ofDays(1).plusSeconds(i * 200L)));
            }
            scene.lookalike.onRequest(seen -> {
                if (seen.kind() == Seen.Kind.CONTENT) {
                    TwoAtOnceIT.await(release);
                }
            });
            try (Running run = scene.start("archive")) {
                while (objects(scene) == 0 && run.isAlive()) {
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
                assertThat(run.isAlive()).as("it still downloads").isTrue();
                assertThat(objects(scene)).isEqualTo(1);
                release.countDown();
                Outcome outcome = run.outcome(Distribution.LIMIT);
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
            } finally {
                release.countDown();
            }
            assertThat(objects(scene)).as("what is left, at the end").isEqualTo(2);
            Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
            Proof.journalMatchesObjects(scene.nas(), "acme");
        }
    }

    private static int objects(Scene scene) {
        return scene.nas().journal("acme").headers().size();
    }
}
