// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    @TempDir
    Path folder;

    private SmallArchive archive;

    @BeforeEach
    void archive() throws IOException {
        archive = SmallArchive.archived(folder);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private JsonNode report(int exit, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(arguments));
        SmallArchive.Said said = archive.run("report", all.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isEqualTo(exit);
        assertThat(said.json().path("customers")).hasSize(1);
        JsonNode acme = said.json().path("customers").path(0);
        assertThat(acme.path("complete").asBoolean()).isEqualTo(exit == 0);
        return acme;
    }

    private void assertOnlyGap(String item, String target, String reason, String code) {
        JsonNode gaps = report(3).path("gaps");
        assertThat(gaps).as(gaps.toPrettyString()).hasSize(1);
        assertThat(gaps.path(0).path("item").asText(null)).isEqualTo(item);
        assertThat(gaps.path(0).path("target").asText(null)).isEqualTo(target);
        assertThat(gaps.path(0).path("reason").asText()).isEqualTo(reason);
        assertThat(gaps.path(0).path("code").asText()).isEqualTo(code);
    }

    private String itemAt(String path) throws SQLException {
        return archive.text("SELECT item FROM item WHERE path = '" + path + "'");
    }

    @Test
    void a_good_archive_is_complete_day_by_day_and_at_each_target() throws SQLException {
        JsonNode acme = report(0);
        long listed = 0;
        long items = 0;
        long vault = 0;
        for (JsonNode day : acme.path("days")) {
            listed += day.path("listed").asLong();
            items += day.path("items").asLong();
            vault += day.path("stored").path("vault").asLong();
            assertThat(day.path("stored").path("nas")).isEqualTo(day.path("stored").path("vault"));
        }
        assertThat(listed).isEqualTo(SmallArchive.CALLS);
        assertThat(items).isEqualTo(Long.parseLong(archive.text("SELECT COUNT(*) FROM item")));
        assertThat(vault).isEqualTo(SmallArchive.RECORDINGS);
        assertThat(acme.path("gaps")).isEmpty();
        assertThat(acme.path("journal-heads").path("vault").asText())
                .isEqualTo(archive.text(
                        "SELECT sha256 FROM journal_object WHERE target = 'vault' ORDER BY number DESC LIMIT 1"));
    }

    @Test
    void what_was_released_at_the_provider_is_counted_when_anything_was() throws IOException, SQLException {
        assertThat(report(0).has("releases")).isFalse();
        assertThat(archive.run("report").out()).doesNotContain("release");
        String began = archive.text("SELECT MIN(started_at) FROM item WHERE state = 'stored'");
        archive.change("INSERT INTO release (customer, item, feed, record_id, mode, outcome, asked_at)"
                + " SELECT customer, item, feed, record_id, 'delete', CASE WHEN started_at = '" + began
                + "' THEN 'gone' ELSE 'released' END, '2026-03-01T00:00:00.000Z' FROM item WHERE state = 'stored'");

        JsonNode releases = report(0).path("releases");
        String released = archive.text("SELECT COUNT(*) FROM release WHERE outcome = 'released'");
        String gone = archive.text("SELECT COUNT(*) FROM release WHERE outcome = 'gone'"); // calls may begin together
        assertThat(releases)
                .isEqualTo(ExactJson.MAPPER.readTree(
                        "{\"released\":" + released + ",\"gone\":" + gone + ",\"refused\":0,\"asked\":0}"));
        assertThat(archive.run("report").out())
                .contains(String.format("  release at the source: %s released, %s gone%n", released, gone));
        assertThat(report(0, "--to", began).has("releases")).isFalse();
        assertThat(report(0, "--from", began).path("releases")).isEqualTo(releases);
    }

    @Test
    void a_day_is_one_of_the_customers_time_zone_and_so_are_from_and_to() {
        JsonNode first = report(0).path("days").path(0);
        String day = first.path("day").asText();
        JsonNode one = report(0, "--from", day, "--to", day).path("days");
        assertThat(one).isNotEmpty().allMatch(each -> each.path("day").asText().equals(day));
        assertThat(one.path(0)).isEqualTo(first);
        assertThat(report(0, "--from", "2000-01-01", "--to", "2000-01-02").path("days")).isEmpty();
    }

    @Test
    void an_object_that_was_deleted_is_exactly_that_gap() throws IOException, SQLException {
        String path = archive.objects("vault").get(2);
        Files.delete(archive.file("vault", path));
        assertOnlyGap(itemAt(path), "vault", "missing", "STORE_OBJECT_MISSING");
    }

    @Test
    void a_sidecar_that_was_deleted_is_exactly_that_gap() throws IOException, SQLException {
        String path = archive.objects("nas").get(0);
        Files.delete(archive.file("nas", path + ".json"));
        assertOnlyGap(itemAt(path), "nas", "sidecar missing", "STORE_OBJECT_MISSING");
    }

    @Test
    void a_journal_object_that_was_deleted_is_exactly_that_gap() throws IOException {
        String path = archive.journal("nas").get(0);
        Files.delete(archive.file("nas", path));
        assertOnlyGap(path, "nas", "missing", "STORE_OBJECT_MISSING");
    }

    @Test
    void an_object_of_another_length_is_not_proved() throws IOException, SQLException {
        String path = archive.objects("vault").get(1);
        long length = Files.size(archive.file("vault", path));
        archive.replace("vault", path, new byte[] {1, 2, 3});
        assertOnlyGap(
                itemAt(path),
                "vault",
                "length differs: 3 instead of " + length + " bytes",
                "STORE_NOT_PROVED");
    }

    @Test
    void a_receipt_that_the_ledger_lost_shows_up_as_its_object() throws IOException, SQLException {
        String path = archive.objects("vault").get(0);
        assertThat(archive.change("DELETE FROM receipt WHERE target = 'vault' AND path = '" + path + "'"))
                .isEqualTo(1);
        assertOnlyGap(path, "vault", "not in the ledger", "LEDGER_BEHIND_JOURNAL");
    }

    @Test
    void an_item_that_the_ledger_lost_shows_up_as_its_object_at_each_target() throws IOException, SQLException {
        String path = archive.objects("vault").get(0);
        assertThat(archive.change("DELETE FROM item WHERE path = '" + path + "'"))
                .isEqualTo(1);
        JsonNode gaps = report(3).path("gaps");
        assertThat(gaps).extracting(gap -> gap.path("item").asText()).containsExactly(path, path);
        assertThat(gaps).extracting(gap -> gap.path("target").asText()).containsExactly("nas", "vault");
    }

    @Test
    void a_record_or_a_revision_that_the_ledger_lost_shows_up_as_that() throws SQLException {
        String id = archive.text("SELECT record_id FROM item");
        assertThat(archive.change("DELETE FROM record WHERE id = '" + id + "'")).isEqualTo(1);
        assertOnlyGap("calls/" + id, null, "not whole in the ledger", "LEDGER_BEHIND_JOURNAL");
    }

    @Test
    void a_revision_that_the_ledger_lost_shows_up_as_its_record() throws SQLException {
        String id = archive.text("SELECT record_id FROM item");
        assertThat(archive.change("DELETE FROM revision WHERE record_id = '" + id + "'"))
                .isEqualTo(1);
        assertOnlyGap("calls/" + id, null, "not whole in the ledger", "LEDGER_BEHIND_JOURNAL");
    }

    @Test
    void a_journal_object_that_the_ledger_lost_shows_up_as_that() throws IOException, SQLException {
        String path = archive.journal("vault").get(0);
        archive.change("DELETE FROM journal_object WHERE target = 'vault' AND object_key = '" + path + "'");
        assertOnlyGap(path, "vault", "not in the ledger", "LEDGER_BEHIND_JOURNAL");
    }

    @Test
    void a_target_that_is_not_there_is_one_gap() throws IOException {
        Files.move(folder.resolve("vault"), folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("vault"), "no directory");
        JsonNode gaps = report(3).path("gaps");
        assertThat(gaps).hasSize(1);
        assertThat(gaps.path(0).path("target").asText()).isEqualTo("vault");
        assertThat(gaps.path(0).path("item").isNull()).isTrue();
        assertThat(gaps.path(0).path("code").asText()).startsWith("STORE_");
    }

    @Test
    void a_listing_that_is_not_over_is_incomplete() throws SQLException {
        archive.change("UPDATE listing_window SET closed_at = NULL, code = 'LISTING_FOREIGN_LINK', sentence = 'elsewhere'"
                + " WHERE number = 1");
        JsonNode gaps = report(3).path("gaps");
        assertThat(gaps).hasSize(1);
        assertThat(gaps.path(0).path("item").asText()).startsWith("listing calls from ");
        assertThat(gaps.path(0).path("code").asText()).isEqualTo("LISTING_FOREIGN_LINK");
    }

    @Test
    void a_listing_that_was_interrupted_is_behind_for_status_too() throws SQLException {
        assertThat(status("state")).isEqualTo("ok");
        archive.change("UPDATE listing_window SET closed_at = NULL WHERE number = 1");
        assertThat(report(3).path("gaps")).hasSize(1);
        assertThat(status("state")).isEqualTo("behind");
        assertThat(archive.run("status").out()).contains("incomplete: the listing of calls from ");
        archive.change("INSERT INTO not_visible VALUES ('acme', 'calls', '', 403, NULL, NULL, '', '')");
        assertThat(archive.run("status").out())
                .as("that it cannot be seen says it all")
                .doesNotContain("incomplete: ");
    }

    private String status(String field) {
        return archive.run("status", "--json").json().path("customers").path(0).path(field).asText();
    }

    @Test
    void gone_is_accounted_for_and_pending_is_not() throws SQLException {
        String gone = archive.text("SELECT item FROM item");
        archive.change("UPDATE item SET state = 'gone' WHERE item = '" + gone + "'");
        assertThat(report(0).path("gaps")).isEmpty();
        archive.change("UPDATE item SET state = 'due' WHERE item = '" + gone + "'");
        assertThat(report(3).path("gaps")).isEmpty();
    }

    @Test
    void people_and_spreadsheets_read_the_same() throws IOException {
        String path = archive.objects("vault").get(2);
        Files.delete(archive.file("vault", path));
        SmallArchive.Said text = archive.run("report");
        assertThat(text.exit()).isEqualTo(3);
        assertThat(text.out())
                .startsWith("acme: incomplete; 12 records listed, ")
                .contains("at target vault missing [STORE_OBJECT_MISSING]")
                .contains("journal at vault: head ");
        SmallArchive.Said csv = archive.run("report", "--csv");
        assertThat(csv.exit()).isEqualTo(3);
        assertThat(csv.out())
                .startsWith("kind,customer,day,feed,extension,listed,items,stored in nas,stored in vault,pending,dead,gone,"
                        + "not-retained,excluded,item,target,status,code,reason\r\n")
                .contains(",vault,,STORE_OBJECT_MISSING,missing\r\n");
        assertThat(csv.out().lines()).allMatch(line -> line.chars().filter(c -> c == ',').count() == 18);
        assertThat(archive.run("report", "--csv", "--json").exit()).isEqualTo(2);
    }

    @Test
    void before_the_first_archive_nothing_is_complete(@TempDir Path empty) throws IOException {
        try (SmallArchive none = new SmallArchive(empty)) {
            SmallArchive.Said said = none.run("report", "--json");
            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(said.json().path("customers").path(0).path("gaps").path(0).path("reason").asText())
                    .isEqualTo("never listed");
            assertThat(empty.resolve("data/ledger.db")).doesNotExist();
        }
    }
}
