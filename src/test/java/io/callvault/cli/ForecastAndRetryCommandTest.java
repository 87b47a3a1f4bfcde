// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastAndRetryCommandTest {

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

    @Test
    void a_forecast_counts_what_came_in_and_what_the_learned_budget_can_fetch() throws SQLException {
        SmallArchive.Said said = archive.run("forecast", "--json");
        assertThat(said.exit()).as(said.toString()).isZero();
        JsonNode acme = said.json().path("customers").path(0);
        assertThat(acme.path("customer").asText()).isEqualTo("acme");
        JsonNode heavy = acme.path("groups").path(0);
        assertThat(heavy.path("group").asText()).isEqualTo("heavy");
        assertThat(heavy.path("lanes").asInt()).isEqualTo(1);
        assertThat(heavy.path("budget-a-day").asDouble()).as("a million a minute, learned").isEqualTo(1.44e9);
        assertThat(heavy.path("inflow-a-day-30").asDouble()).isEqualTo(0.2);
        assertThat(heavy.path("listing-a-day").asDouble()).isPositive();
        assertThat(heavy.path("due").asInt()).isZero();
        assertThat(heavy.path("days-to-done").asDouble()).isZero();
        assertThat(heavy.path("lost-a-day").asDouble()).isZero();
        assertThat(heavy.path("lanes-enough").asInt()).isEqualTo(1);

        archive.change("UPDATE gate SET request_limit = 1, window_seconds = 86400");
        archive.change("UPDATE item SET state = 'due' WHERE state = 'stored'");
        JsonNode poor = archive.run("forecast", "--json").json().path("customers").path(0).path("groups").path(0);
        assertThat(poor.path("due").asInt()).isEqualTo(SmallArchive.RECORDINGS);
        assertThat(poor.path("capacity-a-day").asDouble()).isEqualTo(0.8);
        assertThat(poor.path("days-to-done").asDouble()).isGreaterThan(5);
        archive.change("UPDATE item SET loss_at = strftime('%Y-%m-%dT00:00:00.000Z', 'now', '+2 days')");
        assertThat(archive.run("forecast").out())
                .as("the loss comes first")
                .startsWith(String.format("acme, group heavy:%n  LOSES      "));
        archive.change("UPDATE item SET loss_at = '9999-12-31T00:00:00.000Z'");
        SmallArchive.Said text = archive.run("forecast");
        assertThat(text.out())
                .startsWith(String.format("acme, group heavy:%n  loses      nothing%n  comes in   "))
                .contains("can go out 1 a day: 1 lane may ask 1 times")
                .contains("due now    6 items, done in ");
        archive.configure("customer.acme.recording-metadata = true");
        assertThat(archive.run("forecast").out()).contains("listing takes 0 of them, each item 2");
        JsonNode halved = archive.run("forecast", "--json").json().path("customers").path(0).path("groups").path(0);
        assertThat(halved.path("capacity-a-day").asDouble()).isEqualTo(0.4);
    }

    @Test
    void a_dry_run_and_a_forecast_count_with_the_share_of_the_budget_that_may_be_used() throws SQLException {
        archive.change("UPDATE gate SET request_limit = 10, window_seconds = 60");
        archive.change("UPDATE item SET state = 'due' WHERE state = 'stored'");
        archive.change("UPDATE listing_window SET pages = 0");
        assertDryRun("0 min 36 s");
        archive.configure("gate.ringcentral.heavy.share = 50%");
        assertDryRun("1 min 12 s");
        assertThat(heavyBudget()).isEqualTo(5 * 1440);
        archive.configure("customer.acme.recording-metadata = true");
        assertDryRun("2 min 24 s");
        archive.change("UPDATE gate SET request_limit = 1");
        assertDryRun("12 min 0 s");
        assertThat(heavyBudget()).as("a gate lets one through at least").isEqualTo(1440);
    }

    private void assertDryRun(String time) {
        SmallArchive.Said said = archive.run("archive", "--dry-run");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .isEqualTo(String.format("acme: 6 items due; at the present budget this takes about %s%n", time));
    }

    private double heavyBudget() {
        JsonNode acme = archive.run("forecast", "--json").json().path("customers").path(0);
        return acme.path("groups").path(0).path("budget-a-day").asDouble();
    }

    @Test
    void a_dry_run_counts_each_group_with_its_own_budget_at_once() throws SQLException {
        archive.change("UPDATE gate SET request_limit = 10, window_seconds = 60");
        archive.change("UPDATE item SET state = 'due' WHERE state = 'stored'");
        archive.change("UPDATE listing_window SET pages = 0");
        archive.configure("gate.ringcentral.medium.limit = 2");
        archive.change("UPDATE item SET api_group = 'medium' WHERE item IN (SELECT item FROM item LIMIT 2)");
        assertDryRun("1 min 0 s");
    }

    @Test
    void retry_makes_what_was_given_up_due_and_a_dry_run_only_names_it() throws SQLException {
        String item = archive.text("SELECT item FROM item WHERE state = 'stored'");
        archive.change("UPDATE item SET state = 'dead', attempts = 7, code = 'CONTENT_SHORT' WHERE item = '" + item + "'");
        SmallArchive.Said dry = archive.run("retry", "--dry-run");
        assertThat(dry.exit()).as(dry.toString()).isZero();
        assertThat(dry.out())
                .isEqualTo("acme calls " + item + " CONTENT_SHORT\nacme: 1 item would be made due again\n"
                        .replace("\n", System.lineSeparator()));
        assertThat(archive.run("retry", "--code", "content_empty").out()).startsWith("acme: 0 items made due again");
        SmallArchive.Said unknown = archive.run("retry", "--code", "content_shrt");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("--code content_shrt: there is no such error code");
        SmallArchive.Said nonsense = archive.run("retry", "--feed", "nonsense");
        assertThat(nonsense.exit()).isEqualTo(2);
        assertThat(nonsense.err()).startsWith("--feed nonsense: there is no such feed; there are calls, messages");
        assertThat(state(item)).isEqualTo("dead");
        SmallArchive.Said said = archive.run("retry", "--code", "content_short", "--feed", "calls", "--item", item);
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out()).startsWith("acme: 1 item made due again");
        assertThat(state(item)).isEqualTo("due");
        assertThat(archive.text("SELECT attempts FROM item WHERE item = '" + item + "'")).isEqualTo("0");
    }

    @Test
    void before_the_first_archive_there_is_nothing_to_say(@TempDir Path empty) throws IOException {
        try (SmallArchive none = new SmallArchive(empty)) {
            assertThat(none.run("retry").exit()).isZero();
            assertThat(none.run("forecast").out()).startsWith("Nothing is known yet");
            assertThat(none.run("forecast", "--json").json().path("customers").path(0).path("groups")).isEmpty();
            assertThat(none.run("verify").exit()).isEqualTo(3);
            assertThat(empty.resolve("data")).doesNotExist();
        }
    }

    private String state(String item) throws SQLException {
        return archive.text("SELECT state FROM item WHERE item = '" + item + "'");
    }
}
