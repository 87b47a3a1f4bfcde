// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killed again and again at random moments: while it starts, before an answer, in the middle of one, after one.
 *
 * <p>{@code -Dcallvault.kills=200} for a longer siege, {@code -Dcallvault.seed=7} for other moments.
 */
class KillIT {

    private static final int RECORDINGS = 300;

    private final int kills = Integer.getInteger("callvault.kills", 20);
    private final Random random = new Random(Integer.getInteger("callvault.seed", 1));

    @Test
    void nothing_is_lost_or_doubled_and_no_stored_item_is_asked_for_again(@TempDir Path temporary) throws Exception {
        try (Scene scene = new Scene(temporary, "calls")) {
            List<Media> recordings = scene.recordedCalls(RECORDINGS);
            Map<Media, Integer> askedWhenStored = new HashMap<>();
            int killed = 0;
            for (int i = 0; i < kills; i++) {
                int before = scene.lookalike.requests();
                killed += archiveAndKill(scene, i) ? 1 : 0;
                assertNoItemAskedTwice(scene, before);
                Set<String> sums = scene.nas().objects("acme").stream()
                        .map(Target.Stored::sha256)
                        .collect(Collectors.toSet());
                recordings.stream()
                        .filter(media -> sums.contains(media.sha256()))
                        .forEach(media ->
                                askedWhenStored.putIfAbsent(media, scene.lookalike.contentRequests(media)));
            }
            scene.lookalike.onRequest(seen -> {});
            assertThat(killed).as("runs that were killed, not done before").isGreaterThan(kills / 3);

            int before = scene.lookalike.requests();
            Outcome last = scene.archive();
            assertThat(last.exit()).as(last.toString()).isZero();
            assertNoItemAskedTwice(scene, before);
            Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
            Proof.journalMatchesObjects(scene.nas(), "acme");
            Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
            Proof.noLeftOvers(scene.callvault.folder());
            Proof.goodManners(scene.lookalike);
            askedWhenStored.forEach((media, asked) -> assertThat(scene.lookalike.contentRequests(media))
                    .as("requests for " + media + ", which lay in the target already")
                    .isEqualTo(asked));

            Map<String, String> snapshot = scene.nas().snapshot();
            assertThat(scene.archive().exit()).isZero();
            assertThat(scene.nas().snapshot()).isEqualTo(snapshot);
        }
    }

    /** Whether it was killed; else it was done before its moment came. */
    private boolean archiveAndKill(Scene scene, int turn) throws InterruptedException {
        // By one of the first requests, by a download, or by the clock if that comes first. The downloads that these
        // moments wait for are, in all the runs together, four fifths of what there is.
        boolean byAnyRequest = turn % 5 == 1;
        boolean byClock = turn % 5 == 3;
        int countdown = 1 + random.nextInt(byAnyRequest ? 6 : Math.max(2, 2 * RECORDINGS * 4 / 5 / kills));
        Duration patience = byClock ? Duration.ofMillis(random.nextInt(1500)) : Distribution.LIMIT;
        Duration more = Duration.ofMillis(random.nextInt(30));
        boolean unanswered = random.nextInt(3) == 0;
        AtomicInteger left = new AtomicInteger(countdown);
        CountDownLatch moment = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        scene.lookalike.onRequest(seen -> {
            if ((byAnyRequest || seen.kind() == Seen.Kind.CONTENT) && left.decrementAndGet() <= 0) {
                moment.countDown();
                if (unanswered) {
                    TwoAtOnceIT.await(over);
                }
            }
        });
        try (Running run = scene.start("archive")) {
            long end = System.nanoTime() + patience.toNanos();
            while (!moment.await(50, TimeUnit.MILLISECONDS) && run.isAlive() && System.nanoTime() < end) {
                // Neither its moment nor its end has come.
            }
            if (run.ends(more)) {
                Outcome outcome = run.outcome(Distribution.LIMIT);
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
                return false;
            }
            run.kill();
            return true;
        } finally {
            over.countDown();
        }
    }

    private static void assertNoItemAskedTwice(Scene scene, int before) {
        Map<String, Long> asked = scene.lookalike.logSince(before).stream()
                .filter(seen -> seen.kind() == Seen.Kind.CONTENT)
                .collect(Collectors.groupingBy(Seen::path, Collectors.counting()));
        assertThat(asked.values()).as("requests for one item in one run").allMatch(count -> count == 1);
    }
}
