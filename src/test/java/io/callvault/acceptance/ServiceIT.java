// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service's first run of a day, which lists twice: what is new, and a part of the whole again; and what it shows
 * meanwhile at its port.
 */
class ServiceIT {

    /** How many lists are held back, each for longer than it takes another walk to ask; the first goes alone in any case. */
    private static final int HELD = 5;

    @Test
    void what_a_run_lists_twice_it_lists_one_after_the_other(@TempDir Path temporary) throws InterruptedException {
        try (Scene scene = new Scene(temporary, "calls")) {
            List<Media> recordings = scene.recordedCalls(20);
            scene.settings.set("customer.acme.schedule", "0/2 * * * * ?");
            Window window = new Window();
            scene.settings.set("callvault.console.port", String.valueOf(window.port()));
            AtomicInteger lists = new AtomicInteger();
            AtomicInteger fetched = new AtomicInteger();
            AtomicBoolean hasOverlapped = new AtomicBoolean();
            Semaphore asked = new Semaphore(0);
            CountDownLatch enough = new CountDownLatch(1);
            scene.lookalike.onRequest(seen -> {
                if (seen.kind() == Seen.Kind.CONTENT) {
                    fetched.incrementAndGet();
                } else if (seen.kind() == Seen.Kind.LIST) {
                    asked.release();
                    if (lists.incrementAndGet() <= HELD && hasTwo(asked)) {
                        hasOverlapped.set(true);
                    }
                    asked.tryAcquire();
                }
                if (fetched.get() >= recordings.size() && lists.get() > HELD) {
                    enough.countDown();
                }
            });
            try (Running service = scene.start("run")) {
                assertThat(enough.await(Distribution.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .as("listed twice and fetched")
                        .isTrue();
                window.assertShows("acme");
                service.terminate();
                Outcome outcome = service.outcome(Duration.ofSeconds(60));
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
                assertThat(outcome.said()).doesNotContain("INTERNAL");
            }
            assertThat(hasOverlapped).as("a list was asked for while another was").isFalse();
            assertThat(scene.archive().exit()).isZero();
            Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        }
    }

    /** Whether another list is asked for while one is. */
    private static boolean hasTwo(Semaphore asked) {
        try {
            boolean hasTwo = asked.tryAcquire(2, 1, TimeUnit.SECONDS);
            asked.release(hasTwo ? 2 : 0);
            return hasTwo;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
