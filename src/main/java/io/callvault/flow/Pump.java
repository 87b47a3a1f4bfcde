// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * Keeps a number of tasks going, with new ones claimed from the ledger as they end, until the ledger has none left. A task
 * holds no thread while it waits.
 *
 * @param <T> a claimed task
 */
final class Pump<T> {

    private final IntFunction<? extends CompletionStage<List<T>>> claim;
    private final Function<T, ? extends CompletionStage<?>> work;
    private final Consumer<List<T>> giveBack;
    private final Consumer<Throwable> broken;
    private final IntSupplier width;
    private final Executor executor;
    private final Runnable changed;
    private final ArrayDeque<T> claimed = new ArrayDeque<>();

    private int running;
    private boolean claiming;
    private boolean dry;
    private boolean wokenWhileClaiming;
    private boolean stopped;

    /**
     * @param claim claims up to a number of tasks; fewer means that there are no more for now
     * @param work does one; completes, in whatever way, when it is over
     * @param giveBack takes tasks that were claimed and will not be begun
     * @param broken told when a claim fails
     * @param width how many at once
     * @param executor where claimed tasks are begun
     * @param changed told whenever the pump may have become idle
     */
    Pump(
            IntFunction<? extends CompletionStage<List<T>>> claim,
            Function<T, ? extends CompletionStage<?>> work,
            Consumer<List<T>> giveBack,
            Consumer<Throwable> broken,
            IntSupplier width,
            Executor executor,
            Runnable changed) {
        this.claim = claim;
        this.work = work;
        this.giveBack = giveBack;
        this.broken = broken;
        this.width = width;
        this.executor = executor;
        this.changed = changed;
    }

    /** There may be more to claim. */
    void wake() {
        synchronized (this) {
            dry = false;
            wokenWhileClaiming = claiming;
        }
        pump();
    }

    /** Takes tasks that are claimed already. */
    void add(List<T> tasks) {
        boolean refused;
        synchronized (this) {
            refused = stopped;
            if (!refused) {
                claimed.addAll(tasks);
            }
        }
        if (refused) {
            giveBack.accept(tasks);
        } else {
            pump();
        }
    }

    /** Begins nothing any more; what runs goes on to its end. */
    void stop() {
        List<T> rest;
        synchronized (this) {
            stopped = true;
            rest = new ArrayList<>(claimed);
            claimed.clear();
        }
        if (!rest.isEmpty()) {
            giveBack.accept(rest);
        }
        changed.run();
    }

    /** True when nothing runs and there is nothing to begin. */
    synchronized boolean isIdle() {
        return running == 0 && !claiming && claimed.isEmpty() && (dry || stopped);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    private void pump() {
        List<T> begin = new ArrayList<>();
        int wanted = 0;
        synchronized (this) {
            int places = width.getAsInt();
            while (!stopped && running < places && !claimed.isEmpty()) {
                begin.add(claimed.poll());
                running++;
            }
            if (!stopped && !claiming && !dry && claimed.size() < places) {
                claiming = true;
                wanted = Math.max(1, places * 2 - claimed.size());
            }
        }
        begin.forEach(task -> executor.execute(() -> begin(task)));
        if (wanted > 0) {
            claim(wanted);
        }
    }

    private void begin(T task) {
        CompletionStage<?> over;
        try {
            over = work.apply(task);
        } catch (RuntimeException e) {
            over = CompletableFuture.failedFuture(e);
        }
        over.whenComplete((done, failure) -> {
            synchronized (this) {
                running--;
            }
            pump();
            changed.run();
        });
    }

    private void claim(int wanted) {
        claim.apply(wanted).whenComplete((tasks, failure) -> {
            List<T> late = List.of();
            synchronized (this) {
                claiming = false;
                if (failure != null) {
                    stopped = true;
                } else if (stopped) {
                    late = tasks;
                } else {
                    claimed.addAll(tasks);
                    dry = tasks.size() < wanted && !wokenWhileClaiming;
                }
                wokenWhileClaiming = false;
            }
            if (failure != null) {
                broken.accept(failure);
            }
            if (!late.isEmpty()) {
                giveBack.accept(late);
            }
            // Not on the thread that commits: beginning a task may block.
            executor.execute(() -> {
                pump();
                changed.run();
            });
        });
    }
}
