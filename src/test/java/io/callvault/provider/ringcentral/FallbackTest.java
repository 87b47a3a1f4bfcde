// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.error.ErrorCode;
import io.callvault.flow.Archive;
import io.callvault.ledger.Reports;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.ListingFaults;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import io.callvault.sandbox.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a company whose call log is refused: the logs of its extensions take its place. */
class FallbackTest {

    private static final Predicate<String> COMPANY = path -> path.endsWith("/account/~/call-log");
    private static final Predicate<String> EXTENSIONS = path -> path.contains("/extension/") && path.endsWith("/call-log");

    @TempDir
    Path home;

    private SandboxArchive acme;

    @BeforeEach
    void open() {
        open(SandboxOptions.demo());
    }

    private void open(SandboxOptions options) {
        acme = new SandboxArchive(home, options, "calls");
    }

    @AfterEach
    void close() {
        assertThat(RingcentralFixture.misbehaviour(acme.sandbox)).isEmpty();
        acme.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_the_company_refuses_its_extensions_show(boolean isApplication) {
        acme.sandbox
                .faults()
                .add((isApplication
                                ? ServerFaults.applicationLacks("ReadCompanyCallLog")
                                : ServerFaults.userLacks("FullCompanyCallLog"))
                        .on(COMPANY));

        assertComplete(acme.archive());

        assertThat(acme.stored("calls")).isEqualTo(recordings());
        assertThat(acme.counts().records()).containsEntry("calls", 120L);
        assertThat(acme.counts().notVisible()).isZero();
        assertThat(fallbacks()).singleElement().satisfies(fallback -> {
            assertThat(fallback.feed()).isEqualTo("calls");
            assertThat(fallback.code()).isEqualTo("PERMISSION_MISSING");
            assertThat(fallback.sentence()).contains("CompanyCallLog");
        });
        assertThat(openWindows()).isEmpty();
        acme.sandbox.truth().recordings().forEach(id -> assertThat(acme.sandbox.requests().contentRequests(id))
                .isEqualTo(1));
        assertThat(listed(COMPANY)).hasSize(1);
        assertThat(acme.events("record")).as("each once, whoever shows it").hasSize(120);
    }

    @Test
    void who_is_permitted_later_is_shown_the_whole_from_where_it_ended_and_nothing_is_fetched_twice() {
        Fault.Armed refused = acme.sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").on(COMPANY));
        assertComplete(acme.archive());
        acme.clock.advance(Duration.ofHours(1));
        acme.sandbox.ring();
        assertComplete(acme.archive());
        assertThat(acme.stored("calls")).isEqualTo(recordings());
        refused.off();
        acme.sandbox.requests().clear();

        assertComplete(acme.archive());

        assertThat(fallbacks()).isEmpty();
        assertThat(openWindows()).isEmpty();
        assertThat(listed(EXTENSIONS)).isEmpty();
        assertThat(acme.sandbox.requests().contentRequests()).isZero();
        String from = listed(COMPANY).get(0).parameters().get("dateFrom").get(0);
        assertThat(from).as("since, as at the first run").startsWith("2025-12-12T15:00:00");
    }

    @Test
    void what_was_listed_whole_before_is_not_listed_again_by_extensions() {
        assertComplete(acme.archive());
        acme.sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").on(COMPANY));
        acme.clock.advance(Duration.ofDays(3));
        acme.sandbox.ring();
        acme.sandbox.requests().clear();

        assertComplete(acme.archive());

        assertThat(acme.stored("calls")).isEqualTo(recordings());
        assertThat(listed(EXTENSIONS)).isNotEmpty().allSatisfy(one -> assertThat(
                        one.parameters().get("dateFrom").get(0))
                .startsWith("2026-03-11T03:00:00"));
    }

    @Test
    void extensions_that_are_refused_too_are_named_and_shown_when_they_may_be() {
        Truth.CallRow call = acme.sandbox.truth().calls().get(0);
        Fault.Armed company = acme.sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").on(COMPANY));
        Fault.Armed others = acme.sandbox
                .faults()
                .add(ServerFaults.scopeTooNarrow("ReadCallLog")
                        .on(EXTENSIONS.and(path -> !path.contains("/" + call.extension() + "/"))));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNull();
        assertThat(outcome.codes()).containsExactly(ErrorCode.PART_NOT_VISIBLE);
        assertThat(acme.stored("calls")).isNotEmpty().hasSizeLessThan(recordings().size());
        long hidden = acme.counts().notVisible();
        assertThat(hidden).as("all but the one, the unassigned and the menu").isEqualTo(9);

        company.off();
        others.off();
        assertComplete(acme.archive());
        assertThat(acme.counts().notVisible()).isZero();
        assertThat(acme.stored("calls")).isEqualTo(recordings());
        assertThat(openWindows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "application", "missing", "list"})
    void where_no_extension_is_shown_either_the_customer_is_stopped_by_what_the_company_said(String how) {
        acme.sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").on(COMPANY));
        acme.sandbox
                .faults()
                .add(
                        switch (how) {
                            case "user" -> ServerFaults.userLacks("ReadCallLog").on(EXTENSIONS);
                            case "application" -> ServerFaults.applicationLacks("ReadCallLog").on(EXTENSIONS);
                            case "missing" -> ServerFaults.error(404, "CMN-120", "Invalid URI").on(EXTENSIONS);
                            default -> ServerFaults.applicationLacks("ReadAccounts").on(path -> path.endsWith("/extension"));
                        });

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNotNull();
        assertThat(outcome.stopped().code()).isEqualTo(ErrorCode.PERMISSION_MISSING);
        assertThat(outcome.stopped()).hasMessageContaining("FullCompanyCallLog");
        assertThat(acme.counts().notVisible()).isZero();
        assertThat(fallbacks()).isEmpty();
    }

    @Test
    void another_users_lane_is_asked_for_the_whole_first() {
        acme.close();
        open(SandboxOptions.demo().withJwts("first", "second"));
        acme.sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").on(COMPANY).times(1));

        assertComplete(acme.archive());

        assertThat(listed(EXTENSIONS)).isEmpty();
        assertThat(acme.stored("calls")).isEqualTo(recordings());
    }

    @Test
    void a_call_that_two_extensions_show_in_two_ways_is_no_news_for_ever() {
        acme.sandbox.faults().add(ServerFaults.userLacks("FullCompanyCallLog").on(COMPANY));
        acme.sandbox.faults().add(ListingFaults.rows("its own way", row -> row.has("sessionId"), row -> ((ObjectNode) row)
                        .put("uri", "/restapi/v1.0/account/~/extension/~/call-log/" + row.path("id").asText()))
                .on(EXTENSIONS.and(path -> path.contains("/700800950/"))));
        assertComplete(acme.archive());
        int forms = acme.events("record").size();
        assertThat(forms).as("queue calls are shown by the queue and by who answered").isGreaterThan(120);
        acme.clock.advance(Duration.ofMinutes(15));

        assertComplete(acme.archive());
        assertComplete(acme.archive());

        assertThat(acme.events("record")).hasSize(forms);
        assertThat(acme.stored("calls")).isEqualTo(recordings());
    }

    private static void assertComplete(Archive.Outcome outcome) {
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.stopped()).isNull();
    }

    private List<Reports.Fallback> fallbacks() {
        return acme.with(engine -> engine.ledger().reports().fallbacks("acme"));
    }

    private List<Reports.OpenWindow> openWindows() {
        return acme.with(engine -> engine.ledger().reports().openWindows("acme"));
    }

    private List<ReceivedRequest> listed(Predicate<String> paths) {
        return acme.sandbox.requests().where(one -> paths.test(one.path()));
    }

    /** SHA-256 by id. */
    private Map<String, String> recordings() {
        Map<String, String> sums = new TreeMap<>();
        acme.sandbox.truth().recordings().forEach(id -> sums.put(id, acme.sandbox.sha256(id)));
        return sums;
    }
}
