// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is packaged, with a customer added to its configuration while it runs. */
class LiveIT {

    @Test
    void a_customer_added_to_a_running_service_is_archived(@TempDir Path temporary) throws InterruptedException {
        try (Scene scene = new Scene(temporary, "calls")) {
            List<Media> recordings = scene.recordedCalls(10);
            Company bolt = scene.lookalike.company("200300400");
            Media added = bolt.recording();
            bolt.call(scene.ago(Duration.ofDays(2))).recorded(added);
            scene.credentials("bolt", scene.lookalike.jwt(bolt));
            scene.settings.set("customer.acme.schedule", "0/2 * * * * ?");
            CountDownLatch first = new CountDownLatch(recordings.size());
            CountDownLatch all = new CountDownLatch(recordings.size() + 1);
            Set<String> asked = ConcurrentHashMap.newKeySet();
            scene.lookalike.onRequest(seen -> {
                if (seen.kind() == Seen.Kind.CONTENT && asked.add(seen.path())) {
                    first.countDown();
                    all.countDown();
                }
            });
            try (Running service = scene.start("run")) {
                assertThat(first.await(Distribution.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                scene.settings.customer("bolt", scene.lookalike.base(), "calls", "nas");
                scene.settings.set("customer.bolt.schedule", "0/2 * * * * ?");
                scene.callvault.configure(scene.settings);
                assertThat(all.await(Distribution.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .as("the new customer's recording is asked for")
                        .isTrue();
                service.terminate();
                Outcome outcome = service.outcome(Duration.ofSeconds(60));
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
                assertThat(outcome.said()).contains("is in force, for acme, bolt").doesNotContain("INTERNAL");
            }
            assertThat(scene.archive().exit()).isZero();
            Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
            Proof.storedExactlyOnce(scene.nas(), "bolt", List.of(added));
        }
    }
}
