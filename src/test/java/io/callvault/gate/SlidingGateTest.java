// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.WaitException;
import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SlidingGateTest {

    private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SettableClock clock = new SettableClock(NOW);
    private final HandAlarm alarm = new HandAlarm(clock);
    private final List<String> letIn = new ArrayList<>();

    @Test
    void the_first_goes_alone_until_its_answer_is_here() {
        SlidingGate gate = gate(10);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        content(gate, "second");
        assertThat(letIn).containsExactly("first");
        gate.answered(first.join(), RateAnswer.SILENT);
        assertThat(letIn).containsExactly("first", "second");
    }

    @Test
    void whoever_comes_after_a_first_without_an_answer_goes_alone_too() {
        SlidingGate gate = gate(10);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        content(gate, "second");
        content(gate, "third");
        gate.unanswered(first.join());
        assertThat(letIn).containsExactly("first", "second");
    }

    @Test
    void no_more_than_the_limit_go_in_one_window() {
        SlidingGate gate = opened(gate(4));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 7);
        assertThat(letIn).hasSize(3);
        entries.subList(0, 3).forEach(entry -> gate.answered(entry.join(), RateAnswer.SILENT));
        alarm.advance(WINDOW.minusMillis(1));
        assertThat(letIn).hasSize(3);
        alarm.advance(Duration.ofMillis(3));
        assertThat(letIn).hasSize(7);
    }

    @Test
    void a_place_is_free_a_window_after_the_answer() {
        SlidingGate gate = opened(gate(2));
        CompletableFuture<Gate.Entry> slow = content(gate, "slow");
        alarm.advance(Duration.ofMillis(200));
        gate.answered(slow.join(), RateAnswer.SILENT);
        contents(gate, 2);
        alarm.advance(WINDOW.minusMillis(199));
        assertThat(letIn).containsExactly("slow", "1");
        alarm.advance(Duration.ofMillis(199));
        assertThat(letIn).containsExactly("slow", "1", "2");
    }

    @Test
    void less_remaining_than_we_know_of_is_believed() {
        SlidingGate gate = gate(10);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        contents(gate, 20);
        gate.answered(first.join(), answer(10, 2));
        assertThat(letIn).containsExactly("first", "1", "2");
        assertThat(gate.status().others()).isEqualTo(7);
        alarm.advance(WINDOW.minusMillis(1));
        assertThat(letIn).hasSize(3);
        alarm.advance(Duration.ofMillis(2));
        assertThat(letIn).as("the others' places are theirs for a while longer").hasSize(4);
        alarm.advance(Duration.ofSeconds(15));
        assertThat(letIn).as("the two that have no answer keep their places").hasSize(11);
        assertThat(gate.status().others()).isZero();
    }

    @Test
    void more_remaining_than_we_know_of_is_not_believed() {
        SlidingGate gate = opened(gate(3));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 4);
        gate.answered(entries.get(0).join(), answer(3, 3));
        assertThat(letIn).hasSize(2);
    }

    @Test
    void a_refusal_silences_everybody_until_the_time_it_names() {
        SlidingGate gate = opened(gate(10));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 3);
        gate.answered(entries.get(1).join(), refused(Duration.ofSeconds(33)));
        letIn.clear();
        contents(gate, 5);
        gate.enter(Kind.LOGIN, "acme", null).thenRun(() -> letIn.add("login"));
        gate.answered(entries.get(0).join(), RateAnswer.SILENT);
        gate.answered(entries.get(2).join(), RateAnswer.SILENT);
        alarm.advance(Duration.ofSeconds(33));
        assertThat(letIn).isEmpty();
        assertThat(gate.status().closedUntil()).isAfter(clock.instant());
        alarm.advance(SECOND);
        assertThat(letIn).as("one goes first").startsWith("login");
        assertThat(gate.status().refused()).isEqualTo(1);
        assertThat(gate.status().closedUntil()).isNull();
    }

    @Test
    void after_a_penalty_one_goes_alone() {
        SlidingGate gate = opened(gate(10));
        CompletableFuture<Gate.Entry> refused = content(gate, "refused");
        gate.answered(refused.join(), refused(SECOND));
        letIn.clear();
        List<CompletableFuture<Gate.Entry>> waiting = contents(gate, 3);
        alarm.advance(Duration.ofSeconds(2));
        assertThat(letIn).containsExactly("1");
        gate.answered(waiting.get(0).join(), answer(10, 9));
        assertThat(letIn).containsExactly("1", "2", "3");
    }

    @Test
    void an_answer_that_was_on_its_way_when_another_was_refused_does_not_end_the_solitude_early() {
        SlidingGate gate = opened(gate(10));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 2);
        gate.answered(entries.get(0).join(), refused(SECOND));
        gate.answered(entries.get(1).join(), answer(10, 8));
        letIn.clear();
        contents(gate, 3);
        alarm.advance(Duration.ofSeconds(2));
        assertThat(letIn).containsExactly("1");
    }

    @Test
    void a_refusal_without_a_time_lasts_a_minute() {
        SlidingGate gate = opened(gate(10));
        CompletableFuture<Gate.Entry> refused = content(gate, "refused");
        gate.answered(refused.join(), refused(null));
        content(gate, "next");
        alarm.advance(Duration.ofSeconds(60));
        assertThat(letIn).containsExactly("refused");
        alarm.advance(SECOND);
        assertThat(letIn).containsExactly("refused", "next");
    }

    @Test
    void what_is_lost_first_goes_first_and_what_is_never_lost_last() {
        SlidingGate gate = gate(10);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        enter(gate, Kind.CONTENT, null, "never");
        enter(gate, Kind.CONTENT, NOW.plusSeconds(900), "later");
        enter(gate, Kind.CONTENT, NOW.plusSeconds(9), "soon");
        enter(gate, Kind.CONTENT, NOW.plusSeconds(9), "soon, asked later");
        gate.answered(first.join(), RateAnswer.SILENT);
        assertThat(letIn).containsExactly("first", "soon", "soon, asked later", "later", "never");
    }

    @Test
    void a_listing_gets_one_place_in_five_while_content_waits() {
        SlidingGate gate = gate(11);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        contents(gate, 20);
        for (int i = 0; i < 20; i++) {
            enter(gate, Kind.LISTING, null, "listing");
        }
        gate.answered(first.join(), RateAnswer.SILENT);
        assertThat(letIn).hasSize(11);
        assertThat(letIn.stream().filter("listing"::equals)).hasSize(2);
    }

    @Test
    void looking_in_vain_for_somebody_to_let_in_earns_a_listing_nothing() {
        SlidingGate gate = gate(4);
        CompletableFuture<Gate.Entry> listing = enter(gate, Kind.LISTING, null, "listing");
        gate.answered(listing.join(), RateAnswer.SILENT);
        for (int i = 0; i < 10; i++) {
            gate.shut(NOW);
        }
        gate.answered(content(gate, "a").join(), RateAnswer.SILENT);
        gate.shut(NOW.plusSeconds(1));
        contents(gate, 2);
        enter(gate, Kind.LISTING, null, "another listing");
        alarm.advance(Duration.ofSeconds(2));
        assertThat(letIn).containsExactly("listing", "a", "1");
    }

    @Test
    void a_listing_alone_gets_every_place() {
        SlidingGate gate = opened(gate(5));
        for (int i = 0; i < 9; i++) {
            enter(gate, Kind.LISTING, null, "listing");
        }
        assertThat(letIn).hasSize(4);
    }

    @Test
    void a_login_goes_before_everything() {
        SlidingGate gate = gate(10);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        enter(gate, Kind.LISTING, NOW, "listing");
        enter(gate, Kind.CONTENT, NOW, "content");
        enter(gate, Kind.LOGIN, null, "login");
        gate.answered(first.join(), RateAnswer.SILENT);
        assertThat(letIn).startsWith("first", "login");
    }

    @Test
    void a_higher_limit_is_learned_at_run_time() {
        SlidingGate gate = opened(gate(3));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 30);
        assertThat(letIn).hasSize(2);
        gate.answered(entries.get(0).join(), answer(20, 17));
        assertThat(letIn).hasSize(19);
        assertThat(gate.status().limit()).isEqualTo(20);
    }

    @Test
    void a_lower_limit_is_learned_at_run_time() {
        SlidingGate gate = gate(20);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        contents(gate, 30);
        gate.answered(first.join(), answer(3, 2));
        assertThat(letIn).containsExactly("first", "1", "2");
        assertThat(gate.width()).isEqualTo(4);
    }

    @Test
    void another_window_and_another_name_of_the_group_are_learned() {
        SlidingGate gate = gate(1);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        content(gate, "second");
        gate.answered(first.join(), new RateAnswer(false, "heavy-plus", 1, 0, Duration.ofSeconds(10), null));
        alarm.advance(Duration.ofSeconds(11));
        assertThat(letIn).containsExactly("first", "second");
        assertThat(gate.status().group()).isEqualTo("heavy-plus");
        assertThat(gate.status().windowSeconds()).isEqualTo(10);
        assertThat(gate.key().group()).isEqualTo("heavy");
    }

    @Test
    void nonsense_in_headers_teaches_nothing() {
        SlidingGate gate = gate(3);
        CompletableFuture<Gate.Entry> first = content(gate, "first");
        contents(gate, 9);
        gate.answered(first.join(), new RateAnswer(false, null, 0, 0, Duration.ZERO, null));
        assertThat(gate.status().limit()).isEqualTo(3);
        assertThat(gate.status().windowSeconds()).isEqualTo(60);
    }

    @Test
    void only_the_share_is_used() {
        SlidingGate gate = opened(new SlidingGate(
                new GateKey("lane", "heavy"), new GateLimits(10, WINDOW, 50), clock, alarm, Runnable::run, GateWatch.NONE));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 30);
        assertThat(letIn).hasSize(4);
        gate.answered(entries.get(0).join(), answer(20, 18));
        assertThat(letIn).as("half of what was learned").hasSize(9);
        assertThat(new GateLimits(1, WINDOW, 1).usable()).isEqualTo(1);
    }

    @Test
    void whoever_waits_is_cancelled_when_the_gate_stops_and_nobody_comes_in_after() {
        Gates gates = new Gates(clock, alarm, Runnable::run, GateWatch.NONE);
        Gate gate = gates.open(new GateKey("lane", "heavy"), new GateLimits(1, WINDOW, 100));
        CompletableFuture<Gate.Entry> first = gate.enter(Kind.CONTENT, "acme", null);
        CompletableFuture<Gate.Entry> waiting = gate.enter(Kind.CONTENT, "acme", null);
        gates.close();
        assertThat(first).isCompleted();
        assertThat(waiting).isCancelled();
        assertThat(gate.enter(Kind.LOGIN, "acme", null)).isCancelled();
        assertThat(gate.status().waiting()).isZero();
        alarm.advance(Duration.ofMinutes(5));
        assertThat(gate.status().requests()).isEqualTo(1);
    }

    @Test
    void a_gate_that_was_shut_opens_at_its_time_and_an_earlier_time_opens_nothing() {
        SlidingGate gate = opened(gate(10));
        gate.shut(NOW.plusSeconds(30));
        gate.shut(NOW.plusSeconds(5));
        content(gate, "waiting");
        alarm.advance(Duration.ofSeconds(29));
        assertThat(letIn).isEmpty();
        alarm.advance(Duration.ofSeconds(2));
        assertThat(letIn).containsExactly("waiting");
    }

    @Test
    void a_penalty_that_an_earlier_process_learned_is_kept() {
        Gates gates = new Gates(clock, alarm, Runnable::run, GateWatch.NONE);
        GateKey key = new GateKey("lane", "heavy");
        GateLimits limits = new GateLimits(10, WINDOW, 100);
        gates.resume(key, limits, new GateMemory(limits, false, true, 40, 2, NOW.plusSeconds(20), List.of()), true);
        Gate gate = gates.open(key, new GateLimits(10, WINDOW, 100));
        CompletableFuture<Gate.Entry> entry = gate.enter(Kind.LISTING, "acme", null);
        assertThat(entry).isNotDone();
        alarm.advance(Duration.ofSeconds(21));
        assertThat(entry).isCompleted();
        assertThat(gate.status().requests()).isEqualTo(41);
        assertThat(gate.status().refused()).isEqualTo(2);
    }

    @Test
    void who_was_let_in_and_has_not_sent_yet_is_called_back_by_a_refusal() {
        SlidingGate gate = opened(gate(10));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 3);
        assertThat(gate.departs(entries.get(0).join())).isTrue();
        gate.answered(entries.get(0).join(), refused(SECOND));
        Passage late = new Passage(gate, entries.get(1).join());
        assertThatThrownBy(() -> late.sentWith(1)).isInstanceOf(WaitException.class);
        late.unanswered();
        assertThat(gate.status().requests()).as("it was not sent").isEqualTo(3);
        assertThat(gate.status().used()).isEqualTo(3);
        letIn.clear();
        contents(gate, 3);
        alarm.advance(SECOND.multipliedBy(2));
        assertThat(letIn).containsExactly("1");
        assertThat(gate.departs(entries.get(2).join()))
                .as("the penalty is over, but another goes alone")
                .isFalse();
    }

    @Test
    void a_place_counts_from_when_the_request_really_left() {
        SlidingGate gate = opened(gate(2));
        Gate.Entry entry = content(gate, "late").join();
        alarm.advance(Duration.ofSeconds(30));
        assertThat(gate.departs(entry)).isTrue();
        gate.answered(entry, RateAnswer.SILENT);
        contents(gate, 2);
        alarm.advance(Duration.ofSeconds(31));
        assertThat(letIn).containsExactly("late", "1");
        alarm.advance(Duration.ofSeconds(30));
        assertThat(letIn).containsExactly("late", "1", "2");
    }

    @Test
    void a_request_to_wait_that_is_no_refusal_is_obeyed_and_not_counted_as_one() {
        SlidingGate gate = opened(gate(10));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 2);
        gate.answered(entries.get(0).join(), new RateAnswer(false, null, null, null, null, Duration.ofSeconds(20)));
        content(gate, "next");
        alarm.advance(Duration.ofSeconds(19));
        assertThat(letIn).containsExactly("1", "2");
        alarm.advance(SECOND.multipliedBy(2));
        assertThat(letIn).containsExactly("1", "2", "next");
        assertThat(gate.status().refused()).isZero();
    }

    @Test
    void a_request_to_wait_for_a_month_is_believed_for_an_hour() {
        SlidingGate gate = opened(gate(10));
        gate.answered(
                content(gate, "one").join(), new RateAnswer(false, null, null, null, null, Duration.ofDays(30)));
        content(gate, "next");
        alarm.advance(Duration.ofMinutes(61));
        assertThat(letIn).containsExactly("one", "next");
    }

    @Test
    void each_refusal_of_the_one_that_goes_alone_makes_the_silence_longer() {
        SlidingGate gate = opened(gate(10));
        gate.answered(content(gate, "refused").join(), refused(SECOND));
        Instant before = clock.instant();
        List<Long> silences = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Gate.Entry alone = enterSoon(gate);
            silences.add(Duration.between(before, clock.instant()).toSeconds());
            before = clock.instant();
            gate.answered(alone, refused(SECOND));
        }
        assertThat(silences).containsExactly(2L, 3L, 5L, 9L, 17L, 33L, 61L, 61L);
    }

    private Gate.Entry enterSoon(SlidingGate gate) {
        CompletableFuture<Gate.Entry> entry = gate.enter(Kind.CONTENT, "acme", null);
        while (!entry.isDone()) {
            alarm.advance(Duration.ofMillis(500));
        }
        return entry.join();
    }

    @Test
    void without_headers_our_own_count_holds() {
        SlidingGate gate = opened(gate(3));
        List<CompletableFuture<Gate.Entry>> entries = contents(gate, 9);
        entries.subList(0, 2).forEach(entry -> gate.answered(entry.join(), RateAnswer.SILENT));
        assertThat(letIn).hasSize(2);
        alarm.advance(WINDOW.plusMillis(2));
        assertThat(letIn).hasSize(5);
    }

    @Test
    void what_is_said_twice_of_a_passage_is_heard_once() {
        SlidingGate gate = opened(gate(10));
        Passage passage = new Passage(gate, content(gate, "one").join());
        passage.answered(RateAnswer.SILENT);
        passage.answered(refused(WINDOW));
        passage.unanswered();
        assertThat(gate.status().refused()).isZero();
    }

    private SlidingGate gate(int limit) {
        return new SlidingGate(
                new GateKey("lane", "heavy"), new GateLimits(limit, WINDOW, 100), clock, alarm, Runnable::run, GateWatch.NONE);
    }

    /** One request has gone through it and was answered. */
    private SlidingGate opened(SlidingGate gate) {
        gate.answered(gate.enter(Kind.CONTENT, "acme", null).join(), RateAnswer.SILENT);
        return gate;
    }

    private CompletableFuture<Gate.Entry> content(SlidingGate gate, String name) {
        return enter(gate, Kind.CONTENT, null, name);
    }

    private List<CompletableFuture<Gate.Entry>> contents(SlidingGate gate, int count) {
        List<CompletableFuture<Gate.Entry>> entries = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            entries.add(content(gate, String.valueOf(i)));
        }
        return entries;
    }

    private CompletableFuture<Gate.Entry> enter(SlidingGate gate, Kind kind, Instant lossAt, String name) {
        CompletableFuture<Gate.Entry> entry = gate.enter(kind, "acme", lossAt);
        entry.thenRun(() -> letIn.add(name));
        return entry;
    }

    private static RateAnswer answer(int limit, int remaining) {
        return new RateAnswer(false, "heavy", limit, remaining, WINDOW, null);
    }

    private static RateAnswer refused(Duration retryAfter) {
        return new RateAnswer(true, "heavy", 10, 0, WINDOW, retryAfter);
    }
}
