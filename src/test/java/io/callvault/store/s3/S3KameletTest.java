// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import static io.callvault.testing.HttpDoor.answer;
import static io.callvault.testing.HttpDoor.answerHeaders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import io.callvault.store.Bytes;
import io.callvault.store.KameletTargets;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.testing.HttpDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.Tag;

/** The properties of {@code store-s3.kamelet.yaml} reach the store, and what it answers is held against them. */
class S3KameletTest {

    private static final Predicate<HttpDoor.Heard> PUT = heard -> heard.method().equals("PUT");
    private static final Predicate<HttpDoor.Heard> HEAD = heard -> heard.method().equals("HEAD");

    @TempDir
    Path scratch;

    private KameletTargets targets;
    private S3Server server;
    private HttpDoor door;
    private String bucket;

    @BeforeEach
    void start() throws Exception {
        targets = new KameletTargets("s3");
        server = S3Server.mock();
        door = new HttpDoor(server.uri());
        bucket = server.bucket();
    }

    @AfterEach
    void stop() {
        targets.close();
        door.close();
    }

    private Store store(String... more) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bucket", bucket,
                "endpoint", door.uri().toString(),
                "access-key", server.accessKey(),
                "secret-key", server.secretKey()));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return targets.open("t", properties);
    }

    private StorePut put(String text) throws IOException {
        return put(text, Map.of(), Map.of());
    }

    private StorePut put(String text, Map<String, String> metadata, Map<String, String> tags) throws IOException {
        Path file = Files.writeString(scratch.resolve("item"), text);
        return new StorePut(
                "acme/1.mp3",
                file,
                text.length(),
                Bytes.sha256(text.getBytes(StandardCharsets.UTF_8)),
                "audio/mpeg",
                false,
                false,
                metadata,
                tags);
    }

    private HttpDoor.Heard theRequest(Predicate<HttpDoor.Heard> which) {
        List<HttpDoor.Heard> found = door.heard().stream().filter(which).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private HeadObjectResponse head() {
        try (S3Client client = server.client()) {
            return client.headObject(head -> head.bucket(bucket).key("acme/1.mp3"));
        }
    }

    @Test
    void type_metadata_and_tags_lie_with_the_object() throws Exception {
        Store store = store("tags", "source=callvault, kept=7 y");

        Receipt receipt = store.put(put("x", Map.of("Agent", "Zo\u00eb", "room no", "12"), Map.of("kind", "voice+mail/1")));

        assertThat(receipt.checksum()).isEqualTo("sha256:" + receipt.sha256());
        assertThat(receipt.location()).isEqualTo("s3://" + bucket + "/acme/1.mp3");
        assertThat(head().contentType()).isEqualTo("audio/mpeg");
        assertThat(head().metadata())
                .containsEntry("callvault-sha256", receipt.sha256())
                .containsEntry("agent", "=?UTF-8?B?Wm/Dqw==?=")
                .containsEntry("room-no", "12");
        try (S3Client client = server.client()) {
            assertThat(client.getObjectTagging(tags -> tags.bucket(bucket).key("acme/1.mp3"))
                            .tagSet())
                    .contains(Tag.builder().key("source").value("callvault").build());
        }
        assertThat(theRequest(PUT).header("x-amz-tagging"))
                .isEqualTo("kept=7%20y&kind=voice%2Bmail%2F1&source=callvault");
    }

    @Test
    void what_a_put_asks_for_stands_in_one_signed_conditional_request() throws Exception {
        Store store = store("storage-class", "STANDARD_IA", "bucket-owner", "111122223333", "encryption", "s3");

        store.put(put("x"));

        HttpDoor.Heard request = theRequest(PUT);
        assertThat(request.target()).isEqualTo("/" + bucket + "/acme/1.mp3");
        assertThat(request.headers())
                .containsEntry("if-none-match", "*")
                .containsEntry("x-amz-checksum-sha256", "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=")
                .containsEntry("x-amz-storage-class", "STANDARD_IA")
                .containsEntry("x-amz-expected-bucket-owner", "111122223333")
                .containsEntry("x-amz-server-side-encryption", "AES256")
                .containsEntry("content-length", "1")
                .doesNotContainKeys("x-amz-trailer", "x-amz-checksum-crc32", "content-encoding", "x-amz-object-lock-mode");
        assertThat(request.header("authorization")).contains(server.accessKey() + "/").contains("/us-east-1/s3/");
        assertThat(theRequest(HEAD).headers()).containsEntry("x-amz-expected-bucket-owner", "111122223333");
        assertThat(head().storageClassAsString()).isEqualTo("STANDARD_IA");
    }

    @Test
    void nothing_is_repeated_without_being_asked() throws Exception {
        door.when(PUT, answer(500, S3Fixture.error("InternalError", "We had a problem.")));
        Store store = store();

        assertThatThrownBy(() -> store.put(put("x"))).isInstanceOf(TryAgainException.class);

        theRequest(PUT);
    }

    @ParameterizedTest
    @CsvSource({"503,SlowDown,7,7", "503,SlowDown,,1", "429,TooManyRequests,20,20", "503,ServiceUnavailable,,1"})
    void a_store_with_too_much_to_do_says_for_how_long(int status, String code, String after, long pause) throws Exception {
        String[] headers = after == null ? new String[0] : new String[] {"Retry-After", after};
        door.when(PUT, answer(status, S3Fixture.error(code, "Slow down."), headers));
        Store store = store();

        assertThatThrownBy(() -> store.put(put("x")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.pause())
                        .isEqualTo(Duration.ofSeconds(pause)));
    }

    @Test
    void a_store_that_ignores_the_condition_is_not_made_to_overwrite() throws Exception {
        door.when(PUT, HttpDoor.requestHeaders("if-none-match", ""));
        Store store = store();
        store.put(put("first"));

        assertThatThrownBy(() -> store.put(put("other"))).hasMessageContaining("another object of the same length");
        store.put(put("first"));

        theRequest(PUT);
    }

    @Test
    void a_store_that_refuses_checksums_can_be_used_without_them() throws Exception {
        door.when(
                PUT.and(heard -> heard.headers().keySet().stream().anyMatch(name -> name.startsWith("x-amz-checksum"))
                        || heard.headers().containsKey("x-amz-trailer")
                        || String.valueOf(heard.header("x-amz-content-sha256")).startsWith("STREAMING")),
                answer(400, S3Fixture.error("XAmzContentSHA256Mismatch", "No.")));

        assertThatThrownBy(() -> store().put(put("x")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_NOT_PROVED))
                .hasMessageContaining("checksums = when-required");

        Store plain = targets.open(
                "plain",
                Map.of(
                        "bucket", bucket,
                        "endpoint", door.uri().toString(),
                        "access-key", server.accessKey(),
                        "secret-key", server.secretKey(),
                        "checksums", "when-required"));
        StorePut put = put("x");
        assertThat(plain.put(put).checksum()).isEqualTo("read-back:" + put.sha256());
        assertThat(theRequest(PUT.and(heard -> heard.headers().containsKey("content-md5"))).header("content-md5"))
                .isEqualTo(md5("x"));
    }

    private static String md5(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void encryption_that_is_not_confirmed_stops_the_target() throws Exception {
        door.when(PUT, answerHeaders("x-amz-server-side-encryption", ""));

        assertThatThrownBy(() -> store("encryption", "s3").put(put("x")))
                .isInstanceOf(StopCustomerException.class)
                .hasMessageContaining("did not confirm the encryption AES256");
    }

    @ParameterizedTest
    @CsvSource({
        "1234abcd,arn:aws:kms:eu-central-1:111122223333:key/1234abcd,true",
        "alias/calls,arn:aws:kms:eu-central-1:111122223333:key/1234abcd,true",
        "1234abcd,arn:aws:kms:eu-central-1:111122223333:key/99999999,false",
        "1234abcd,,false"
    })
    void the_key_that_encrypts_must_be_the_one_named(String key, String echoed, boolean isGood) throws Exception {
        door.when(
                PUT,
                answer(
                        200,
                        "",
                        "x-amz-checksum-sha256",
                        "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=",
                        "x-amz-server-side-encryption",
                        "aws:kms",
                        echoed == null ? "x-none" : "x-amz-server-side-encryption-aws-kms-key-id",
                        echoed == null ? "x" : echoed));
        Store store = store("encryption", "kms", "kms-key", key);

        if (isGood) {
            store.put(put("x"));
        } else {
            assertThatThrownBy(() -> store.put(put("x"))).hasMessageContaining("instead of kms-key");
        }
        assertThat(theRequest(PUT).headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", key);
    }

    @Test
    void a_lock_is_asked_for_with_the_put_and_again_where_it_was_overlooked() throws Exception {
        bucket = server.bucket(as -> as.objectLockEnabledForBucket(true));
        Store store = store("lock-mode", "compliance", "retain-for", "30d", "legal-hold", "true");
        Instant before = Instant.now();

        store.put(put("x")); // S3Mock overlooks it

        HttpDoor.Heard request = theRequest(PUT.and(heard -> !heard.target().contains("?")));
        assertThat(request.headers())
                .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
                .containsEntry("x-amz-object-lock-legal-hold", "ON");
        assertThat(Instant.parse(request.header("x-amz-object-lock-retain-until-date")))
                .isBetween(before.plus(Duration.ofDays(30)).minusSeconds(1), Instant.now().plus(Duration.ofDays(30)));
        try (S3Client client = server.client()) {
            ObjectLockRetention kept = client.getObjectRetention(
                            ask -> ask.bucket(bucket).key("acme/1.mp3"))
                    .retention();
            assertThat(kept.modeAsString()).isEqualTo("COMPLIANCE");
            assertThat(kept.retainUntilDate()).isAfter(before.plus(Duration.ofDays(30)).minusSeconds(1));
            assertThat(client.getObjectLegalHold(ask -> ask.bucket(bucket).key("acme/1.mp3"))
                            .legalHold()
                            .statusAsString())
                    .isEqualTo("ON");
        }
    }

    @Test
    void a_lock_that_is_not_confirmed_stops_the_target() throws Exception {
        bucket = server.bucket(as -> as.objectLockEnabledForBucket(true));
        Store store = store("lock-mode", "governance", "retain-until", "2099-12-31", "legal-hold", "true");
        store.put(put("x"));

        door.when(of("retention"), answer(200, retention("COMPLIANCE", "2099-12-31T00:00:00Z")));
        assertThatThrownBy(() -> store.put(put("x")))
                .isInstanceOf(StopCustomerException.class)
                .hasMessageContaining("did not confirm the lock GOVERNANCE, but said COMPLIANCE until 2099");
        door.when(of("retention"), answer(200, "<Retention></Retention>"));
        assertThatThrownBy(() -> store.put(put("x"))).hasMessageContaining("did not confirm the lock GOVERNANCE:");
        door.when(of("retention"), answer(200, retention("GOVERNANCE", "2099-12-31T00:00:00Z")));
        door.when(of("legal-hold"), answer(200, "<LegalHold><Status>OFF</Status></LegalHold>"));
        assertThatThrownBy(() -> store.put(put("x"))).hasMessageContaining("did not confirm the legal hold");
    }

    private static Predicate<HttpDoor.Heard> of(String what) {
        return heard -> heard.method().equals("GET") && heard.target().contains("?" + what);
    }

    private static String retention(String mode, String until) {
        return "<Retention><Mode>" + mode + "</Mode><RetainUntilDate>" + until + "</RetainUntilDate></Retention>";
    }

    @Test
    void a_lock_that_ends_too_early_is_none() throws Exception {
        bucket = server.bucket(as -> as.objectLockEnabledForBucket(true));
        door.when(of("retention"), answer(200, retention("GOVERNANCE", "2099-12-30T23:00:00Z")));

        assertThatThrownBy(() -> store("lock-mode", "governance", "retain-until", "2099-12-31").put(put("x")))
                .hasMessageContaining("until 2099-12-30T23:00:00Z");
    }

    @Test
    void a_bucket_without_object_lock_is_named_as_the_reason() throws Exception {
        door.when(PUT, answer(400, S3Fixture.error("InvalidRequest", "")));

        assertThatThrownBy(() -> store("lock-mode", "governance", "retain-for", "1d").put(put("x")))
                .isInstanceOf(StopCustomerException.class)
                .hasMessageContaining("Object Lock is not enabled on the bucket");
    }

    @Test
    void without_the_right_to_list_objects_are_still_put_proved_and_read() throws Exception {
        String denied = S3Fixture.error("AccessDenied", "Access Denied");
        door.when(heard -> heard.target().contains("list-type="), answer(403, denied));
        door.when(HEAD, answer(403, ""));
        Store store = store();

        store.put(put("x"));

        assertThat(store.lists()).isFalse();
        assertThatThrownBy(() -> store.list("", object -> {})).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.stat("acme/2.mp3"))
                .isInstanceOf(StopCustomerException.class)
                .hasMessageContaining("s3:ListBucket");
        door.clear();
        store.put(put("x"));
    }

    @Test
    void a_question_to_a_bucket_that_does_not_exist_is_not_answered_no() throws Exception {
        bucket = "no-such-bucket-at-all";
        Store store = store();

        for (ThrowingCallable question :
                List.<ThrowingCallable>of(
                        () -> store.stat("acme/1.mp3"), () -> store.get("acme/1.mp3", 0, -1, scratch.resolve("into")))) {
            assertThatThrownBy(question)
                    .isInstanceOf(StopCustomerException.class)
                    .hasMessageContaining("the bucket does not exist: make it, or correct bucket");
        }
    }

    @Test
    void a_store_that_does_not_know_ranges_is_understood() throws Exception {
        Store store = store();
        store.put(put("0123456789"));
        door.when(heard -> heard.method().equals("GET"), HttpDoor.requestHeaders("range", ""));

        Path into = scratch.resolve("into");

        assertThat(store.get("acme/1.mp3", 3, 4, into)).isEqualTo(4);
        assertThat(into).hasContent("3456");
    }

    @Test
    void what_tags_and_metadata_the_store_refuses_is_the_operators_to_mend() throws Exception {
        door.when(PUT, answer(400, S3Fixture.error("InvalidTag", "The tag key is not allowed.")));

        assertThatThrownBy(() -> store("tags", "aws:x=y").put(put("x")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.OWN_STEP_FAILED))
                .hasMessageContaining("mend the tags or metadata");
    }

    @Test
    void without_path_style_the_bucket_stands_in_the_name_of_the_host() throws Exception {
        Store store = targets.open(
                "host",
                Map.of(
                        "bucket", bucket,
                        "endpoint", "http://localhost:" + door.uri().getPort(),
                        "path-style", "false",
                        "region", "eu-central-1",
                        "timeout", "5s",
                        "access-key", "AKID",
                        "secret-key", "hush"));

        assertThatThrownBy(() -> store.stat("acme/1.mp3")).hasMessageContaining(bucket + ".localhost");
    }

    @Test
    void a_session_token_goes_with_the_keys() throws Exception {
        store("session-token", "of-a-role").stat("acme/1.mp3");

        assertThat(door.heard().get(0).headers()).containsEntry("x-amz-security-token", "of-a-role");
    }

    @Test
    void without_keys_the_sdk_looks_for_them() throws Exception {
        String before = System.setProperty("aws.accessKeyId", "AKIDFROMCHAIN");
        System.setProperty("aws.secretAccessKey", "hush");
        try {
            targets.open("chain", Map.of("bucket", bucket, "endpoint", door.uri().toString()))
                    .stat("acme/1.mp3");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
            assertThat(before).isNull();
        }
        assertThat(door.heard().get(0).header("authorization")).contains("AKIDFROMCHAIN/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access-key=A|access-key and secret-key belong together",
                "session-token=T|session-token needs access-key and secret-key",
                "lock-mode=governance|lock-mode = governance needs either retain-for or retain-until",
                "lock-mode=governance retain-for=1d retain-until=2033-12-31|needs either retain-for or retain-until",
                "retain-for=1d|retain-for and retain-until need lock-mode",
                "retain-for=soon|retain-for = soon is no duration",
                "lock-mode=governance retain-until=soon|retain-until = soon is no date",
                "kms-key=k|kms-key needs encryption = kms",
                "part-size=4MB|part-size = 4MB is less than 5MB",
                "multipart-above=big|multipart-above = big is no size",
                "tags=source|tags = source is no list such as",
                "timeout=0s|timeout = 0s is no duration"
            })
    void properties_that_do_not_go_together_stop_the_start(String properties, String says) {
        Map<String, String> all = new HashMap<>(Map.of("bucket", "b"));
        for (String property : properties.split(" ")) {
            all.put(property.split("=", 2)[0], property.split("=", 2)[1]);
        }
        assertThatThrownBy(() -> targets.open("bad", all)).hasStackTraceContaining(says);
    }

    @Test
    void a_bucket_that_is_down_does_not_stop_the_start() throws Exception {
        door.shut();

        assertThatThrownBy(() -> store().stat("acme/1.mp3"))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_UNREACHABLE));
    }
}
