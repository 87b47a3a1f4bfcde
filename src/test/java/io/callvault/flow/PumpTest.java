// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PumpTest {

    private final ArrayDeque<String> due = new ArrayDeque<>(List.of("a", "b", "c", "d", "e", "f", "g"));
    private final Map<String, CompletableFuture<Void>> running = new LinkedHashMap<>();
    private final List<String> begun = new ArrayList<>();
    private final List<String> givenBack = new ArrayList<>();
    private final List<Throwable> broken = new ArrayList<>();
    private boolean isLedgerBroken;
    private int width = 2;
    private final Pump<String> pump = new Pump<>(
            this::claim, this::work, this::giveBack, broken::add, () -> width, Runnable::run, () -> {});

    @Test
    void no_more_than_its_width_run_at_once_and_the_order_is_kept() {
        pump.wake();
        assertThat(running.keySet()).containsExactly("a", "b");
        end("a");
        assertThat(running.keySet()).containsExactly("b", "c");
        assertThat(pump.isIdle()).isFalse();
    }

    @Test
    void one_that_waits_for_its_commit_only_gives_its_place_away_and_is_still_not_over() {
        width = 1;
        pump.wake();
        pump.committing("a");
        pump.committing("a");
        assertThat(running.keySet()).containsExactly("a", "b");
        end("b");
        assertThat(running.keySet()).containsExactly("a", "c");
        pump.committing("b"); // over before it says so
        assertThat(running.keySet()).containsExactly("a", "c");
        end("a");
        assertThat(running.keySet()).containsExactly("c");
        pump.stop();
        end("c");
        assertThat(pump.isIdle()).isTrue();
    }

    @Test
    void only_so_many_wait_for_their_commits_beside_those_that_have_a_place() {
        width = 1;
        for (int i = 0; i < 100; i++) {
            due.add("more " + i);
        }
        pump.wake();
        for (int i = 0; i < 107; i++) {
            List.copyOf(running.keySet()).forEach(pump::committing);
        }
        assertThat(running).hasSize(65);
    }

    @Test
    void it_is_idle_when_everything_is_over_and_the_ledger_has_no_more() {
        pump.wake();
        while (!running.isEmpty()) {
            end(running.keySet().iterator().next());
        }
        assertThat(begun).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(pump.isIdle()).isTrue();
    }

    @Test
    void what_becomes_due_later_is_begun_when_it_is_woken() {
        due.clear();
        pump.wake();
        assertThat(pump.isIdle()).isTrue();
        due.add("late");
        pump.wake();
        assertThat(running.keySet()).containsExactly("late");
    }

    @Test
    void stopped_it_gives_back_what_has_not_begun_and_lets_the_rest_end() {
        pump.wake();
        pump.stop();
        assertThat(givenBack).isNotEmpty().doesNotContain("a", "b");
        assertThat(pump.isIdle()).isFalse();
        end("a");
        end("b");
        assertThat(begun).containsExactly("a", "b");
        assertThat(pump.isIdle()).isTrue();
    }

    @Test
    void a_task_that_fails_makes_room_like_any_other() {
        pump.wake();
        running.remove("a").completeExceptionally(new IllegalStateException("bug"));
        assertThat(running.keySet()).containsExactly("b", "c");
    }

    @Test
    void a_ledger_that_cannot_be_asked_is_told_and_ends_it() {
        isLedgerBroken = true;
        pump.wake();
        assertThat(broken).hasSize(1);
        assertThat(pump.isStopped()).isTrue();
        assertThat(pump.isIdle()).isTrue();
    }

    @Test
    void tasks_that_are_claimed_already_go_through_the_same_door() {
        due.clear();
        pump.add(List.of("x", "y", "z"));
        assertThat(running.keySet()).containsExactly("x", "y");
        pump.stop();
        assertThat(givenBack).containsExactly("z");
        pump.add(List.of("too late"));
        assertThat(givenBack).containsExactly("z", "too late");
    }

    @Test
    void without_width_nothing_is_begun_and_what_is_handed_over_waits_in_the_ledger() {
        due.clear();
        width = 0;
        pump.add(List.of("x", "y"));
        assertThat(givenBack).containsExactly("x", "y");
        assertThat(begun).isEmpty();
        assertThat(pump.isIdle()).isFalse();
        assertThat(pump.isResting()).isTrue();
        width = 2;
        due.addAll(givenBack);
        pump.wake();
        assertThat(running.keySet()).containsExactly("x", "y");
    }

    @Test
    void what_is_being_given_back_is_still_to_be_done() {
        due.clear();
        width = 0;
        returned = new CompletableFuture<>();
        pump.add(List.of("x"));
        width = 2;
        pump.wake();
        assertThat(begun).as("the ledger does not have it yet").isEmpty();
        assertThat(pump.isIdle()).isFalse();
        due.add("x");
        returned.complete(null);
        assertThat(running.keySet()).containsExactly("x");
        end("x");
        assertThat(pump.isIdle()).isTrue();
    }

    @Test
    void more_than_fit_here_wait_in_the_ledger() {
        due.clear();
        for (int i = 0; i < Pump.MOST + 10; i++) {
            pump.add(List.of("n" + i));
        }
        assertThat(begun).hasSize(2);
        assertThat(givenBack).hasSize(8);
        due.addAll(givenBack);
        while (!running.isEmpty()) {
            end(running.keySet().iterator().next());
        }
        assertThat(begun).doesNotHaveDuplicates().hasSize(Pump.MOST + 10);
        assertThat(pump.isIdle()).isTrue();
    }

    private CompletableFuture<Void> returned = CompletableFuture.completedFuture(null);

    private CompletableFuture<Void> giveBack(List<String> tasks) {
        givenBack.addAll(tasks);
        return returned;
    }

    private CompletableFuture<List<String>> claim(int limit) {
        if (isLedgerBroken) {
            return CompletableFuture.failedFuture(new IllegalStateException("disk full"));
        }
        List<String> claimed = new ArrayList<>();
        while (claimed.size() < limit && !due.isEmpty()) {
            claimed.add(due.poll());
        }
        return CompletableFuture.completedFuture(claimed);
    }

    private CompletableFuture<Void> work(String task) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        begun.add(task);
        running.put(task, over);
        return over;
    }

    private void end(String task) {
        running.remove(task).complete(null);
    }
}
