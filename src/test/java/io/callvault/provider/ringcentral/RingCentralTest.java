// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ErrorCode;
import io.callvault.provider.House;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.ListingFaults;
import io.callvault.sandbox.MediaFaults;
import io.callvault.sandbox.RateGroup;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import io.callvault.sandbox.Truth;
import io.callvault.testing.FlyingTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RingCentral's own ways of going wrong, through the shipped routes. */
class RingCentralTest {

    private final FlyingTime time = new FlyingTime(Instant.parse("2026-03-12T17:00:00Z"));

    @TempDir
    Path home;

    private Sandbox sandbox;

    @AfterEach
    void close() {
        assertThat(RingcentralFixture.misbehaviour(sandbox)).isEmpty();
        sandbox.close();
        time.close();
    }

    // --- budgets and tokens -----------------------------------------------------------------------------------------

    /** With a budget of one, nothing is on its way when time flies; a larger one is what the gate's simulation is for. */
    @Test
    void a_budget_smaller_than_configured_is_learned_and_no_request_is_refused() {
        House house = open(SandboxOptions.demo().withLimits(budget(1, Duration.ofSeconds(60))));
        complete(house, house.pass());
        assertThat(sandbox.count().refusals()).isZero();
        assertThat(sandbox.count(0, RateGroup.MEDIUM).requests()).isZero();
        assertThat(sandbox.count(0, RateGroup.LIGHT).requests())
                .as("how long recordings are kept")
                .isEqualTo(1);
    }

    @Test
    void a_token_that_lives_two_seconds_is_renewed_before_it_dies() {
        House house = open(SandboxOptions.demo()
                .withTokenLifetime(Duration.ofSeconds(2))
                .withLimits(budget(1, Duration.ofSeconds(1))));
        complete(house, house.pass());
        assertThat(sandbox.requests().where(one -> one.status() == 401)).isEmpty();
        assertThat(sandbox.requests().tokenRequests()).isGreaterThan(10);
    }

    @Test
    void tokens_that_die_early_cause_no_storm_of_logins() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(ServerFaults.tokenDies().after(15).times(3));
        House.Pass pass = house.pass();
        assertThat(pass.stopped()).isNull();
        assertThat(house.stored()).isEqualTo(truth());
        assertThat(sandbox.requests().tokenRequests()).isLessThanOrEqualTo(4);
    }

    /** The guide, "Rate limits", names CMN-304 beside the quotas; it is about one request, not about the budget. */
    @ParameterizedTest
    @ValueSource(strings = {"/call-log", "/content"})
    void a_request_that_is_still_being_answered_is_asked_again_after_a_moment_and_holds_up_nobody(String path) {
        House house = open(SandboxOptions.demo());
        Instant began = time.now();
        sandbox.faults().add(ServerFaults.sameRequestRunning().onPath(path).after(1).times(2));
        sandbox.faults().add(ServerFaults.rateHeadersMissing().onPath(path).after(1).times(2));
        House.Pass pass = house.pass();
        complete(house, pass);
        assertThat(pass.counts().gates()).allMatch(gate -> gate.refused() == 0 && gate.closedUntil() == null);
        assertThat(Duration.between(began, time.now())).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(30));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_page_that_is_never_had_is_asked_for_three_times_and_left_to_the_next_run() {
        House house = open(SandboxOptions.demo());
        Fault.Armed armed = sandbox.faults().add(ServerFaults.unavailable().onPath("/call-log").after(1));
        House.Pass pass = house.pass();
        assertThat(armed.struck()).isEqualTo(3);
        assertThat(pass.stopped()).isNull();
        assertThat(pass.codes()).containsExactly(ErrorCode.PROVIDER_BUSY);
        assertThat(pass.counts().incomplete()).hasSize(1);
        armed.off();
        complete(house, house.pass());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_list_of_extensions_that_is_never_had_is_asked_for_three_times_and_told() {
        sandbox = Sandbox.start(SandboxOptions.demo(), time.clock());
        Map<String, String> keys = new HashMap<>(RingcentralFixture.keys(sandbox));
        keys.put("feeds", "messages");
        Fault.Armed armed = sandbox.faults().add(ServerFaults.unavailable().onPath("/extension"));
        House.Pass pass = new House(home, time, keys).pass();
        assertThat(armed.struck()).isEqualTo(3);
        assertThat(pass.codes()).containsExactly(ErrorCode.PROVIDER_BUSY);
    }

    // --- permissions ------------------------------------------------------------------------------------------------

    @Test
    void a_missing_permission_stops_the_customer_and_is_named() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(ServerFaults.applicationLacks("ReadCallLog").onPath("/call-log"));
        House.Pass pass = house.pass();
        assertThat(pass.stopped().code()).isEqualTo(ErrorCode.PERMISSION_MISSING);
        assertThat(pass.stopped()).hasMessageContaining("ReadCallLog");
        assertThat(sandbox.requests().listRequests())
                .as("the company's log, the extensions, and as many of theirs as were begun at once")
                .isLessThanOrEqualTo(6);
    }

    @Test
    void one_forbidden_recording_is_dead_with_its_evidence_and_the_others_are_stored() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(ServerFaults.scopeTooNarrow("ReadCallRecording").onRecording(recording(2)));
        House.Pass pass = house.pass();
        assertThat(pass.stopped()).isNull();
        assertThat(pass.items("dead")).isEqualTo(1);
        assertThat(house.stored()).hasSize(truth().size() - 1);
        assertThat(sandbox.requests().contentRequests(recording(2))).isEqualTo(1);
    }

    // --- lanes ------------------------------------------------------------------------------------------------------

    @Test
    void a_refused_lane_leaves_the_others_at_work_and_is_named() {
        open(SandboxOptions.demo().withJwts("first", "second"));
        Map<String, String> keys = new HashMap<>(RingcentralFixture.keys(sandbox));
        keys.put("jwt", "first,revoked,second");
        House house = new House(home, time, keys);
        House.Pass pass = house.pass();
        assertThat(pass.stopped()).isNull();
        assertThat(pass.codes()).contains(ErrorCode.CREDENTIALS_REJECTED);
        assertThat(house.stored()).isEqualTo(truth());
        assertThat(sandbox.count(0, RateGroup.HEAVY).requests()).isPositive();
        assertThat(sandbox.count(1, RateGroup.HEAVY).requests()).isPositive();
        assertThat(sandbox.requests().contentRequests()).isEqualTo(truth().size());
    }

    // --- not found --------------------------------------------------------------------------------------------------

    @Test
    void a_recording_that_is_not_ready_is_had_by_a_later_pass() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(MediaFaults.notReadyFor(1).onRecording(recording(0)));
        House.Pass first = house.pass();
        assertThat(first.items("waiting")).isEqualTo(1);
        assertThat(sandbox.requests().contentRequests(recording(0))).isEqualTo(1);
        complete(house, house.pass());
    }

    @Test
    void a_recording_that_is_missing_for_a_day_and_three_answers_is_gone() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(MediaFaults.notFound().onRecording(recording(0)));
        assertThat(house.pass().items("waiting")).isEqualTo(1);
        time.advance(Duration.ofHours(2));
        assertThat(house.pass().items("waiting")).isEqualTo(1);
        time.advance(Duration.ofHours(23));
        House.Pass third = house.pass();
        assertThat(third.items("gone")).isEqualTo(1);
        house.pass();
        assertThat(sandbox.requests().contentRequests(recording(0))).isEqualTo(3);
    }

    // --- media ------------------------------------------------------------------------------------------------------

    static List<Fault> passingMediaFaults() {
        return List.of(
                MediaFaults.empty().times(2),
                MediaFaults.html().times(2),
                MediaFaults.htmlAsMedia().times(2),
                MediaFaults.jsonAsMedia().times(2),
                MediaFaults.partialUnasked(),
                MediaFaults.partialUnasked(1000),
                MediaFaults.lengthMissing(),
                MediaFaults.claiming("text/html"),
                ServerFaults.hangUp().onPath("/content").times(2),
                MediaFaults.redirectNowhere().times(2),
                MediaFaults.redirectWithin(302),
                MediaFaults.redirectWithin(307));
    }

    @ParameterizedTest
    @MethodSource("passingMediaFaults")
    void what_can_be_overcome_is(Fault fault) {
        House house = open(SandboxOptions.demo());
        Fault.Armed armed = sandbox.faults().add(fault);
        complete(house, house.pass());
        assertThat(armed.struck()).isPositive();
    }

    @Test
    void a_cut_download_goes_on_where_it_ended() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(MediaFaults.truncatedAfter(1000).onRecording(recording(1)).times(1));
        complete(house, house.pass());
        List<ReceivedRequest> asked =
                sandbox.requests().where(one -> one.path().contains("/recording/" + recording(1) + "/content"));
        assertThat(asked).extracting(ReceivedRequest::range).containsExactly(null, "bytes=1000-");
    }

    @Test
    void a_cut_download_begins_anew_where_ranges_are_ignored_or_refused() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(MediaFaults.truncatedAfter(1000).onRecording(recording(1)).times(1));
        sandbox.faults().add(MediaFaults.truncatedAfter(1000).onRecording(recording(2)).times(1));
        sandbox.faults().add(MediaFaults.rangeIgnored().onRecording(recording(1)));
        sandbox.faults().add(MediaFaults.rangeRefused().onRecording(recording(2)));
        complete(house, house.pass());
    }

    // --- strangers --------------------------------------------------------------------------------------------------

    @Test
    void a_redirect_to_a_stranger_that_is_not_public_is_not_followed() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(MediaFaults.redirect(302, sandbox.stranger()).onRecording(recording(0)));
        House.Pass pass = house.pass();
        assertThat(house.stored()).hasSize(truth().size() - 1);
        assertThat(pass.items("due")).isEqualTo(1);
        assertThat(strangerSaw()).isEmpty();
    }

    @Test
    void content_that_is_said_to_be_at_a_stranger_is_not_asked_for_with_the_token() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(ListingFaults.contentAt(sandbox.stranger()));
        House.Pass pass = house.pass();
        assertThat(house.stored()).isEmpty();
        assertThat(pass.items("due")).isEqualTo(truth().size());
        assertThat(strangerSaw()).isEmpty();
        assertThat(sandbox.requests().contentRequests()).isZero();
    }

    @Test
    void a_next_page_at_a_stranger_is_not_asked_for_and_the_window_stays_incomplete() {
        House house = open(SandboxOptions.demo().withPerPageCap(10));
        sandbox.faults().add(ListingFaults.foreignNextLink(sandbox.stranger()).times(1));
        House.Pass first = house.pass();
        assertThat(first.codes()).contains(ErrorCode.LISTING_FOREIGN_LINK);
        assertThat(first.counts().incomplete()).hasSize(1);
        assertThat(strangerSaw()).isEmpty();
        complete(house, house.pass());
    }

    @Test
    void the_media_host_gets_the_token_when_it_is_configured() {
        sandbox = Sandbox.start(SandboxOptions.demo().withSeparateMedia(true), time.clock());
        Map<String, String> keys = RingcentralFixture.keys(sandbox);
        keys.put("media-server", sandbox.mediaServer().toString());
        House house = new House(home, time, keys);
        complete(house, house.pass());
    }

    // --- listings ---------------------------------------------------------------------------------------------------

    @Test
    void a_clamped_page_ends_nothing() {
        House house = open(SandboxOptions.demo().withPerPageCap(3));
        House.Pass pass = house.pass();
        complete(house, pass);
        assertThat(pass.counts().records()).containsEntry("calls", 120L);
    }

    @Test
    void a_call_in_progress_is_had_when_it_is_over() {
        House house = open(SandboxOptions.demo());
        Truth.CallRow call = recorded();
        sandbox.faults().add(ListingFaults.inProgress(call.id()).times(1));
        house.pass();
        assertThat(house.stored()).hasSizeLessThan(truth().size());
        complete(house, house.pass());
    }

    @Test
    void a_recording_that_vanishes_from_its_row_stays_in_the_archive() {
        House house = open(SandboxOptions.demo());
        sandbox.faults().add(ListingFaults.recordingVanishesAfter(1, recorded().id()));
        complete(house, house.pass());
        complete(house, house.pass());
        assertThat(house.sidecars()).hasSameSizeAs(truth());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void strange_rows_cost_nothing(int which) {
        House house = open(SandboxOptions.demo());
        sandbox.faults()
                .add(List.of(
                                ListingFaults.unknownWords(),
                                ListingFaults.maskedNumbers(),
                                ListingFaults.partiesMissing(),
                                ListingFaults.partiesEmpty())
                        .get(which));
        complete(house, house.pass());
    }

    @Test
    void rows_that_cannot_be_read_are_kept_and_hold_nothing_back() {
        House house = open(SandboxOptions.demo());
        List<String> plain = sandbox.truth().calls().stream()
                .filter(call -> call.recordings().isEmpty())
                .map(Truth.CallRow::id)
                .toList();
        sandbox.faults().add(ListingFaults.nullRow(plain.get(0)));
        sandbox.faults().add(ListingFaults.textRow(plain.get(1)));
        sandbox.faults().add(ListingFaults.idMissing(plain.get(2)));
        sandbox.faults().add(ListingFaults.timeGarbled(plain.get(3)));
        sandbox.faults().add(ListingFaults.idIsNumber(plain.get(4)));
        House.Pass pass = house.pass();
        complete(house, pass);
        assertThat(pass.counts().records()).containsEntry("calls", 120L);
    }

    @Test
    void a_recording_on_several_rows_or_legs_is_asked_for_once() {
        House house = open(SandboxOptions.demo());
        complete(house, house.pass());
        sandbox.truth()
                .recordings()
                .forEach(id -> assertThat(sandbox.requests().contentRequests(id)).isEqualTo(1));
        assertThat(sandbox.truth().calls().stream().mapToInt(call -> call.recordings().size()).sum())
                .as("the company has recordings that several rows name")
                .isGreaterThanOrEqualTo(sandbox.truth().recordings().size());
    }

    private static SandboxOptions.Limits budget(int heavy, Duration window) {
        return new SandboxOptions.Limits(50, 40, heavy, 50, window, window);
    }

    private House open(SandboxOptions options) {
        sandbox = Sandbox.start(options, time.clock());
        return new House(home, time, RingcentralFixture.keys(sandbox));
    }

    private void complete(House house, House.Pass pass) {
        assertThat(pass.isGood()).as("%s", pass).isTrue();
        assertThat(house.stored()).isEqualTo(truth());
    }

    private List<String> truth() {
        return sandbox.truth().recordings().stream().map(sandbox::sha256).sorted().toList();
    }

    private String recording(int number) {
        return sandbox.truth().recordings().get(number);
    }

    private Truth.CallRow recorded() {
        return sandbox.truth().calls().stream()
                .filter(call -> !call.recordings().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private List<ReceivedRequest> strangerSaw() {
        return sandbox.requests().where(one -> one.door().name().equals("STRANGER"));
    }
}
