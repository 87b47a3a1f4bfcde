// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What outlives a process, and what an operator is told. */
class GateMemoryTest {

    private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final GateKey KEY = new GateKey("lane", "heavy");
    private static final GateLimits LIMITS = new GateLimits(10, WINDOW, 100);

    private final SettableClock clock = new SettableClock(NOW);
    private final HandAlarm alarm = new HandAlarm(clock);
    private final Book book = new Book();

    @Test
    void nobody_is_sent_before_it_is_kept_that_he_was_let_in() {
        book.pending = new CompletableFuture<>();
        CompletableFuture<Gate.Entry> entry = gate().enter(Kind.CONTENT, "acme", null);
        assertThat(entry).isNotDone();
        assertThat(book.kept.get(0).requests()).isEqualTo(1);
        assertThat(book.kept.get(0).sent()).hasSize(1);
        book.pending.complete(null);
        assertThat(entry).isCompleted();
    }

    @Test
    void who_cannot_be_kept_is_not_let_in() {
        book.pending = CompletableFuture.failedFuture(new IllegalStateException("disk full"));
        assertThat(gate().enter(Kind.CONTENT, "acme", null)).isCompletedExceptionally();
    }

    @Test
    void a_full_window_stays_full_over_a_clean_stop() {
        Gate first = filled(10);
        alarm.advance(Duration.ofSeconds(20));
        Gate second = resumed(first.memory(), true);
        List<CompletableFuture<Gate.Entry>> entries = ask(second, 12);
        alarm.advance(Duration.ofSeconds(39));
        assertThat(entries).noneMatch(CompletableFuture::isDone);
        alarm.advance(Duration.ofSeconds(2));
        assertThat(entries.get(0)).as("one alone, as at every start").isCompleted();
        second.answered(entries.get(0).join(), RateAnswer.SILENT);
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(10);
    }

    @Test
    void a_full_window_stays_full_over_a_kill() {
        filled(10);
        alarm.advance(Duration.ofSeconds(20));
        Gate second = resumed(book.last(), false);
        List<CompletableFuture<Gate.Entry>> entries = ask(second, 12);
        alarm.advance(Duration.ofSeconds(39));
        assertThat(entries).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void after_a_kill_the_headers_of_one_that_goes_alone_set_the_gate() {
        filled(4);
        Gate second = resumed(book.last(), false);
        List<CompletableFuture<Gate.Entry>> entries = ask(second, 20);
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(1);
        second.answered(entries.get(0).join(), new RateAnswer(false, "heavy", 10, 2, WINDOW, null));
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(3);
        assertThat(book.said).isEmpty();
    }

    @Test
    void after_a_kill_one_whole_window_is_waited_when_no_header_says_how_full_it_is() {
        filled(4);
        Gate second = resumed(book.last(), false);
        List<CompletableFuture<Gate.Entry>> entries = ask(second, 20);
        second.answered(entries.get(0).join(), RateAnswer.SILENT);
        alarm.advance(WINDOW.minusSeconds(1));
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThat(book.said).containsExactly("closed UNKNOWN_WINDOW");
        alarm.advance(Duration.ofSeconds(2));
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(2);
        second.answered(entries.get(1).join(), RateAnswer.SILENT);
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(11);
        assertThat(book.said).containsExactly("closed UNKNOWN_WINDOW", "opened after 61 s");
    }

    @Test
    void what_was_learned_is_carried_over_but_not_what_was_only_configured() {
        Gate first = gate();
        first.answered(
                first.enter(Kind.CONTENT, "acme", null).join(),
                new RateAnswer(false, "heavy", 40, 39, Duration.ofSeconds(30), null));
        assertThat(resumed(first.memory(), true).status().limit()).isEqualTo(40);
        assertThat(resumed(first.memory(), true).status().windowSeconds()).isEqualTo(30);
        Gate silent = filled(3);
        SlidingGate other = new SlidingGate(KEY, new GateLimits(25, WINDOW, 100), clock, alarm, Runnable::run, book);
        other.resume(silent.memory(), true);
        assertThat(other.status().limit()).isEqualTo(25);
    }

    @Test
    void a_clock_that_was_set_back_between_two_processes_makes_the_second_wait_a_window_and_no_more() {
        GateMemory memory = filled(10).memory();
        clock.set(NOW.minus(Duration.ofHours(1)));
        Gate second = resumed(memory, true);
        List<CompletableFuture<Gate.Entry>> entries = ask(second, 1);
        assertThat(entries.get(0)).isNotDone();
        alarm.advance(WINDOW.plusSeconds(1));
        assertThat(entries.get(0)).isCompleted();
    }

    @Test
    void requests_of_nearly_the_same_time_are_remembered_together() {
        assertThat(filled(10).memory().sent()).containsExactly(new GateMemory.Sent(NOW, 10));
    }

    @Test
    void a_refusal_is_kept_before_its_answer_is_used() {
        Gate gate = gate();
        Gate.Entry entry = gate.enter(Kind.CONTENT, "acme", null).join();
        gate.answered(entry, new RateAnswer(true, "heavy", 10, 0, WINDOW, Duration.ofSeconds(33)));
        assertThat(book.last().closedUntil()).isEqualTo(gate.status().closedUntil());
        assertThat(book.last().refused()).isEqualTo(1);
    }

    @Test
    void closing_and_opening_are_said_once_however_often_it_is_refused_in_between() {
        Gate gate = filled(1);
        List<CompletableFuture<Gate.Entry>> entries = ask(gate, 5);
        for (CompletableFuture<Gate.Entry> entry : entries) {
            gate.answered(entry.join(), new RateAnswer(true, null, null, null, null, Duration.ofSeconds(2)));
        }
        CompletableFuture<Gate.Entry> alone = gate.enter(Kind.CONTENT, "acme", null);
        alarm.advance(Duration.ofSeconds(5));
        gate.answered(alone.join(), new RateAnswer(true, null, null, null, null, Duration.ofSeconds(2)));
        alone = gate.enter(Kind.CONTENT, "acme", null);
        alarm.advance(Duration.ofSeconds(5));
        assertThat(book.said).containsExactly("closed REFUSED");
        gate.answered(alone.join(), RateAnswer.SILENT);
        gate.answered(ask(gate, 1).get(0).join(), RateAnswer.SILENT);
        assertThat(book.said).containsExactly("closed REFUSED", "opened after 10 s");
    }

    @Test
    void another_limit_is_said_once_and_not_with_each_answer() {
        Gate gate = gate();
        for (int i = 0; i < 50; i++) {
            int limit = i % 2 == 0 ? 100 : 90;
            gate.answered(
                    gate.enter(Kind.CONTENT, "acme", null).join(),
                    new RateAnswer(false, "heavy", limit, limit - i - 1, WINDOW, null));
        }
        assertThat(book.said).containsExactly("limit 10 is 100");
    }

    @Test
    void somebody_else_on_the_budget_is_said_once_when_he_stays() {
        Gate gate = gate();
        for (int i = 0; i < 40; i++) {
            CompletableFuture<Gate.Entry> entry = gate.enter(Kind.CONTENT, "acme", null);
            alarm.advance(Duration.ofSeconds(20));
            gate.answered(entry.join(), new RateAnswer(false, "heavy", 10, 3 + i % 2, WINDOW, null));
        }
        assertThat(book.said).as("the most that was seen when it was said").containsExactly("others 6");
        assertThat(gate.status().others()).isPositive();
    }

    private SlidingGate gate() {
        return new SlidingGate(KEY, LIMITS, clock, alarm, Runnable::run, book);
    }

    /** So many were sent just now and answered without a word about the budget. */
    private Gate filled(int requests) {
        Gate gate = gate();
        for (int i = 0; i < requests; i++) {
            gate.answered(gate.enter(Kind.CONTENT, "acme", null).join(), RateAnswer.SILENT);
        }
        return gate;
    }

    private Gate resumed(GateMemory memory, boolean wasClean) {
        SlidingGate gate = gate();
        gate.resume(memory, wasClean);
        return gate;
    }

    private static List<CompletableFuture<Gate.Entry>> ask(Gate gate, int requests) {
        List<CompletableFuture<Gate.Entry>> entries = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            entries.add(gate.enter(Kind.CONTENT, "acme", null));
        }
        return entries;
    }

    /** Remembers what it was told to keep, and what it was told to say. */
    private static final class Book implements GateWatch {

        private final List<GateMemory> kept = new ArrayList<>();
        private final List<String> said = new ArrayList<>();
        private CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);

        GateMemory last() {
            return kept.get(kept.size() - 1);
        }

        @Override
        public CompletionStage<Void> keep(Gate gate) {
            kept.add(gate.memory());
            return pending;
        }

        @Override
        public void closed(Gate gate, Reason reason, Instant until) {
            said.add("closed " + reason);
        }

        @Override
        public void opened(Gate gate, Duration after) {
            said.add("opened after " + after.toSeconds() + " s");
        }

        @Override
        public void limitLearned(Gate gate, GateLimits before, GateLimits now) {
            said.add("limit " + before.limit() + " is " + now.limit());
        }

        @Override
        public void othersNoticed(Gate gate, int requests) {
            said.add("others " + requests);
        }
    }
}
