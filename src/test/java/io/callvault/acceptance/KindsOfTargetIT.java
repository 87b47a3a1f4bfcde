// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.store.dropbox.FakeDropbox;
import io.callvault.store.s3.S3Server;
import io.callvault.testing.HttpDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The same archive in a directory, a bucket and a Dropbox folder at once. */
class KindsOfTargetIT {

    @TempDir
    Path temporary;

    private final S3Server server = S3Server.proxy();
    private final String bucket = server.bucket();
    private final HttpDoor s3 = new HttpDoor(server.uri());
    private FakeDropbox dropbox;
    private Scene scene;
    private List<Media> recordings;

    @BeforeEach
    void open() {
        dropbox = new FakeDropbox(temporary.resolve("dropbox"));
        scene = new Scene(temporary, "calls");
        recordings = scene.recordedCalls(12);
        scene.settings
                .set("customer.acme.targets", "nas, vault, box")
                .set("target.vault.kind", "s3")
                .set("target.vault.bucket", bucket)
                .set("target.vault.endpoint", s3.uri().toString())
                .set("target.vault.access-key", "{{env:S3_KEY}}")
                .set("target.vault.secret-key", "{{env:S3_SECRET}}")
                .set("target.vault.timeout", "20s")
                .set("target.box.kind", "dropbox")
                .set("target.box.app-key", FakeDropbox.APP_KEY)
                .set("target.box.app-secret", "{{env:BOX_SECRET}}")
                .set("target.box.refresh-token", "{{env:BOX_TOKEN}}")
                .set("target.box.root", "/Calls")
                .set("target.box.server", dropbox.uri().toString());
        scene.callvault.environment("S3_KEY", server.accessKey());
        scene.callvault.environment("S3_SECRET", server.secretKey());
        scene.callvault.environment("BOX_SECRET", FakeDropbox.APP_SECRET);
        scene.callvault.environment("BOX_TOKEN", FakeDropbox.REFRESH_TOKEN);
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
        dropbox.close();
        s3.close();
    }

    @Test
    void every_object_is_proved_on_each_and_costs_the_provider_one_request() throws IOException {
        Outcome outcome = scene.archive();

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        everythingIs(scene.nas());
        everythingIs(inBucket("first"));
        everythingIs(inDropbox("first"));
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
        for (String command : List.of("verify", "report")) {
            Outcome looked = scene.run(command);
            assertThat(looked.exit()).as(looked.toString()).isZero();
        }
        assertThat(outcome.toString())
                .doesNotContain(server.secretKey())
                .doesNotContain(FakeDropbox.APP_SECRET)
                .doesNotContain(FakeDropbox.REFRESH_TOKEN);

        int puts = puts();
        int uploads = dropbox.asked("upload").size();
        Outcome again = scene.archive();
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(puts()).as("a second pass writes nothing").isEqualTo(puts);
        assertThat(dropbox.asked("upload")).hasSize(uploads);
        assertThat(s3.heard()).noneMatch(heard -> heard.method().equals("DELETE"));
    }

    @Test
    void a_bucket_that_is_down_holds_back_only_its_own() throws IOException {
        s3.shut();

        Outcome down = scene.archive();

        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        assertThat(down.said()).contains("vault").contains("STORE_UNREACHABLE");
        everythingIs(scene.nas());
        everythingIs(inDropbox("down"));

        s3.clear();
        Outcome up = scene.archive();
        assertThat(up.exit()).as(up.toString()).isZero();
        everythingIs(inBucket("up"));
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
    }

    @Test
    void a_dropbox_that_asks_for_a_pause_gets_it_and_everything() throws IOException {
        dropbox.refuse(
                9,
                "upload",
                429,
                "{\"error_summary\":\"too_many_write_operations/\",\"error\":{\"reason\":{\".tag\":\"too_many_write_operations\"}}}",
                "Retry-After",
                "1");

        Outcome outcome = scene.archive();

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        everythingIs(inDropbox("later"));
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
    }

    private void everythingIs(Target target) {
        Proof.storedExactlyOnce(target, "acme", recordings);
        Proof.journalMatchesObjects(target, "acme");
        Proof.journalHoldsRecords(target, "acme", "calls", scene.acme.calls());
    }

    private int puts() {
        return (int) s3.heard().stream()
                .filter(heard -> heard.method().equals("PUT"))
                .count();
    }

    /** The bucket as a directory. */
    private Target inBucket(String name) throws IOException {
        Path directory = temporary.resolve("bucket-" + name);
        try (S3Client client = server.client()) {
            for (var object :
                    client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
                Path file = directory.resolve(object.key());
                Files.createDirectories(file.getParent());
                client.getObject(get -> get.bucket(bucket).key(object.key()), file);
            }
        }
        return new Target(directory);
    }

    /** The Dropbox folder as a directory. */
    private Target inDropbox(String name) throws IOException {
        Path directory = temporary.resolve("box-" + name);
        for (String path : dropbox.paths("home")) {
            Path file = directory.resolve(path.substring("/Calls/".length()));
            Files.createDirectories(file.getParent());
            Files.copy(dropbox.bytes("home", path), file);
        }
        return new Target(directory);
    }
}
