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
            this::claim, this::work, givenBack::addAll, broken::add, () -> width, Runnable::run, () -> {});

    @Test
    void no_more_than_its_width_run_at_once_and_the_order_is_kept() {
        pump.wake();
        assertThat(running.keySet()).containsExactly("a", "b");
        end("a");
        assertThat(running.keySet()).containsExactly("b", "c");
        assertThat(pump.isIdle()).isFalse();
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
