// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

    /** How many tasks at most wait for their commit beside those that have a place. */
    private static final int COMMITTING = 64;

    /** How many tasks may wait here that were handed over; the rest waits in the ledger. */
    static final int MOST = 1_000;

    private final IntFunction<? extends CompletionStage<List<T>>> claim;
    private final Function<T, ? extends CompletionStage<?>> work;
    private final Function<List<T>, ? extends CompletionStage<?>> giveBack;
    private final Consumer<Throwable> broken;
    private final IntSupplier width;
    private final Executor executor;
    private final Runnable changed;
    private final ArrayDeque<T> claimed = new ArrayDeque<>();

    private final Map<T, Boolean> running = new IdentityHashMap<>(); // true for those that wait for their commit only

    private int committing;
    private boolean claiming;
    private boolean dry;
    private boolean wokenWhileClaiming;
    private int returning;
    private boolean stopped;

    /**
     * @param claim claims up to a number of tasks; fewer means that there are no more for now
     * @param work does one; completes, in whatever way, when it is over
     * @param giveBack takes tasks that were claimed and will not be begun; completes when they can be claimed again
     * @param broken told when a claim fails
     * @param width how many at once; 0 while nothing can be begun
     * @param executor where claimed tasks are begun
     * @param changed told whenever the pump may have become idle
     */
    Pump(
            IntFunction<? extends CompletionStage<List<T>>> claim,
            Function<T, ? extends CompletionStage<?>> work,
            Function<List<T>, ? extends CompletionStage<?>> giveBack,
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

    /** Takes tasks that are claimed already; more than can wait here are given back, and claimed when their time comes. */
    void add(List<T> tasks) {
        boolean isTaken;
        synchronized (this) {
            isTaken = !stopped && width.getAsInt() > 0 && claimed.size() < MOST;
            if (isTaken) {
                claimed.addAll(tasks);
            } else if (!stopped) {
                returning++;
            }
        }
        if (isTaken) {
            pump();
        } else {
            giveBack.apply(tasks).whenCompleteAsync((done, failure) -> returned(), executor);
        }
    }

    /** Gives back what waits here; it is claimed again when there is width. */
    void release() {
        List<T> rest;
        synchronized (this) {
            if (claimed.isEmpty() || stopped) {
                return;
            }
            rest = new ArrayList<>(claimed);
            claimed.clear();
            returning++;
        }
        giveBack.apply(rest).whenCompleteAsync((done, failure) -> returned(), executor);
    }

    private void returned() {
        boolean isLast;
        synchronized (this) {
            isLast = returning > 0 && --returning == 0;
        }
        if (isLast) {
            wake();
        }
        changed.run();
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
            giveBack.apply(rest);
        }
        changed.run();
    }

    /** True when nothing runs and there is nothing to begin. */
    synchronized boolean isIdle() {
        return isResting() && claimed.isEmpty() && (dry || stopped);
    }

    /** True when nothing runs, whether there is something to begin or not. */
    synchronized boolean isResting() {
        return running.isEmpty() && !claiming && returning == 0;
    }

    /** True while so many tasks wait that handing over more would soon be in vain. */
    synchronized boolean isBehind() {
        return claimed.size() >= MOST / 2;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    private void pump() {
        List<T> begin = new ArrayList<>();
        int wanted = 0;
        synchronized (this) {
            int places = width.getAsInt();
            while (!stopped && running.size() - Math.min(committing, COMMITTING) < places && !claimed.isEmpty()) {
                T task = claimed.poll();
                begin.add(task);
                running.put(task, false);
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
                committing -= running.remove(task) ? 1 : 0;
            }
            pump();
            changed.run();
        });
    }

    /** A running task waits for nothing but its commit, so that another can have its place. */
    void committing(T task) {
        synchronized (this) {
            if (running.replace(task, false, true)) {
                committing++;
            }
        }
        pump();
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
                giveBack.apply(late);
            }
            // Not on the thread that commits: beginning a task may block.
            executor.execute(() -> {
                pump();
                changed.run();
            });
        });
    }
}
