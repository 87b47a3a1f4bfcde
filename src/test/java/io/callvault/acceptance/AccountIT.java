// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.RateGroups.Group;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the account itself says and permits: how long it keeps things, whose call logs it shows, what it tells of recordings. */
class AccountIT {

    private static final String COMPANY = "/restapi/v1.0/account/~/call-log";

    @TempDir
    Path temporary;

    private Scene scene;
    private final List<Media> recordings = new ArrayList<>();

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
        recordings.addAll(scene.recordedCalls(4));
    }

    @AfterEach
    void close() {
        assertThat(scene.lookalike.violations()).isEmpty();
        assertThat(scene.lookalike.groups().intoPenalty()).isZero();
        scene.close();
    }

    // --- retention --------------------------------------------------------------------------------------------------

    @Test
    void what_the_account_deletes_first_is_fetched_first_although_it_is_the_youngest() {
        scene.lookalike.switches().recordingsKept(90, 8);
        Media byHand = scene.acme.recording();
        Instant start = scene.ago(Duration.ofHours(20));
        scene.acme.call(start).recorded(byHand).onDemand();
        recordings.add(byHand);
        recordings.forEach(recording -> recording.fails(Fault.NOT_READY));
        assertThat(scene.archive().exit()).isEqualTo(3);
        assertThat(Instant.parse(scene.status().path("first-loss").asText()))
                .isEqualTo(start.plus(Duration.ofDays(8)));
        // The next run asks in vain, and knows it still.
        scene.lookalike.switches().settings(Answer.html(500, "text/html"));
        scene.lookalike.groups().limit(Group.HEAVY, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        int before = scene.lookalike.requests();

        Outcome outcome = scene.archive();

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        List<Seen> asked = scene.lookalike.logSince(before).stream()
                .filter(seen -> seen.kind() == Seen.Kind.CONTENT)
                .toList();
        assertThat(asked).hasSize(5);
        assertThat(asked.subList(0, 2))
                .as("who comes to an open gate first goes at once; then the first to be lost")
                .extracting(Seen::path)
                .contains(byHand.path());
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    private static List<Answer> unhelpful() {
        return List.of(
                Answer.error(403, "CMN-408", "user needs to have [ReadCompanyInfo] permission"),
                Answer.error(404, "CMN-120", "Invalid URI"),
                Answer.error(501, "CMN-201", "Not implemented"),
                Answer.html(200, "text/html"),
                Answer.html(503, "text/html"),
                Answer.json(200, Json.object().put("automatic", "for ever")));
    }

    /** Each before a customer of its own. */
    @Test
    void an_archive_ends_as_without_whatever_is_answered_and_asks_once() {
        Map<String, Lookalike> providers = new LinkedHashMap<>();
        Map<String, List<Media>> stored = new HashMap<>();
        try {
            for (Answer answer : unhelpful()) {
                String customer = "unhelpful" + providers.size();
                Lookalike provider = new Lookalike();
                providers.put(customer, provider);
                provider.switches().settings(answer);
                stored.put(customer, scene.recordedCalls(scene.customer(customer, provider, "calls, messages"), 4));
            }
            Outcome outcome = scene.archive();
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
            providers.forEach((customer, provider) -> {
                Proof.storedExactlyOnce(scene.nas(), customer, stored.get(customer));
                assertThat(provider.log().stream().filter(seen -> seen.kind() == Seen.Kind.SETTINGS))
                        .as(customer)
                        .hasSizeLessThanOrEqualTo(2)
                        .extracting(Seen::path)
                        .doesNotHaveDuplicates();
                assertThat(provider.violations()).isEmpty();
                assertThat(provider.groups().intoPenalty()).isZero();
            });
        } finally {
            providers.values().forEach(Lookalike::close);
        }
    }

    @Test
    void what_the_operator_says_of_messages_is_not_asked() {
        scene.settings.set("customer.acme.feeds", "messages");
        scene.settings.set("customer.acme.message-retention", "7d");
        assertThat(scene.archive().exit()).isZero();
        assertThat(scene.lookalike.log()).noneMatch(seen -> seen.kind() == Seen.Kind.SETTINGS);
    }

    // --- call logs of extensions ------------------------------------------------------------------------------------

    @Test
    void where_the_companys_log_is_refused_everything_is_stored_through_extensions_and_that_is_said() {
        scene.acme.extension("700800901", "User").extension("700800902", "Department").extension("700800903", "IvrMenu");
        recordedAt("700800901", Duration.ofDays(12));
        recordedAt("700800902", Duration.ofDays(40));
        scene.acme.denyCallLog();

        Outcome outcome = scene.archive();

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.said()).contains("FullCompanyCallLog");
        assertArchived();
        Outcome status = scene.run("status");
        assertThat(status.out()).contains("extension by extension").contains("FullCompanyCallLog");
        Outcome report = scene.run("report");
        assertThat(report.exit()).as(report.toString()).isZero();
        assertThat(report.out()).contains("extension by extension").contains("FullCompanyCallLog");
        assertThat(scene.run("report", "--json").json().path("customers").path(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("customer", "complete", "journal-heads", "days", "gaps", "not-visible");
    }

    @Test
    void a_permission_granted_later_ends_it_and_fetches_nothing_twice() {
        scene.acme.extension("700800901", "User");
        recordedAt("700800901", Duration.ofDays(12));
        scene.acme.denyCallLog();
        assertThat(scene.archive().exit()).isZero();
        scene.acme.permitCallLog();
        recordedAt("700800901", Duration.ofHours(25));
        int before = scene.lookalike.requests();

        Outcome outcome = scene.archive();

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertArchived();
        assertThat(scene.lookalike.logSince(before))
                .filteredOn(seen -> seen.path().endsWith("/call-log"))
                .isNotEmpty()
                .allMatch(seen -> seen.path().equals(COMPANY));
        assertThat(scene.run("status").out()).doesNotContain("extension by extension");
        Outcome report = scene.run("report");
        assertThat(report.exit()).as(report.toString()).isZero();
        assertThat(report.out()).doesNotContain("extension by extension");
    }

    @Test
    void an_extension_whose_log_is_refused_too_is_not_visible() {
        scene.acme.extension("700800901", "User").forbid("700800901");
        scene.acme.denyCallLog();
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        assertArchived();
        assertThat(scene.status().path("not-visible").asInt()).isEqualTo(1);
        JsonNode hidden = scene.run("report", "--json").json().at("/customers/0/not-visible");
        assertThat(hidden).hasSize(1);
        assertThat(hidden.at("/0/extension").asText()).isEqualTo("700800901");

        scene.acme.permitCallLog();
        outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(scene.status().path("not-visible").asInt()).isZero();
    }

    // --- metadata ---------------------------------------------------------------------------------------------------

    @Test
    void what_is_said_of_recordings_is_asked_only_if_it_is_wanted_and_once() {
        assertThat(scene.archive().exit()).isZero();
        Proof.goodManners(scene.lookalike);
        scene.settings.set("customer.acme.recording-metadata", "true");
        Media wanted = recordedAt(scene.acme.firstExtension(), Duration.ofHours(26));
        Media removed = recordedAt(scene.acme.firstExtension(), Duration.ofHours(27));
        assertThat(scene.archive().exit()).isZero();
        assertThat(scene.archive().exit()).isZero();

        assertThat(scene.lookalike.log().stream().filter(seen -> seen.kind() == Seen.Kind.METADATA))
                .extracting(Seen::path)
                .containsExactlyInAnyOrder(metadata(wanted), metadata(removed));
        assertThat(scene.nas().journal("acme").events("metadata"))
                .extracting(event -> event.path("metadata").path("id").asText())
                .containsExactlyInAnyOrder(wanted.id(), removed.id());
        assertArchived();
        assertThat(scene.run("forecast").out()).contains("each item 2");
    }

    private Media recordedAt(String extension, Duration ago) {
        Media recording = scene.acme.recording();
        scene.acme.call(scene.ago(ago)).recorded(recording).of(extension);
        recordings.add(recording);
        return recording;
    }

    private static String metadata(Media recording) {
        return "/restapi/v1.0/account/~/recording/" + recording.id();
    }

    private void assertArchived() {
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        Proof.journalMatchesObjects(scene.nas(), "acme");
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
        for (Media recording : recordings) {
            assertThat(scene.lookalike.contentRequests(recording)).as(recording.toString()).isEqualTo(1);
        }
    }
}
