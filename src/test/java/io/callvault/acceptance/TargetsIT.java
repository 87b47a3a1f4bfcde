// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several targets for a customer, several customers in a target. */
class TargetsIT {

    @TempDir
    Path temporary;

    private Scene scene;
    private List<Media> recordings;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
        recordings = scene.recordedCalls(15);
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
    }

    @Test
    void two_targets_cost_the_provider_no_more_than_one() {
        scene.settings.fileTarget("attic").set("customer.acme.targets", "nas, attic");
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        for (String target : List.of("nas", "attic")) {
            Proof.storedExactlyOnce(scene.callvault.target(target), "acme", recordings);
            Proof.journalMatchesObjects(scene.callvault.target(target), "acme");
            Proof.journalHoldsRecords(scene.callvault.target(target), "acme", "calls", scene.acme.calls());
            assertThat(scene.callvault.target(target).journal("acme").headers())
                    .allMatch(header -> header.path("target").asText().equals(target)
                            && header.path("customer").asText().equals("acme"));
        }
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
        assertThat(scene.status().path("targets"))
                .containsExactlyInAnyOrder(
                        Json.read("{\"target\":\"nas\",\"stored\":15,\"pending\":0}"),
                        Json.read("{\"target\":\"attic\",\"stored\":15,\"pending\":0}"));
    }

    @Test
    void a_target_that_is_down_holds_back_only_its_own_and_costs_no_second_request() throws IOException {
        scene.settings.fileTarget("attic").set("customer.acme.targets", "nas, attic");
        Path attic = scene.callvault.folder().resolve("attic");
        Files.writeString(attic, "in the way");
        Outcome down = scene.archive();
        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        assertThat(down.said()).contains("attic");
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        JsonNode status = scene.status();
        assertThat(status.path("items").path("stored").asInt())
                .as("stored is stored everywhere")
                .isZero();
        assertThat(status.path("items").path("pending").asInt()).isEqualTo(15);
        assertThat(status.path("items").path("dead").asInt()).isZero();

        Files.delete(attic);
        Outcome up = scene.archive();
        assertThat(up.exit()).as(up.toString()).isZero();
        Proof.storedExactlyOnce(scene.callvault.target("attic"), "acme", recordings);
        Proof.journalMatchesObjects(scene.callvault.target("attic"), "acme");
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
        Proof.noLeftOvers(scene.callvault.folder());
    }

    @Test
    void a_target_added_later_gets_everything_from_the_one_that_has_it() throws IOException {
        assertThat(scene.archive().exit()).isZero();
        scene.settings.fileTarget("attic").set("customer.acme.targets", "attic, nas");
        Outcome added = scene.archive();
        assertThat(added.exit()).as(added.toString()).isZero();
        for (String target : List.of("nas", "attic")) {
            Proof.storedExactlyOnce(scene.callvault.target(target), "acme", recordings);
            Proof.journalMatchesObjects(scene.callvault.target(target), "acme");
        }
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
        assertThat(scene.status().path("items").path("stored").asInt()).isEqualTo(15);
        assertThat(scene.run("report").exit()).isZero();
        Proof.noLeftOvers(scene.callvault.folder());
    }

    @Test
    void a_target_added_while_the_one_that_has_everything_is_away_waits_for_it() throws IOException {
        assertThat(scene.archive().exit()).isZero();
        scene.settings.fileTarget("attic").set("customer.acme.targets", "nas, attic");
        Path nas = scene.callvault.folder().resolve("nas");
        Path away = scene.callvault.folder().resolve("away");
        Files.move(nas, away);
        Files.writeString(nas, "in the way");
        Outcome down = scene.archive();
        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        Files.delete(nas);
        Files.move(away, nas);
        Outcome back = scene.archive();
        assertThat(back.exit()).as(back.toString()).isZero();
        Proof.storedExactlyOnce(scene.callvault.target("attic"), "acme", recordings);
        assertThat(recordings).allMatch(media -> scene.lookalike.contentRequests(media) == 1);
    }

    @Test
    void a_customer_with_a_wrong_credential_stops_nobody_else() {
        Company bolt = scene.lookalike.company("100200400");
        Media lost = bolt.recording();
        bolt.call(scene.ago(Duration.ofDays(2))).recorded(lost);
        scene.settings.customer("bolt", scene.lookalike.base(), "calls", "nas");
        scene.credentials("bolt", "not-a-jwt");
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(4);
        assertThat(outcome.said()).contains("bolt");
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        Proof.journalMatchesObjects(scene.nas(), "acme");
        assertThat(scene.nas().objects("bolt")).isEmpty();

        scene.credentials("bolt", scene.lookalike.jwt(bolt));
        Outcome mended = scene.archive();
        assertThat(mended.exit()).as(mended.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "bolt", List.of(lost));
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    @Test
    void the_same_recording_id_at_two_customers_is_two_recordings() {
        Company bolt = scene.lookalike.company("100200400");
        String id = recordings.get(0).id();
        Media other = bolt.recording(id, Media.Kind.WAV, 30_000);
        bolt.call(scene.ago(Duration.ofDays(1))).recorded(other);
        scene.settings.customer("bolt", scene.lookalike.base(), "calls", "nas");
        scene.credentials("bolt", scene.lookalike.jwt(bolt));
        Outcome outcome = scene.run("archive", "--customer", "bolt");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "bolt", List.of(other));
        assertThat(scene.nas().objects("acme")).as("was not asked for").isEmpty();
        Outcome both = scene.archive();
        assertThat(both.exit()).as(both.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "bolt", List.of(other));
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }
}
