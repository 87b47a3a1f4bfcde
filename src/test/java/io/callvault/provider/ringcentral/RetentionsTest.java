// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.provider.House;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.Retention;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import io.callvault.sandbox.Truth;
import io.callvault.testing.FlyingTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the account says of how long it keeps things, and what becomes of it. */
class RetentionsTest {

    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");
    private static final String RECORDINGS = "/call-recording";
    private static final String MESSAGES = "/message-store-configuration";

    private final FlyingTime time = new FlyingTime(NOW);

    @TempDir
    Path home;

    private Sandbox sandbox;

    @AfterEach
    void close() {
        assertThat(RingcentralFixture.misbehaviour(sandbox)).isEmpty();
        sandbox.close();
        time.close();
    }

    // --- what is asked ----------------------------------------------------------------------------------------------

    @Test
    void what_the_feeds_need_is_asked_once_a_day() {
        House house = open(oneAtATime(), "calls, messages", Map.of());
        assertThat(house.pass().isGood()).isTrue();
        assertThat(asked(RECORDINGS)).hasSize(1);
        assertThat(asked(MESSAGES)).hasSize(1);
        assertThat(house.pass().isGood()).isTrue();
        assertThat(asked(RECORDINGS)).as("at once again").hasSize(1);
        assertThat(asked(MESSAGES)).hasSize(1);
        time.advance(Duration.ofHours(23));
        assertThat(house.pass().isGood()).isTrue();
        assertThat(asked(RECORDINGS)).hasSize(2);
        assertThat(asked(MESSAGES)).hasSize(2);
    }

    @Test
    void who_archives_no_calls_does_not_ask_about_recordings() {
        assertThat(open(SandboxOptions.demo(), "messages", Map.of()).pass().isGood()).isTrue();
        assertThat(asked(RECORDINGS)).isEmpty();
        assertThat(asked(MESSAGES)).hasSize(1);
    }

    @Test
    void what_the_operator_says_is_not_asked() {
        House house = open(SandboxOptions.demo(), "calls, messages", Map.of("message-retention", "7d"));
        assertThat(house.pass().isGood()).isTrue();
        assertThat(asked(RECORDINGS)).hasSize(1);
        assertThat(asked(MESSAGES)).isEmpty();
    }

    @Test
    void a_provider_that_lets_nobody_in_is_not_asked() {
        House house = open(SandboxOptions.demo(), "calls", Map.of());
        sandbox.faults().add(ServerFaults.applicationLacks("ReadCallLog").onPath("/call-log"));
        house.pass();
        assertThat(asked(RECORDINGS)).isEmpty();
    }

    // --- what an answer does ----------------------------------------------------------------------------------------

    @Test
    void what_is_kept_for_a_shorter_time_is_fetched_first() {
        House house = open(oneAtATime(), "calls", Map.of());
        sandbox.keep(new Retention(90, 31, null));
        Fault.Armed down = sandbox.faults().add(ServerFaults.unavailable().onPath("/content"));
        House.Pass first = house.pass();
        assertThat(first.items("due")).isEqualTo(sandbox.truth().recordings().size());
        assertThat(first.counts().firstLoss()).isEqualTo(lossAt(31).values().stream().min(Comparator.naturalOrder()).orElseThrow());
        down.off();
        sandbox.requests().clear();

        assertThat(house.pass().isGood()).isTrue();

        List<String> asked = contentAsked();
        Map<String, Instant> lossAt = lossAt(31);
        assertThat(asked).hasSameSizeAs(lossAt.keySet());
        assertThat(asked.subList(1, asked.size()))
                .as("who comes to an open gate first goes at once; then the first to be lost")
                .isSortedAccordingTo(Comparator.comparing(lossAt::get));
        List<String> byAge = new ArrayList<>(asked);
        byAge.sort(Comparator.comparing(lossAt(90)::get));
        assertThat(byAge.subList(1, byAge.size()))
                .as("the order it would have been")
                .isNotEqualTo(asked.subList(1, asked.size()));
    }

    @Test
    void what_was_said_holds_for_the_next_start_although_nobody_answers_any_more() {
        House house = open(oneAtATime(), "calls", Map.of());
        sandbox.keep(new Retention(31, 31, null));
        assertThat(house.pass().isGood()).isTrue();
        sandbox.faults().add(ServerFaults.unavailable().onPath(RECORDINGS));
        time.advance(Duration.ofHours(23));
        Truth.CallRow call = sandbox.ring();
        sandbox.faults().add(ServerFaults.unavailable().onPath("/content"));

        House.Pass pass = house.pass();

        assertThat(pass.items("due")).isEqualTo(1);
        assertThat(pass.counts().firstLoss()).isEqualTo(Instant.parse(call.start()).plus(Duration.ofDays(31)));
    }

    @Test
    void a_longer_time_that_the_account_says_later_holds_for_items_that_are_due_already() {
        House house = open(oneAtATime(), "calls", Map.of());
        sandbox.faults().add(ServerFaults.unavailable().onPath("/content"));
        sandbox.keep(new Retention(35, 35, null));
        Instant before = house.pass().counts().firstLoss();
        sandbox.keep(new Retention(60, 60, null));
        time.advance(Duration.ofHours(23));
        assertThat(house.pass().counts().firstLoss()).isEqualTo(before.plus(Duration.ofDays(25)));
    }

    @ParameterizedTest
    @CsvSource({"45, , 45", "45, 40d, 40", ", , 30"})
    void a_voicemail_is_lost_when_the_operator_says_else_the_account_else_what_is_usual(
            Integer said, String configured, int kept) {
        Map<String, String> more = configured == null ? Map.of() : Map.of("message-retention", configured);
        House house = open(SandboxOptions.demo().withVolume(0, 0, 0), "messages", more);
        sandbox.keep(new Retention(90, 90, said));
        sandbox.faults().add(ServerFaults.unavailable().onPath("/content"));
        sandbox.leaveVoicemail();
        assertThat(house.pass().counts().firstLoss()).isEqualTo(NOW.plus(Duration.ofDays(kept)));
    }

    // --- what no answer does ----------------------------------------------------------------------------------------

    static List<Fault> troubles() {
        return List.of(
                ServerFaults.applicationLacks("ReadAccounts"),
                ServerFaults.userLacks("ReadCompanyInfo"),
                ServerFaults.error(404, "CMN-120", "Invalid URI"),
                ServerFaults.error(400, "CMN-101", "odd"),
                ServerFaults.error(501, "CMN-201", "Not implemented"),
                ServerFaults.unavailable(),
                ServerFaults.internalError(),
                ServerFaults.hangUp(),
                ServerFaults.tooManyRequests(),
                ServerFaults.tokenDies());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whatever_goes_wrong_the_pass_is_as_good_as_without_and_asks_no_second_time(Fault trouble) {
        House house = open(SandboxOptions.demo(), "calls", Map.of());
        Fault.Armed armed = sandbox.faults().add(trouble.onPath(RECORDINGS));
        House.Pass pass = house.pass();
        assertThat(pass.isGood()).as("%s", pass).isTrue();
        assertThat(house.stored()).hasSameSizeAs(sandbox.truth().recordings());
        assertThat(armed.struck()).isEqualTo(1);
        assertThat(asked(RECORDINGS)).hasSize(1);
    }

    @Test
    void a_refusal_for_a_time_shuts_the_gate_of_its_group() {
        House house = open(SandboxOptions.demo(), "calls", Map.of());
        sandbox.faults().add(ServerFaults.tooManyRequests().onPath(RECORDINGS));
        House.Pass pass = house.pass();
        assertThat(pass.counts().gates())
                .filteredOn(gate -> gate.group().equals("light"))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.refused()).isEqualTo(1);
                    assertThat(gate.closedUntil()).isNotNull();
                });
    }

    @Test
    void defaults_hold_where_the_account_is_not_shown() {
        House house = open(oneAtATime(), "calls", Map.of());
        sandbox.faults().add(ServerFaults.applicationLacks("ReadAccounts").onPath(RECORDINGS));
        sandbox.faults().add(ServerFaults.unavailable().onPath("/content"));
        assertThat(house.pass().counts().firstLoss())
                .isEqualTo(lossAt(90).values().stream().min(Comparator.naturalOrder()).orElseThrow());
    }

    // ----------------------------------------------------------------------------------------------------------------

    /** One heavy request in a window, so that they go one by one, in their order. */
    private static SandboxOptions oneAtATime() {
        Duration window = Duration.ofSeconds(60);
        return SandboxOptions.demo().withLimits(new SandboxOptions.Limits(50, 1, 1, 50, window, window));
    }

    private House open(SandboxOptions options, String feeds, Map<String, String> more) {
        sandbox = Sandbox.start(options, time.clock());
        return house(feeds, more);
    }

    private House house(String feeds, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(RingcentralFixture.keys(sandbox));
        keys.put("feeds", feeds);
        keys.putAll(more);
        return new House(home, time, keys);
    }

    private List<ReceivedRequest> asked(String path) {
        return sandbox.requests().where(one -> one.path().endsWith(path));
    }

    /** Ids of recordings in the order in which they were asked for. */
    private List<String> contentAsked() {
        return sandbox.requests().where(ReceivedRequest::isContent).stream()
                .map(one -> one.path().replaceAll(".*/recording/([^/]+)/content", "$1"))
                .toList();
    }

    /** When each recording is lost, if those begun by hand are kept for so many days and all others 90. */
    private Map<String, Instant> lossAt(int onDemandDays) {
        Truth truth = sandbox.truth();
        Map<String, Instant> lossAt = new HashMap<>();
        Function<String, Duration> kept = id -> Duration.ofDays(truth.isOnDemand(id) ? onDemandDays : 90);
        truth.calls().forEach(call -> call.recordings()
                .forEach(id -> lossAt.merge(
                        id,
                        Instant.parse(call.start()).plus(kept.apply(id)),
                        (one, other) -> one.isBefore(other) ? one : other)));
        return lossAt;
    }
}
