// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.acceptance.Distribution;
import io.callvault.acceptance.Outcome;
import io.callvault.acceptance.Proof;
import io.callvault.acceptance.Running;
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

/** Killed in the middle: among the lists, before an answer, after one. {@code -Dcallvault.kazoo.kills=20} for more. */
class KazooKillIT {

    private static final int DAYS = 15;

    private final int kills = Integer.getInteger("callvault.kazoo.kills", 3);
    private final Random random = new Random(Integer.getInteger("callvault.seed", 1));

    @Test
    void nothing_is_lost_or_doubled_and_no_stored_item_is_asked_for_again(@TempDir Path temporary) throws Exception {
        try (KazooScene scene = new KazooScene(temporary)) {
            Account acme = scene.kazoo.account("Acme");
            acme.switches().mostRows(9);
            scene.customer("acme", acme, KazooScene.ALL);
            String box = acme.box("1000");
            for (int i = 0; i < DAYS; i++) {
                acme.recording(scene.ago(Duration.ofHours(30 + 24L * i)));
                acme.cdr(scene.ago(Duration.ofHours(30 + 24L * i)));
                acme.voicemail(box, scene.ago(Duration.ofHours(31 + 24L * i)));
                acme.fax(i % 2 == 0 ? "inbox" : "outbox", scene.ago(Duration.ofHours(32 + 24L * i)));
            }
            List<Row> items =
                    acme.rows().stream().filter(row -> row.blob() != null).toList();
            Map<Row, Integer> askedWhenStored = new HashMap<>();
            for (int i = 0; i < kills; i++) {
                int before = scene.kazoo.requests();
                // The first time by a list, then by a binary; in all, of fewer than half of what there is.
                boolean byList = i == 0;
                killAt(
                        scene,
                        byList ? Asked.Kind.LIST : Asked.Kind.CONTENT,
                        byList ? 3 : 2 + random.nextInt(items.size() / 2 / kills));
                assertNoItemAskedTwice(scene, before);
                Set<String> sums = Proofs.sums(scene.nas(), "acme");
                items.stream()
                        .filter(row -> sums.contains(row.blob().sha256()))
                        .forEach(row -> askedWhenStored.putIfAbsent(row, scene.kazoo.contentRequests(row)));
            }
            scene.kazoo.onRequest(asked -> {});
            int before = scene.kazoo.requests();
            Outcome last = scene.archive();
            assertThat(last.exit()).as(last.toString()).isZero();
            assertNoItemAskedTwice(scene, before);
            Proofs.storedExactlyOnce(scene.nas(), "acme", items);
            for (Feed feed : Feed.values()) {
                Proofs.journalHolds(scene.nas(), "acme", feed, acme.rows(feed));
            }
            Proof.noLeftOvers(scene.callvault.folder());
            Proofs.goodManners(scene.kazoo);
            Proofs.noHammering(scene.kazoo, acme, 2);
            askedWhenStored.forEach((row, asked) -> assertThat(scene.kazoo.contentRequests(row))
                    .as("requests for " + row + ", which lay in the target already")
                    .isEqualTo(asked));
            Proofs.secretsAreNowhere(scene);
        }
    }

    private void killAt(KazooScene scene, Asked.Kind kind, int countdown) throws InterruptedException {
        boolean unanswered = random.nextBoolean();
        AtomicInteger left = new AtomicInteger(countdown);
        CountDownLatch moment = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        scene.kazoo.onRequest(asked -> {
            if (asked.kind() == kind && left.decrementAndGet() <= 0) {
                moment.countDown();
                if (unanswered) {
                    await(over);
                }
            }
        });
        try (Running run = scene.start("archive")) {
            assertThat(moment.await(Distribution.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("its moment comes")
                    .isTrue();
            run.kill();
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await(Distribution.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertNoItemAskedTwice(KazooScene scene, int before) {
        Map<String, Long> asked = scene.kazoo.logSince(before).stream()
                .filter(each -> each.kind() == Asked.Kind.CONTENT)
                .collect(Collectors.groupingBy(Asked::path, Collectors.counting()));
        assertThat(asked.values()).as("requests for one item in one run").allMatch(count -> count == 1);
    }
}
