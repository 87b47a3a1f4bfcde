// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import static io.callvault.testing.HttpDoor.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import io.callvault.store.Bytes;
import io.callvault.store.KameletTargets;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.testing.HttpDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Files too long for one request, at S3Mock, which keeps the checksums of parts. */
class PartsUploadTest {

    private static final Predicate<HttpDoor.Heard> PART = heard -> heard.target().contains("partNumber=");
    private static final Predicate<HttpDoor.Heard> COMPLETE = heard -> heard.method().equals("POST")
            && heard.target().contains("uploadId=");
    private static final Predicate<HttpDoor.Heard> ABORT = heard -> heard.method().equals("DELETE");

    @TempDir
    Path scratch;

    private final byte[] bytes = new byte[11 << 20];
    private KameletTargets targets;
    private S3Server server;
    private HttpDoor door;
    private String bucket;
    private Store store;

    @BeforeEach
    void start() throws Exception {
        new Random(11).nextBytes(bytes);
        targets = new KameletTargets("s3");
        server = S3Server.mock();
        door = new HttpDoor(server.uri());
        bucket = server.bucket();
        store = open("t");
    }

    @AfterEach
    void stop() {
        targets.close();
        door.close();
    }

    private Store open(String name, String... more) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bucket", bucket,
                "endpoint", door.uri().toString(),
                "access-key", server.accessKey(),
                "secret-key", server.secretKey(),
                "multipart-above", "1MB",
                "part-size", "5MB",
                "tags", "source=callvault"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return targets.open(name, properties);
    }

    private StorePut put() throws IOException {
        Path file = Files.write(scratch.resolve("item"), bytes);
        return new StorePut(
                "acme/1.mp4", file, bytes.length, Bytes.sha256(bytes), "video/mp4", false, false, Map.of("agent", "7"), Map.of());
    }

    private List<HttpDoor.Heard> heard(Predicate<HttpDoor.Heard> which) {
        return door.heard().stream().filter(which).toList();
    }

    @Test
    void a_long_file_goes_in_parts_and_is_proved_by_the_checksum_of_their_checksums() throws Exception {
        StorePut put = put();

        Receipt receipt = store.put(put);

        assertThat(receipt.checksum()).matches("sha256-parts:.+-3");
        assertThat(heard(PART)).hasSize(3).allMatch(part -> part.header("x-amz-checksum-sha256") != null);
        assertThat(heard(COMPLETE)).hasSize(1).allMatch(complete -> "*".equals(complete.header("if-none-match")));
        try (S3Client client = server.client()) {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(bucket).key("acme/1.mp4"));
            assertThat(head.contentType()).isEqualTo("video/mp4");
            assertThat(head.metadata()).containsEntry("agent", "7").containsEntry("callvault-sha256", put.sha256());
            assertThat(client.getObjectTagging(tags -> tags.bucket(bucket).key("acme/1.mp4"))
                            .tagSet())
                    .hasSize(1);
        }
        assertThat(store.stat("acme/1.mp4").orElseThrow().checksum()).isEqualTo(receipt.checksum());
        assertThat(store.put(put).checksum()).as("a repeat sends nothing").isEqualTo("read-back:" + put.sha256());
        assertThat(heard(PART)).hasSize(3);
    }

    @Test
    void a_part_that_fails_gives_the_whole_upload_up() throws Exception {
        door.when(heard -> heard.target().contains("partNumber=2"), answer(500, S3Fixture.error("InternalError", "No.")));
        StorePut put = put();

        assertThatThrownBy(() -> store.put(put)).isInstanceOf(TryAgainException.class);

        assertThat(heard(ABORT)).hasSize(1).allMatch(abort -> abort.target().contains("uploadId="));
        assertThat(unfinished()).isZero();
        assertThat(store.stat("acme/1.mp4")).isEmpty();
        door.clear();
        store.put(put);
    }

    @Test
    void an_upload_that_cannot_be_given_up_fails_for_the_first_reason() throws Exception {
        door.when(PART, answer(503, S3Fixture.error("SlowDown", "Slow down.")));
        door.when(ABORT, answer(403, S3Fixture.error("AccessDenied", "No.")));

        assertThatThrownBy(() -> store.put(put()))
                .isInstanceOf(TryAgainException.class)
                .hasMessageContaining("SlowDown");
    }

    @Test
    void a_name_that_is_taken_meanwhile_is_compared() throws Exception {
        server = S3Server.proxy();
        bucket = server.bucket();
        HttpDoor real = new HttpDoor(server.uri());
        Store late = open("late", "endpoint", real.uri().toString(), "tags", "");
        Store quick = open("quick", "endpoint", server.uri().toString(), "tags", "");
        byte[] others = bytes.clone();
        others[0]++;
        Path file = Files.write(scratch.resolve("others"), others);
        real.when(COMPLETE, exchange -> {
            quick.put(new StorePut("acme/1.mp4", file, others.length, Bytes.sha256(others), null, false));
            HttpDoor.answerHeaders().befall(exchange);
        });
        StorePut put = put();

        assertThatThrownBy(() -> late.put(put)).isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(
                        thrown.code())
                .isEqualTo(ErrorCode.STORE_CONFLICT));
        assertThat(real.heard()).anyMatch(ABORT);
        real.close();
    }

    @Test
    void a_checksum_of_the_parts_that_is_another_is_told() throws Exception {
        door.when(
                COMPLETE,
                answer(
                        200,
                        "<CompleteMultipartUploadResult><ETag>x</ETag><ChecksumSHA256>"
                                + "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=-3</ChecksumSHA256></CompleteMultipartUploadResult>"));

        assertThatThrownBy(() -> store.put(put()))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_NOT_PROVED));
    }

    @Test
    void a_store_that_keeps_no_checksums_is_read_back() throws Exception {
        StorePut put = put();

        Receipt receipt = open("plain", "checksums", "when-required").put(put);

        assertThat(receipt.checksum()).isEqualTo("read-back:" + put.sha256());
        assertThat(heard(PART))
                .hasSize(3)
                .allMatch(part ->
                        part.header("content-md5") != null && part.header("x-amz-checksum-sha256") == null);
    }

    private long unfinished() {
        try (S3Client client = server.client()) {
            return client.listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
        }
    }
}
