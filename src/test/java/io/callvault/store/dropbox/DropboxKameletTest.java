// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import static io.callvault.testing.HttpDoor.loseAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import io.callvault.store.Bytes;
import io.callvault.store.KameletTargets;
import io.callvault.store.Race;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import io.callvault.testing.HttpDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties of {@code store-dropbox.kamelet.yaml} reach the store, and what it asks Dropbox for. */
class DropboxKameletTest {

    @TempDir
    Path scratch;

    private KameletTargets targets;
    private FakeDropbox dropbox;
    private HttpDoor door;

    @BeforeEach
    void start() throws Exception {
        targets = new KameletTargets("dropbox");
        dropbox = new FakeDropbox(scratch.resolve("dropbox"));
        door = new HttpDoor(dropbox.uri());
    }

    @AfterEach
    void stop() {
        targets.close();
        door.close();
        dropbox.close();
    }

    private Store store(String... more) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of(
                "app-key", FakeDropbox.APP_KEY,
                "app-secret", FakeDropbox.APP_SECRET,
                "refresh-token", FakeDropbox.REFRESH_TOKEN,
                "chunk-size", "4MB",
                "server", door.uri().toString()));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return targets.open("t", properties);
    }

    private StorePut put(String path, byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile(scratch, "item", ""), bytes);
        return new StorePut(path, file, bytes.length, Bytes.sha256(bytes), "audio/mpeg", false);
    }

    private StorePut put(String path) throws IOException {
        return put(path, new byte[] {'x'});
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void a_short_file_goes_in_one_request_that_never_replaces() throws Exception {
        Receipt receipt = store().put(put("acme/1.mp3"));

        assertThat(receipt.location()).isEqualTo("/acme/1.mp3");
        assertThat(receipt.checksum())
                .isEqualTo("dropbox-content-hash:" + hashOf(new byte[] {'x'}));
        assertThat(dropbox.asked().stream().map(FakeDropbox.Asked::endpoint)).containsExactly("oauth2/token", "upload");
        var argument = dropbox.asked("upload").get(0).argument();
        assertThat(argument.path("path").asText()).isEqualTo("/acme/1.mp3");
        assertThat(argument.path("autorename").asBoolean()).isFalse();
        assertThat(argument.path("strict_conflict").asBoolean()).isTrue();
        assertThat(argument.path("mute").asBoolean()).isTrue();
        assertThat(argument.path("content_hash").asText()).isEqualTo(hashOf(new byte[] {'x'}));
        assertThat(dropbox.asked("upload").get(0).pathRoot()).isNull();
        assertThat(dropbox.asked("upload").get(0).member()).isNull();
    }

    private static String hashOf(byte[] oneBlock) {
        byte[] block = HexFormat.of().parseHex(Bytes.sha256(oneBlock));
        return Bytes.sha256(block);
    }

    @Test
    void root_namespace_and_member_say_where_and_as_whom() throws Exception {
        Store store = store("root", "/Calls of acme/", "namespace", FakeDropbox.TEAM_SPACE, "member", FakeDropbox.MEMBER);

        store.put(put("acme/1.mp3"));

        assertThat(dropbox.paths(FakeDropbox.TEAM_SPACE)).containsExactly("/Calls of acme/acme/1.mp3");
        FakeDropbox.Asked upload = dropbox.asked("upload").get(0);
        assertThat(upload.member()).isEqualTo(FakeDropbox.MEMBER);
        assertThat(upload.pathRoot()).contains("namespace_id").contains(FakeDropbox.TEAM_SPACE);
        List<StoredObject> listed = new ArrayList<>();
        store.list("acme/", listed::add);
        assertThat(listed).extracting(StoredObject::path).containsExactly("acme/1.mp3");
    }

    @Test
    void a_long_file_goes_in_a_session_chunk_by_chunk() throws Exception {
        byte[] bytes = random(11_000_000);
        StorePut put = put("acme/1.mp4", bytes);
        Store store = store();

        Receipt receipt = store.put(put);

        assertThat(dropbox.asked("upload")).isEmpty();
        assertThat(dropbox.asked("upload_session/append_v2"))
                .extracting(asked -> asked.argument().path("cursor").path("offset").asLong())
                .containsExactly(0L, 4194304L, 8388608L);
        assertThat(dropbox.asked("upload_session/append_v2"))
                .allMatch(asked -> asked.argument().path("content_hash").isTextual());
        assertThat(dropbox.bytes("home", "/acme/1.mp4")).hasBinaryContent(bytes);
        assertThat(store.put(put).checksum()).isEqualTo(receipt.checksum());
        assertThat(dropbox.asked("upload_session/start"))
                .as("a repeat sends no bytes")
                .hasSize(1);
    }

    @Test
    void a_chunk_whose_answer_was_lost_is_not_sent_twice_and_one_that_was_cut_is() throws Exception {
        byte[] bytes = random(11_000_000);
        AtomicInteger chunks = new AtomicInteger();
        door.when(heard -> heard.target().endsWith("append_v2"), exchange -> {
            int number = chunks.incrementAndGet();
            HttpDoor.Harm harm = number == 1
                    ? loseAnswer()
                    : number == 3 ? HttpDoor.cutRequest(1_000_000) : HttpDoor.answerHeaders();
            harm.befall(exchange);
        });

        store().put(put("acme/1.mp4", bytes));

        assertThat(dropbox.bytes("home", "/acme/1.mp4")).hasBinaryContent(bytes);
        assertThat(dropbox.asked("upload_session/start")).hasSize(1);
        assertThat(chunks).hasValue(5);
    }

    @Test
    void a_session_that_is_cut_again_and_again_is_given_up_for_now() throws Exception {
        door.when(heard -> heard.target().endsWith("append_v2"), HttpDoor.cutRequest(1_000));

        assertThatThrownBy(() -> store().put(put("acme/1.mp4", random(9_000_000))))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_UNREACHABLE));

        assertThat(door.heard().stream().filter(heard -> heard.target().endsWith("append_v2")))
                .hasSize(3);
    }

    @Test
    void a_name_taken_while_a_session_runs_is_compared() throws Exception {
        byte[] bytes = random(9_000_000);
        byte[] others = random(9_000_001);
        Store quick = targets.open(
                "quick",
                Map.of(
                        "app-key", FakeDropbox.APP_KEY,
                        "app-secret", FakeDropbox.APP_SECRET,
                        "refresh-token", FakeDropbox.REFRESH_TOKEN,
                        "server", dropbox.uri().toString()));
        StorePut other = put("acme/1.mp4", others);
        door.when(heard -> heard.target().endsWith("finish"), exchange -> {
            quick.put(other);
            HttpDoor.answerHeaders().befall(exchange);
        });

        assertThatThrownBy(() -> store().put(put("acme/1.mp4", bytes)))
                .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_CONFLICT));
        assertThat(dropbox.bytes("home", "/acme/1.mp4")).hasBinaryContent(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload", "get_metadata"})
    void an_access_token_that_ran_out_is_renewed_once(String endpoint) throws Exception {
        Store store = store();
        store.put(put("acme/1.mp3"));
        dropbox.expireTokens();

        if (endpoint.equals("upload")) {
            store.put(put("acme/2.mp3"));
        } else {
            assertThat(store.stat("acme/1.mp3")).isPresent();
        }

        assertThat(dropbox.tokens()).isEqualTo(2);
    }

    @Test
    void many_at_once_ask_for_one_token() throws Exception {
        Store store = store();

        Race.run(12, number -> store.put(put("acme/" + number + ".mp3")));

        assertThat(dropbox.tokens()).isOne();
    }

    @Test
    void a_429_says_for_how_long_and_is_not_repeated_here() throws Exception {
        dropbox.refuse(
                "upload",
                429,
                "{\"error_summary\":\"too_many_write_operations/..\",\"error\":{\"reason\":{\".tag\":\"too_many_write_operations\"}}}",
                "Retry-After",
                "7");

        assertThatThrownBy(() -> store().put(put("acme/1.mp3")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> {
                    assertThat(thrown.code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
                    assertThat(thrown.pause()).isEqualTo(Duration.ofSeconds(7));
                });

        assertThat(dropbox.asked("upload")).hasSize(1);
    }

    @Test
    void too_many_changes_at_once_are_tried_again_after_a_moment() throws Exception {
        dropbox.refuse("upload", 409, DropboxFixture.path("too_many_write_operations"));

        assertThatThrownBy(() -> store().put(put("acme/1.mp3")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.pause())
                        .isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void a_name_that_dropbox_refuses_concerns_that_record_only() throws Exception {
        Store store = store();

        assertThatThrownBy(() -> store.put(put("acme/desktop.ini")))
                .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_PATH_REFUSED))
                .hasMessageContaining("disallowed_name");
        dropbox.refuse("upload", 409, DropboxFixture.path("malformed_path"));
        assertThatThrownBy(() -> store.put(put("acme/1.mp3")))
                .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_PATH_REFUSED));
    }

    @Test
    void a_file_or_folder_in_the_way_is_a_conflict() throws Exception {
        Store store = store();
        store.put(put("acme/1.mp3"));

        for (String path : List.of("acme", "acme/1.mp3/below")) {
            assertThatThrownBy(() -> store.put(put(path)))
                    .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                            .isEqualTo(ErrorCode.STORE_CONFLICT));
        }
    }

    @Test
    void what_dropbox_holds_must_be_what_was_put() throws Exception {
        dropbox.lie("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

        assertThatThrownBy(() -> store().put(put("acme/1.mp3")))
                .isInstanceOfSatisfying(TryAgainException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_NOT_PROVED))
                .hasMessageContaining("e3b0c442");
    }

    @Test
    void a_question_that_may_not_be_asked_is_not_answered_no() throws Exception {
        dropbox.refuse("get_metadata", 400, "required scope 'files.metadata.read'");

        assertThatThrownBy(() -> store().stat("acme/1.mp3"))
                .isInstanceOf(StopCustomerException.class)
                .hasMessageContaining("files.metadata.read");
    }

    @Test
    void a_download_that_is_cut_is_tried_again() throws Exception {
        Store store = store();
        store.put(put("acme/1.mp3", random(200_000)));
        door.when(heard -> heard.target().endsWith("download"), HttpDoor.cutAnswer(1_000));

        assertThatThrownBy(() -> store.get("acme/1.mp3", 0, -1, scratch.resolve("into")))
                .isInstanceOfSatisfying(ArchiveException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_UNREACHABLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chunk-size=5MB|chunk-size = 5MB is no multiple of 4MB",
                "chunk-size=0MB|chunk-size = 0MB is no multiple of 4MB",
                "chunk-size=200MB|chunk-size = 200MB is no multiple of 4MB from 4MB to 148MB",
                "chunk-size=big|chunk-size = big is no size",
                "timeout=soon|timeout = soon is no duration",
                "root=a//b|root = a//b begins or ends with a slash, or has two in a row",
                "app-key= |app-key is empty"
            })
    void a_wrong_property_stops_the_start(String property, String says) {
        assertThatThrownBy(() -> store(property.split("=", 2))).hasStackTraceContaining(says);
    }
}
