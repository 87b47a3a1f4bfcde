// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool with little room, two customers, and a target of one of them that is down. */
class SpoolIT {

    private static final int CALLS = 30;
    private static final int BYTES = 400_000;
    /** Two shares of 3 MB each: seven recordings. */
    private static final int SHARE = 3 << 20;

    @TempDir
    Path temporary;

    private Scene scene;
    private final List<Media> acme = new ArrayList<>();
    private final List<Media> bolt = new ArrayList<>();
    private Path attic;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(temporary, "calls");
        Company other = scene.lookalike.company("100200400");
        for (int i = 0; i < CALLS; i++) {
            acme.add(recorded(scene.acme, i));
            bolt.add(recorded(other, i));
        }
        scene.settings
                .set("callvault.spool.max", "6MB")
                .fileTarget("attic")
                .customer("bolt", scene.lookalike.base(), "calls", "nas");
        scene.credentials("bolt", scene.lookalike.jwt(other));
        attic = scene.callvault.folder().resolve("attic");
        Files.writeString(attic, "in the way");
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
    }

    @Test
    void a_customer_whose_only_target_is_down_stops_asking_when_its_share_is_full_and_nobody_else_does()
            throws IOException {
        scene.settings.set("customer.acme.targets", "attic");

        Outcome down = scene.archive();

        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        Proof.storedExactlyOnce(scene.nas(), "bolt", bolt);
        assertThat(fetched(acme)).as("what could not be kept was not asked for").isBetween(5, SHARE / BYTES);
        assertThat(spooled("acme")).isLessThanOrEqualTo(SHARE).isGreaterThan(SHARE / 2);
        assertThat(spooled("bolt")).isZero();
        assertThat(down.said().split("SPOOL_SHARE_FULL", -1).length - 1)
                .as("said as it happens, and at the end: " + down)
                .isBetween(1, 3);
        JsonNode status = scene.status();
        assertThat(status.path("state").asText()).isEqualTo("stopped");
        assertThat(scene.run("status").said()).containsOnlyOnce("SPOOL_SHARE_FULL");

        Outcome still = scene.archive();
        assertThat(still.exit()).as(still.toString()).isEqualTo(3);
        assertThat(fetched(acme)).as("what lies there is counted again").isLessThanOrEqualTo(SHARE / BYTES);
        assertThat(spooled("acme")).isLessThanOrEqualTo(SHARE);

        Files.delete(attic);
        Outcome up = scene.archive();
        assertThat(up.exit()).as(up.toString()).isZero();
        Proof.storedExactlyOnce(scene.callvault.target("attic"), "acme", acme);
        everythingWasAskedForOnce();
        assertThat(spooled("acme")).isZero();
        assertThat(scene.status().path("state").asText()).isEqualTo("ok");
    }

    @Test
    void what_another_target_has_leaves_the_spool_and_is_brought_back_from_there() throws IOException {
        scene.settings.set("customer.acme.targets", "nas, attic");

        Outcome down = scene.archive();

        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        Proof.storedExactlyOnce(scene.nas(), "acme", acme);
        Proof.storedExactlyOnce(scene.nas(), "bolt", bolt);
        assertThat(spooled("acme")).isLessThanOrEqualTo(SHARE);
        everythingWasAskedForOnce();

        Files.delete(attic);
        Outcome up = scene.archive();
        assertThat(up.exit()).as(up.toString()).isZero();
        Proof.storedExactlyOnce(scene.callvault.target("attic"), "acme", acme);
        Proof.journalMatchesObjects(scene.callvault.target("attic"), "acme");
        everythingWasAskedForOnce();
        assertThat(spooled("acme")).isZero();
        Proof.noLeftOvers(scene.callvault.folder());
    }

    private Media recorded(Company company, int number) {
        Media recording = company.recording(Media.Kind.MP3, BYTES);
        company.call(scene.ago(Duration.ofDays(1).plusHours(number))).recorded(recording);
        return recording;
    }

    private void everythingWasAskedForOnce() {
        assertThat(acme).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
        assertThat(bolt).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
    }

    private int fetched(List<Media> recordings) {
        return recordings.stream().mapToInt(scene.lookalike::contentRequests).sum();
    }

    /** Bytes of a customer's recordings in the spool. */
    private long spooled(String customer) throws IOException {
        long sum = 0;
        for (Path file : Target.files(scene.callvault.folder().resolve("data/spool").resolve(customer))) {
            sum += file.toString().endsWith(".json") ? 0 : Files.size(file);
        }
        return sum;
    }
}
