// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallLogEndpointsTest {

    private static final String LOG = "/restapi/v1.0/account/~/call-log";
    private static final String SINCE = "dateFrom=2026-01-01T00:00:00Z";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.demo().withPerPageCap(50), clock);
    private final Caller caller = Caller.signedIn(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void tells_neither_totals_nor_more_rows_than_its_cap() {
        JsonNode page = caller.json(LOG + "?perPage=1000&view=Detailed&" + SINCE);
        assertThat(page.get("records")).hasSize(50);
        assertThat(page.at("/paging/perPage").asInt()).isEqualTo(50);
        assertThat(page.at("/paging/pageEnd").asInt()).isEqualTo(49);
        assertThat(page.get("paging").has("totalElements")).isFalse();
        assertThat(page.get("navigation").has("lastPage")).isFalse();
        assertThat(page.at("/navigation/nextPage/uri").asText())
                .startsWith(sandbox.server() + "/restapi/v1.0/account/100200300/call-log?")
                .contains("view=Detailed", "dateFrom=2026-01-01T00%3A00%3A00Z", "page=2", "perPage=50");
    }

    @Test
    void the_last_page_has_no_link_to_a_next_one() {
        JsonNode last = caller.json(LOG + "?page=3&perPage=50&" + SINCE);
        assertThat(last.get("records")).hasSize(20);
        assertThat(last.at("/paging/pageStart").asInt()).isEqualTo(100);
        assertThat(last.get("navigation").has("nextPage")).isFalse();
        assertThat(last.get("navigation").has("previousPage")).isTrue();
        JsonNode beyond = caller.json(LOG + "?page=4&perPage=50&" + SINCE);
        assertThat(beyond.get("records")).isEmpty();
        assertThat(beyond.get("paging").has("pageStart")).isFalse();
    }

    @Test
    void newest_first_by_start() {
        List<Instant> starts = caller.all(LOG + "?" + SINCE).stream()
                .map(row -> Instant.parse(row.get("startTime").asText()))
                .toList();
        assertThat(starts).hasSize(120).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(starts.get(0)).isBefore(clock.instant());
        assertThat(starts.get(119)).isAfterOrEqualTo(Instant.parse("2026-02-10T17:00:00Z"));
    }

    @Test
    void without_dates_it_is_the_last_day() {
        Instant yesterday = Instant.parse("2026-03-11T17:00:00Z");
        long expected = sandbox.truth().calls().stream()
                .filter(call -> !Instant.parse(call.start()).isBefore(yesterday))
                .count();
        assertThat(expected).isPositive();
        assertThat(caller.all(LOG)).hasSize((int) expected);
    }

    @Test
    void only_the_detailed_view_has_legs() {
        JsonNode simple = caller.json(LOG + "?" + SINCE).at("/records/0");
        JsonNode detailed = caller.json(LOG + "?view=Detailed&" + SINCE).at("/records/0");
        assertThat(simple.has("legs")).isFalse();
        assertThat(simple.has("lastModifiedTime")).isFalse();
        assertThat(detailed.at("/legs/0/master").asBoolean()).isTrue();
        assertThat(detailed.at("/legs/0").has("id")).isFalse();
        assertThat(detailed.has("billing")).isTrue();
        assertThat(detailed.get("id").isTextual()).isTrue();
        assertThat(detailed.at("/extension/id").isIntegralNumber()).isTrue();
    }

    @Test
    void the_company_has_one_of_every_kind_of_call() {
        List<JsonNode> rows = caller.all(LOG + "?view=Detailed&" + SINCE);
        assertThat(rows).anyMatch(row -> row.path("shortRecording").asBoolean() && !row.has("recording"));
        assertThat(rows).anyMatch(row -> !row.has("from"));
        assertThat(rows).anyMatch(row -> row.at("/message/type").asText().equals("VoiceMail"));
        assertThat(rows).anyMatch(row -> row.at("/message/type").asText().equals("Fax")
                && row.get("type").asText().equals("Fax"));
        assertThat(rows).anyMatch(row -> row.has("transferTarget"));
        assertThat(rows).anyMatch(row -> !row.has("recording") && row.at("/legs/1").has("recording"));
        assertThat(rows)
                .anyMatch(row -> row.has("recording")
                        && row.at("/legs/1").has("recording")
                        && !row.get("recording").equals(row.at("/legs/1/recording")));
        assertThat(rows).anyMatch(row -> row.at("/from/name").asText().startsWith("=HYPERLINK"));
        assertThat(rows).anyMatch(row -> row.get("result").asText().equals("Missed"));
        assertThat(rows).anyMatch(row -> row.get("direction").asText().equals("Outbound"));
        Set<String> onRows = new HashSet<>();
        assertThat(rows).as("one recording on two rows").anyMatch(row -> row.has("recording")
                && !onRows.add(row.at("/recording/id").asText()));
    }

    @Test
    void filters_as_it_is_told() {
        assertThat(caller.all(LOG + "?type=Fax&" + SINCE)).allMatch(row -> row.get("type").asText().equals("Fax"));
        assertThat(caller.all(LOG + "?direction=Outbound&" + SINCE))
                .isNotEmpty()
                .allMatch(row -> row.get("direction").asText().equals("Outbound"));
        assertThat(caller.all(LOG + "?recordingType=OnDemand&" + SINCE))
                .allMatch(row -> row.at("/recording/type").asText().equals("OnDemand"));
        assertThat(caller.all("/restapi/v1.0/account/100200300/extension/700800900/call-log?" + SINCE))
                .isNotEmpty()
                .hasSizeLessThan(120);
        String id = sandbox.truth().calls().get(0).id();
        assertThat(caller.json(LOG + "/" + id).get("id").asText()).isEqualTo(id);
    }

    @Test
    void refuses_values_it_cannot_read() {
        for (String bad : List.of(
                "view=Full", "perPage=0", "perPage=x", "page=0", "page=1001", "dateFrom=yesterday", "type=Voice,Fax",
                "showDeleted=maybe", "dateFrom=2026-03-12T00:00:00Z&dateTo=2026-03-11T00:00:00Z")) {
            assertThat(caller.get(LOG + "?" + bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(Caller.code(caller.get(LOG + "?view=Full"))).isEqualTo("CMN-101");
        assertThat(Caller.code(caller.get(LOG + "?sessionId=1&" + SINCE))).isEqualTo("CLG-110");
        assertThat(caller.json(LOG + "?perPage=max&" + SINCE).get("records")).hasSize(50);
    }

    @Test
    void another_account_is_not_here() {
        assertThat(Caller.code(caller.get("/restapi/v1.0/account/1/call-log"))).isEqualTo("CMN-102");
        assertThat(Caller.code(caller.get("/restapi/v1.0/account/~/extension/1/call-log"))).isEqualTo("CMN-102");
    }
}
