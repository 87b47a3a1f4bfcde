// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Json;
import io.callvault.acceptance.Outcome;
import io.callvault.acceptance.Proof;
import io.callvault.acceptance.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three Kazoo customers archived twice on a good day: all feeds by API key, two users' recordings by password, and one whose
 * records hold addresses with secrets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KazooIT {

    private static final String PASSWORD = "correct-horse-battery-staple";

    private KazooScene scene;
    private Account acme;
    private Account bolt;
    private Account cargo;
    private String ann;
    private String bob;
    private final List<Row> ofUsers = new ArrayList<>();
    private final List<Row> pushed = new ArrayList<>();
    private Row straddling;
    private Row wave;
    private Row extended;
    private Row fax;
    private Row tiff;
    private Outcome first;
    private Outcome second;
    private int requestsOfFirst;
    private int requestsOfBoth;
    private Map<String, String> afterFirst;
    private Map<String, String> afterSecond;
    private Outcome status;
    private Outcome report;

    @BeforeAll
    void archive_twice(@TempDir Path temporary) {
        scene = new KazooScene(temporary);
        fillAcme();
        fillBolt();
        fillCargo();
        sign("sn0wy-first");
        first = scene.archive();
        requestsOfFirst = scene.kazoo.requests();
        afterFirst = scene.nas().snapshot();
        sign("sn0wy-second");
        second = scene.archive();
        requestsOfBoth = scene.kazoo.requests();
        afterSecond = scene.nas().snapshot();
        status = scene.run("status", "--json");
        report = scene.run("report", "--json");
    }

    private void fillAcme() {
        acme = scene.kazoo.account("Acme Telco");
        acme.switches().mostRows(7);
        scene.customer("acme", acme, KazooScene.ALL).set("acme", "since", "58d");
        for (int i = 0; i < 10; i++) {
            acme.recording(scene.ago(Duration.ofHours(30 + 130L * i)));
        }
        for (int i = 0; i < 20; i++) {
            acme.cdr(scene.ago(Duration.ofHours(30 + 65L * i)));
        }
        Instant edge = scene.monthStart(Duration.ofHours(40)).minusSeconds(300);
        straddling = acme.recording(edge, Duration.ofMinutes(10));
        acme.cdr(edge, Duration.ofMinutes(10));
        wave = acme.recording(scene.ago(Duration.ofDays(3))).attach(acme.blob(Blob.Kind.WAV, 40_000));
        extended = acme.recording(scene.ago(Duration.ofDays(4)))
                .edit(json -> json.put("key_of_the_future", 12_345_678_901_234_567L)
                        .putObject("user_metadata")
                        .put("case", "A-17"));
        acme.recording(scene.ago(Duration.ofDays(5))).edit(json -> json.remove(List.of(
                "start", "from", "to", "direction", "owner_id", "cdr_id", "media_type")));
        for (String box : List.of(acme.box("1000"), acme.box("1001"))) {
            for (int i = 0; i < 3; i++) {
                acme.voicemail(box, scene.ago(Duration.ofHours(40 + 200L * i)));
            }
        }
        acme.box("empty");
        fax = acme.fax("inbox", scene.ago(Duration.ofDays(6)));
        acme.fax("inbox", scene.ago(Duration.ofDays(40)));
        tiff = acme.fax("outbox", scene.ago(Duration.ofDays(7))).attach(acme.blob(Blob.Kind.TIFF));
    }

    private void fillBolt() {
        bolt = scene.kazoo.account("Bolt & Sons");
        bolt.user("archiver@bolt.example.test", PASSWORD);
        ann = bolt.user("ann@bolt.example.test", "unknown-to-all-of-us");
        bob = bolt.user("bob@bolt.example.test", "nobody-knows-this-either");
        scene.customer("bolt", bolt, "recordings, cdrs", "archiver@bolt.example.test", PASSWORD)
                .set("bolt", "users", ann + ", " + bob);
        for (int i = 0; i < 3; i++) {
            ofUsers.add(bolt.recording(scene.ago(Duration.ofDays(2 + i))).ownedBy(i == 2 ? bob : ann));
            bolt.recording(scene.ago(Duration.ofDays(2 + i)).plusSeconds(60)).ownedBy("0123456789abcdef0123456789abcdef");
            bolt.recording(scene.ago(Duration.ofDays(2 + i)).plusSeconds(120));
            bolt.cdr(scene.ago(Duration.ofDays(2 + i)));
        }
    }

    private void fillCargo() {
        cargo = scene.kazoo.account("Cargo");
        scene.customer("cargo", cargo, KazooScene.ALL);
        Instant at = scene.ago(Duration.ofDays(3));
        pushed.addAll(List.of(
                cargo.recording(at), cargo.cdr(at), cargo.voicemail(cargo.box("1000"), at), cargo.fax("outbox", at)));
    }

    /** Each address is given out with another signature from now on. */
    private void sign(String secret) {
        String address = "https://pusher:" + secret + "@push.example.test:8443/in/a@b.mp3?X-Amz-Signature=" + secret + "&" + secret;
        pushed.forEach(row -> row.edit(json -> {
            json.put("url", address).put("recording_url", "https://push.example.test/#access_token=" + secret);
            json.putObject("of_tomorrow").putArray("copies").add("ftp://" + secret + "@push.example.test");
        }));
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void an_archive_of_everything_ends_with_zero() {
        assertThat(first.exit()).as(first.toString()).isZero();
        assertThat(second.exit()).as(second.toString()).isZero();
    }

    @Test
    void every_recording_voicemail_and_fax_is_stored_exactly_once_with_the_right_bytes() {
        Proofs.storedExactlyOnce(scene.nas(), "acme", items(acme));
        Proof.noLeftOvers(scene.callvault.folder());
    }

    @Test
    void every_row_of_every_feed_is_in_the_journal_as_it_came_and_once() {
        for (Feed feed : Feed.values()) {
            Proofs.journalHolds(scene.nas(), "acme", feed, acme.rows(feed));
            assertThat(scene.nas().journal("acme").records(feed.key()))
                    .as(feed.key())
                    .hasSameSizeAs(acme.rows(feed));
        }
        Proofs.journalHolds(scene.nas(), "bolt", Feed.CDRS, bolt.rows(Feed.CDRS));
    }

    @Test
    void a_call_over_the_edge_of_a_month_is_found() {
        Proofs.stored(scene.nas(), "acme", List.of(straddling));
    }

    @Test
    void a_wave_file_is_had_though_only_mpeg_may_be_asked_for() {
        assertStored(wave, "audio/", ".wav");
    }

    @Test
    void keys_nobody_knows_are_kept_in_the_journal_and_beside_the_recording() {
        JsonNode whole = extended.listed();
        assertThat(whole.has("key_of_the_future")).isTrue();
        assertThat(scene.nas().journal("acme").records("recordings")).contains(whole);
        assertThat(Json.read(Target.read(stored(extended).sidecar()))).isEqualTo(whole);
    }

    @Test
    void a_fax_comes_as_pdf_though_only_tiff_is_offered() {
        assertStored(fax, "application/pdf", ".pdf");
        assertStored(tiff, "image/tiff", ".tif");
    }

    @Test
    void only_the_named_users_recordings_are_asked_for_and_stored() {
        Proofs.storedExactlyOnce(scene.nas(), "bolt", ofUsers);
        assertThat(scene.kazoo.log(bolt))
                .filteredOn(asked -> asked.kind() == Asked.Kind.LIST && asked.path().endsWith("/recordings"))
                .isNotEmpty()
                .allMatch(asked -> asked.path().contains("/users/" + ann + "/")
                        || asked.path().contains("/users/" + bob + "/"));
    }

    @Test
    void each_item_costs_one_request() {
        for (Row row : items(acme)) {
            assertThat(scene.kazoo.contentRequests(row)).as(row.toString()).isEqualTo(1);
        }
        for (Row row : items(cargo)) {
            assertThat(scene.kazoo.contentRequests(row)).as(row.toString()).isEqualTo(1);
        }
        for (Row row : bolt.rows(Feed.RECORDINGS)) {
            assertThat(scene.kazoo.contentRequests(row)).as(row.toString()).isEqualTo(ofUsers.contains(row) ? 1 : 0);
        }
    }

    @Test
    void the_same_again_lists_and_asks_for_nothing_else() {
        assertThat(scene.kazoo.logSince(requestsOfFirst))
                .filteredOn(asked -> asked.number() <= requestsOfBoth)
                .isNotEmpty()
                .allMatch(asked -> asked.kind() == Asked.Kind.LIST || asked.kind() == Asked.Kind.TOKEN);
    }

    @Test
    void the_same_again_changes_nothing_in_the_target() {
        assertThat(afterFirst).isNotEmpty();
        assertThat(afterSecond).isEqualTo(afterFirst);
    }

    @Test
    void nothing_but_reading_is_asked_and_a_token_once_a_run() {
        Proofs.goodManners(scene.kazoo);
        assertThat(scene.kazoo.tokens().issued(acme)).isBetween(1, 2);
        assertThat(scene.kazoo.tokens().issued(bolt)).isBetween(1, 2);
        assertThat(scene.kazoo.buckets().refused()).isZero();
    }

    @Test
    void the_key_the_password_and_the_tokens_are_written_nowhere() {
        Proofs.secretsAreNowhere(scene);
    }

    @Test
    void secrets_in_the_addresses_that_records_hold_are_written_nowhere() {
        assertThat(pushed).allMatch(row -> row.served().stream().anyMatch(form -> form.toString().contains("sn0wy")));
        Proofs.secretsAreNowhere(scene, "sn0wy", "pusher");
    }

    @Test
    void what_else_these_records_say_is_kept_once_however_often_they_are_signed() {
        for (Feed feed : Feed.values()) {
            List<JsonNode> kept = scene.nas().journal("cargo").records(feed.key());
            assertThat(kept).as(feed.key()).singleElement().satisfies(record -> {
                assertThat(record.findValue("url").asText())
                        .isEqualTo("https://push.example.test:8443/in/a@b.mp3?X-Amz-Signature=redacted&redacted");
                assertThat(record.findValue("recording_url").asText())
                        .isEqualTo("https://push.example.test/#access_token=redacted");
                assertThat(record.findValue("copies").path(0).asText()).isEqualTo("ftp://push.example.test");
                assertThat(record.findValue("call_id").asText()).isNotEmpty();
            });
        }
        List<Row> items = items(cargo);
        assertThat(scene.nas().objects("cargo"))
                .hasSameSizeAs(items)
                .allSatisfy(stored -> assertThat(Json.read(Target.read(stored.sidecar())).findValue("url").asText())
                        .startsWith("https://push.example.test:8443/in/"));
        Proofs.stored(scene.nas(), "cargo", items);
    }

    @Test
    void status_says_what_is_stored_in_the_agreed_form() {
        assertThat(status.exit()).as(status.toString()).isZero();
        JsonNode said = KazooScene.of(status, "acme");
        assertThat(said.path("provider").asText()).isEqualTo("kazoo");
        assertThat(said.path("state").asText()).isEqualTo("ok");
        for (Feed feed : Feed.values()) {
            assertThat(said.path("records").path(feed.key()).asInt())
                    .as(feed.key())
                    .isEqualTo(acme.rows(feed).size());
        }
        int stored = items(acme).size();
        assertThat(said.path("items"))
                .isEqualTo(Json.read("{\"stored\":" + stored
                        + ",\"pending\":0,\"dead\":0,\"gone\":0,\"not-retained\":0,\"excluded\":0}"));
        assertThat(said.path("targets"))
                .isEqualTo(Json.read("[{\"target\":\"nas\",\"stored\":" + stored + ",\"pending\":0}]"));
        assertThat(said.path("not-visible").asInt()).isZero();
        assertThat(said.path("gates")).isNotEmpty();
    }

    @Test
    void the_report_says_complete_and_counts_each_feed() {
        assertThat(report.exit()).as(report.toString()).isZero();
        JsonNode said = KazooScene.of(report, "acme");
        assertThat(said.path("complete").asBoolean()).isTrue();
        assertThat(said.path("gaps")).isEmpty();
        assertThat(said.path("not-visible")).isEmpty();
        for (Feed feed : Feed.values()) {
            int listed = 0;
            int stored = 0;
            for (JsonNode day : said.path("days")) {
                boolean counts = day.path("feed").asText().equals(feed.key());
                listed += counts ? day.path("listed").asInt() : 0;
                stored += counts ? day.path("stored").path("nas").asInt() : 0;
            }
            assertThat(listed).as(feed.key()).isEqualTo(acme.rows(feed).size());
            assertThat(stored).as(feed.key()).isEqualTo(acme.blobs(feed).size());
        }
    }

    @Test
    void verify_reads_everything_back_and_finds_no_gap() {
        Outcome outcome = scene.run("verify");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    private void assertStored(Row row, String type, String extension) {
        Target.Stored stored = stored(row);
        assertThat(stored.path()).contains(extension);
        JsonNode event = scene.nas().journal("acme").events("stored").stream()
                .filter(each -> each.path("path").asText().equals(stored.path()))
                .findFirst()
                .orElseThrow();
        assertThat(event.path("type").asText()).startsWith(type);
    }

    private Target.Stored stored(Row row) {
        return scene.nas().objects("acme").stream()
                .filter(each -> each.sha256().equals(row.blob().sha256()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Row> items(Account account) {
        return account.rows().stream().filter(row -> row.blob() != null).toList();
    }
}
