// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.store.s3.S3Server;
import io.callvault.store.s3.StoppableS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket whose server is stopped in the middle of the work, beside a directory that works. */
class TargetOutageIT {

    private static final int CALLS = 240;

    @TempDir
    Path temporary;

    private StoppableS3 s3;
    private String bucket;
    private Scene scene;
    private List<Media> recordings;
    private final AtomicInteger fetched = new AtomicInteger();

    @BeforeEach
    void open() throws IOException {
        s3 = new StoppableS3(Files.createDirectory(temporary.resolve("s3")));
        bucket = s3.server().bucket();
        scene = new Scene(temporary, "calls");
        recordings = scene.recordedCalls(CALLS);
        scene.settings
                .set("customer.acme.targets", "nas, vault")
                .set("target.vault.kind", "s3")
                .set("target.vault.bucket", bucket)
                .set("target.vault.endpoint", s3.server().uri().toString())
                .set("target.vault.access-key", "{{env:S3_KEY}}")
                .set("target.vault.secret-key", "{{env:S3_SECRET}}")
                .set("target.vault.timeout", "20s");
        scene.callvault.environment("S3_KEY", s3.server().accessKey());
        scene.callvault.environment("S3_SECRET", s3.server().secretKey());
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
        s3.close();
    }

    @Test
    void a_bucket_that_was_away_for_the_middle_third_of_a_run_has_everything_at_its_end() throws IOException {
        atContent(CALLS / 3, s3::stop);
        atContent(CALLS * 2 / 3, s3::start);

        Outcome outcome = scene.archive();

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        everythingIs(scene.nas());
        everythingIs(inBucket());
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
    }

    @Test
    void a_bucket_that_stays_away_gets_everything_from_the_next_run_without_a_request_for_content() throws IOException {
        atContent(CALLS / 3, s3::stop);

        Outcome down = scene.archive();

        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        assertThat(down.said()).contains("vault").contains("STORE_UNREACHABLE");
        everythingIs(scene.nas());
        long lists = lists();
        s3.start();
        Outcome up = scene.archive();
        assertThat(up.exit()).as(up.toString()).isZero();
        everythingIs(inBucket());
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
        long again = lists() - lists;
        assertThat(scene.archive().exit()).isZero();
        assertThat(lists()).as("a run that finishes another's work lists no more than any").isEqualTo(lists + again * 2);
    }

    @Test
    void a_service_fills_the_bucket_as_soon_as_it_is_back_while_it_still_fetches() throws IOException {
        scene.settings.set("customer.acme.schedule", "0/2 * * * * ?");
        // When the bucket is back, there is still some time's work.
        scene.lookalike.groups().limit(RateGroups.Group.HEAVY, 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
        AtomicInteger atReturn = new AtomicInteger(-1);
        atContent(CALLS / 6, s3::stop);
        atContent(CALLS / 4, () -> {
            s3.start();
            atReturn.set(objects());
        });
        try (Running service = scene.start("run")) {
            until("something more lies in the bucket", () -> atReturn.get() >= 0 && objects() > atReturn.get());
            assertThat(fetched).as("while there is still something to fetch").hasValueLessThan(CALLS);
            until("everything lies in the bucket", () -> objects() >= 2 * CALLS);
            service.terminate();
            Outcome outcome = service.outcome(Duration.ofSeconds(60));
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
        }
        everythingIs(scene.nas());
        everythingIs(inBucket());
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
    }

    /** Does something before the n-th request for content is answered. */
    private void atContent(int number, Runnable something) {
        java.util.function.Consumer<Seen> before = hook;
        hook = seen -> {
            before.accept(seen);
            if (seen.kind() == Seen.Kind.CONTENT && fetched.get() == number) {
                something.run();
            }
        };
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.CONTENT) {
                synchronized (this) {
                    fetched.incrementAndGet();
                    hook.accept(seen);
                }
            }
        });
    }

    private java.util.function.Consumer<Seen> hook = seen -> {};

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private long lists() {
        return scene.lookalike.log().stream()
                .filter(seen -> seen.kind() == Seen.Kind.LIST)
                .count();
    }

    /** S3Proxy writes into a file with a UUID behind its name first; killed, it leaves it, and lists it as an object ever after. */
    private static boolean isHalf(String key) {
        return key.matches(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Items and sidecars in the bucket. */
    private int objects() {
        try (S3Client client = s3.server().client()) {
            return (int) client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                    .filter(object -> !object.key().contains("/journal/") && !isHalf(object.key()))
                    .count();
        }
    }

    private void everythingIs(Target target) {
        Proof.storedExactlyOnce(target, "acme", recordings);
        Proof.journalMatchesObjects(target, "acme");
        Proof.journalHoldsRecords(target, "acme", "calls", scene.acme.calls());
    }

    /** The bucket as a directory. */
    private Target inBucket() throws IOException {
        Path directory = temporary.resolve("bucket");
        try (S3Client client = s3.server().client()) {
            for (var object :
                    client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
                if (isHalf(object.key())) {
                    continue;
                }
                Path file = directory.resolve(object.key());
                Files.createDirectories(file.getParent());
                client.getObject(get -> get.bucket(bucket).key(object.key()), file);
            }
        }
        return new Target(directory);
    }
}
