// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.sandbox.ListingFaults;
import io.callvault.sandbox.ServerFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the provider has against what the ledger knows. */
class ReportRelistTest {

    @TempDir
    Path folder;

    private SmallArchive archive;

    @BeforeEach
    void archived() throws IOException {
        archive = new SmallArchive(folder);
        assertThat(archive.run("archive").exit()).isZero();
    }

    @AfterEach
    void close() {
        archive.close();
        System.clearProperty("callvault.test.secret");
        System.clearProperty("callvault.test.jwt");
    }

    private JsonNode relist(int exit, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--relist", "--json"));
        arguments.addAll(List.of(more));
        SmallArchive.Said said = archive.run("report", arguments.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isEqualTo(exit);
        return said.json().path("customers").path(0);
    }

    private static List<String> named(JsonNode report, String code) {
        List<String> named = new ArrayList<>();
        report.path("gaps").forEach(gap -> {
            if (gap.path("code").asText().equals(code)) {
                assertThat(gap.path("target").isNull()).isTrue();
                named.add(gap.path("item").asText());
            }
        });
        return named;
    }

    private int contentAsked() {
        return archive.sandbox.requests().contentRequests();
    }

    @Test
    void with_nothing_missing_it_only_lists_and_ends_with_zero() {
        int content = contentAsked();
        int lists = archive.sandbox.requests().listRequests();
        JsonNode report = relist(0);
        assertThat(report.path("complete").asBoolean()).isTrue();
        assertThat(report.path("gaps")).isEmpty();
        assertThat(contentAsked()).isEqualTo(content);
        assertThat(archive.sandbox.requests().listRequests()).isGreaterThan(lists);
        assertThat(archive.run("report", "--relist").out())
                .startsWith("acme: complete; 12 records listed, ")
                .contains("the provider listed 12 records again");
    }

    @Test
    void a_record_that_the_ledger_lost_with_all_of_it_is_named_by_its_item_and_archived_again() throws SQLException {
        String item = archive.text("SELECT item FROM item WHERE state = 'stored' ORDER BY item");
        String record = archive.text("SELECT record_id FROM item WHERE item = '" + item + "'");
        lose(record, item);
        JsonNode without = archive.run("report", "--json").json().path("customers").path(0);
        assertThat(without.path("gaps"))
                .as("only what lies in the targets without an explanation")
                .allMatch(gap -> gap.path("code").asText().equals("LEDGER_BEHIND_JOURNAL"));

        int content = contentAsked();
        JsonNode report = relist(3);
        assertThat(report.path("complete").asBoolean()).isFalse();
        assertThat(named(report, "REPORT_NOT_IN_LEDGER")).containsExactly(item);
        assertThat(report.path("gaps").path(0).path("reason").asText()).isEqualTo("not listed");
        assertThat(contentAsked()).isEqualTo(content);

        assertThat(archive.run("archive").exit()).isZero();
        assertThat(contentAsked()).isEqualTo(content + 1);
        assertThat(relist(0).path("gaps")).isEmpty();
    }

    @Test
    void a_record_without_an_item_is_named_itself() throws SQLException {
        String record = archive.text("SELECT id FROM record WHERE id NOT IN (SELECT record_id FROM item) ORDER BY id");
        lose(record, "none");
        assertThat(archive.run("report").exit()).as("nothing in the targets tells of it").isZero();
        assertThat(named(relist(3), "REPORT_NOT_IN_LEDGER")).containsExactly("calls/" + record);
        assertThat(relist(0).path("gaps")).isEmpty();
    }

    @Test
    void an_item_that_the_ledger_lost_of_a_record_it_has_is_named_and_due_again() throws SQLException {
        String item = archive.text("SELECT item FROM item WHERE state = 'stored' ORDER BY item DESC");
        archive.change("DELETE FROM receipt WHERE item = '" + item + "'");
        archive.change("DELETE FROM item WHERE item = '" + item + "'");
        assertThat(named(relist(3), "REPORT_NOT_IN_LEDGER")).containsExactly(item);
        assertThat(archive.text("SELECT state FROM item WHERE item = '" + item + "'")).isEqualTo("due");
        assertThat(archive.run("archive").exit()).isZero();
        assertThat(relist(0).path("gaps")).isEmpty();
    }

    @Test
    void a_record_of_which_only_a_revision_is_left_is_named_and_whole_again() throws SQLException {
        String record = archive.text("SELECT id FROM record ORDER BY id");
        archive.change("DELETE FROM record WHERE id = '" + record + "'");
        assertThat(named(relist(3), "REPORT_NOT_IN_LEDGER")).containsExactly("calls/" + record);
        assertThat(relist(0).path("gaps")).isEmpty();
    }

    @Test
    void a_record_that_changed_at_the_provider_is_told_apart() throws SQLException {
        String record = archive.text("SELECT id FROM record ORDER BY id");
        archive.sandbox.faults().add(ListingFaults.rows(
                "rewritten",
                row -> row.path("id").asText().equals(record),
                row -> ((ObjectNode) row).put("result", "Rewritten")));
        JsonNode report = relist(3);
        assertThat(named(report, "REPORT_NOT_IN_LEDGER")).isEmpty();
        assertThat(named(report, "REPORT_REVISION_OUTDATED")).containsExactly("calls/" + record);
        assertThat(report.path("gaps").path(0).path("reason").asText()).isEqualTo("the source has a newer revision");
        assertThat(relist(0).path("gaps")).isEmpty();
    }

    @Test
    void what_lies_outside_from_and_to_is_neither_asked_for_nor_named() throws SQLException {
        String record = archive.text("SELECT id FROM record WHERE id NOT IN (SELECT record_id FROM item) ORDER BY id");
        String day = archive.text("SELECT SUBSTR(started_at, 1, 10) FROM record WHERE id = '" + record + "'");
        lose(record, "none");
        assertThat(relist(0, "--from", "2000-01-01", "--to", day + "T00:00:00Z").path("gaps")).isEmpty();
        assertThat(named(relist(3, "--from", day + "T00:00:00Z"), "REPORT_NOT_IN_LEDGER"))
                .containsExactly("calls/" + record);
    }

    @Test
    void a_call_that_began_after_the_last_listing_is_not_missing_yet() throws SQLException {
        String hourAgo = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS).toString();
        archive.change("UPDATE listed SET listed_until = '" + hourAgo.replace("Z", ".000Z") + "'");
        archive.sandbox.ring();
        assertThat(relist(0).path("gaps")).isEmpty();
    }

    @Test
    void a_listing_that_is_refused_is_said() {
        archive.sandbox.faults().add(ServerFaults.unavailableFor(Duration.ofSeconds(1)).onPath("/call-log"));
        JsonNode report = relist(3);
        assertThat(report.path("gaps")).hasSize(1);
        assertThat(report.path("gaps").path(0).path("item").asText()).startsWith("listing calls from ");
        assertThat(report.path("gaps").path(0).path("code").asText()).isEqualTo("PROVIDER_BUSY");
    }

    @Test
    void a_customer_that_may_not_be_listed_ends_with_four() {
        archive.sandbox.faults().add(ServerFaults.applicationLacks("ReadCallLog").onPath("/call-log"));
        JsonNode report = relist(4);
        assertThat(report.path("gaps").path(0).path("code").asText()).isEqualTo("PERMISSION_MISSING");
    }

    @Test
    void without_a_ledger_nobody_is_asked(@TempDir Path empty) throws IOException {
        try (SmallArchive none = new SmallArchive(empty)) {
            SmallArchive.Said said = none.run("report", "--relist");
            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(none.sandbox.requests().listRequests()).isZero();
            assertThat(Files.exists(empty.resolve("data/ledger.db"))).isFalse();
        }
    }

    /** As if it had never been listed. */
    private void lose(String record, String item) throws SQLException {
        archive.change("DELETE FROM receipt WHERE item = '" + item + "'");
        archive.change("DELETE FROM item WHERE item = '" + item + "'");
        archive.change("DELETE FROM revision WHERE record_id = '" + record + "'");
        assertThat(archive.change("DELETE FROM record WHERE id = '" + record + "'")).isEqualTo(1);
    }
}
