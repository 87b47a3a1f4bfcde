// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import io.callvault.gate.GateWatch.Reason;
import io.callvault.gate.Waiters.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A gate with a log of its own of what was sent in the last window, corrected by what the provider's headers say.
 *
 * <ul>
 *   <li>A place in the window is free again one window after the request was counted ({@link Lateness}).
 *   <li>If the provider says that less remains than our log explains, somebody else uses the budget: that much is left to
 *       them ({@link Others}, {@link Reserve}). More than our log allows is never believed.
 *   <li>The first request goes alone, and so does the first after a penalty; its answer sets the gate.
 *   <li>A refusal shuts the gate until {@code Retry-After} ({@link Closing}), with everybody held: any request inside the
 *       penalty would restart it. Who was let in and has not sent yet is called back.
 * </ul>
 */
final class SlidingGate implements Gate {

    private static final int WIDEST = 64;
    private static final int QUIET_WINDOWS = 10;

    private final GateKey key;
    private final Clock clock;
    private final Alarm alarm;
    private final Executor executor;
    private final GateWatch watch;
    private final long origin;
    private final Waiters waiters = new Waiters();
    private final Budget budget;
    private final Closing closing = new Closing();
    /** Let in, and not known to have been sent. */
    private final Set<Long> inside = new HashSet<>();
    /** Of those, who must not send any more because the gate was shut since. */
    private final Set<Long> calledBack = new HashSet<>();

    private long alarmAt = Long.MAX_VALUE;
    private boolean alone = true;
    /** Number of the entry that goes alone now; 0 when none does. Answers to earlier ones say nothing new. */
    private long loneEntry;
    /** True after an unclean stop, until an answer has said how much of the window is used. */
    private boolean isWindowUnknown;

    private boolean stopped;
    private boolean used;
    private long limitToldAt = Long.MIN_VALUE;
    private long entries;
    private long requests;
    private long refused;

    SlidingGate(GateKey key, GateLimits limits, Clock clock, Alarm alarm, Executor executor, GateWatch watch) {
        this.key = key;
        this.budget = new Budget(key.group(), limits);
        this.clock = clock;
        this.alarm = alarm;
        this.executor = executor;
        this.watch = watch;
        this.origin = alarm.nanos();
    }

    /** Goes on where an earlier process stopped. */
    synchronized void resume(GateMemory memory, boolean wasClean) {
        long now = now();
        requests = Math.max(requests, memory.requests());
        refused = Math.max(refused, memory.refused());
        if (memory.isLearned()) {
            budget.resume(memory.limits());
        }
        for (GateMemory.Sent sent : memory.sent()) {
            // As if counted just now: what may have been on its way to the end, and all when the clock was set back.
            long at = sent.at() == null ? now : Math.min(now, at(sent.at()));
            for (int i = 0; i < sent.requests(); i++) {
                budget.log().earlier(at);
            }
        }
        if (memory.closedUntil() != null) {
            closing.close(now, at(memory.closedUntil()));
        }
        isWindowUnknown |= !wasClean;
    }

    @Override
    public GateKey key() {
        return key;
    }

    @Override
    public CompletableFuture<Entry> enter(Kind kind, String customer, Instant lossAt) {
        CompletableFuture<Entry> entry = new CompletableFuture<>();
        synchronized (this) {
            if (stopped) {
                entry.cancel(false);
                return entry;
            }
            waiters.add(kind, customer, new Waiter(++entries, lossAt == null ? Instant.MAX : lossAt, entry));
        }
        letIn(entry);
        return entry;
    }

    @Override
    public boolean departs(Entry entry) {
        synchronized (this) {
            inside.remove(entry.number());
            if (!calledBack.remove(entry.number())) {
                budget.log().departed(entry.number(), now());
                return true;
            }
            budget.log().withdraw(entry.number());
            requests--;
        }
        letIn();
        return false;
    }

    @Override
    public void answered(Entry entry, RateAnswer answer) {
        List<Runnable> news = new ArrayList<>();
        boolean isQuiet;
        synchronized (this) {
            long now = now();
            Long sent = budget.log().sentAt(entry.number());
            if (sent == null) {
                return;
            }
            boolean wasAlone = entry.number() == loneEntry;
            GateLimits before = budget.limits();
            leave(entry);
            learn(entry, answer, sent, now, news);
            if (wasAlone) {
                alone = false;
                loneEntry = 0;
                understandWindow(answer, now, news);
            }
            if (answer.refused()) {
                refuse(answer, wasAlone, before.equals(budget.limits()), now, news);
            } else if (answer.retryAfter() != null && !answer.retryAfter().isZero()) {
                close(Reason.ASKED_TO_WAIT, now, Closing.patience(answer.retryAfter()), news);
            } else if (answer.isGood()) {
                Duration closed = closing.opened(now);
                if (closed != null) {
                    news.add(() -> watch.opened(this, closed));
                }
            }
            // The last of a burst: now it is known when each was counted.
            isQuiet = budget.isScarce() && budget.log().unanswered() == 0;
        }
        news.forEach(Runnable::run);
        if (answer.refused()) {
            watch.keep(this).toCompletableFuture().join();
        } else if (isQuiet) {
            watch.keep(this);
        }
        letIn();
    }

    @Override
    public void unanswered(Entry entry) {
        synchronized (this) {
            leave(entry);
            if (budget.log().isOnTheWay(entry.number())) {
                budget.log().counted(entry.number(), now());
            }
        }
        letIn();
    }

    @Override
    public void shut(Instant until) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            long now = now();
            close(Reason.OUTAGE, now, Duration.ofNanos(at(until) - now), news);
        }
        news.forEach(Runnable::run);
        watch.keep(this);
        letIn();
    }

    /** Half as many again as may go: somebody should be ready when those that went are long downloads. */
    @Override
    public synchronized int width() {
        int usable = budget.limits().usable();
        return Math.min(usable + usable / 2, WIDEST);
    }

    @Override
    public synchronized GateStatus status() {
        long now = now();
        GateLimits limits = budget.limits();
        return new GateStatus(
                budget.group(),
                limits.limit(),
                (int) limits.window().toSeconds(),
                limits.share(),
                budget.used(now),
                limits.usable() - budget.places(now),
                requests,
                refused,
                closedUntil(now),
                waiters.size());
    }

    @Override
    public synchronized GateMemory memory() {
        long now = now();
        return new GateMemory(
                budget.limits(),
                budget.isLearned(),
                !isWindowUnknown,
                requests,
                refused,
                closedUntil(now),
                budget.sent(now, this::instant));
    }

    @Override
    public synchronized boolean isUsed() {
        return used;
    }

    /** Lets nobody in any more and cancels who waits. */
    void stop() {
        List<Waiter> held;
        synchronized (this) {
            stopped = true;
            held = waiters.drain();
        }
        held.forEach(waiter -> waiter.entry().cancel(false));
    }

    /** It is inside no more. */
    private void leave(Entry entry) {
        inside.remove(entry.number());
        calledBack.remove(entry.number());
    }

    private void learn(Entry entry, RateAnswer answer, long sent, long now, List<Runnable> news) {
        GateLimits before = budget.limits();
        boolean isNewsOfOthers = budget.answered(entry.number(), answer, sent, now);
        GateLimits learned = budget.limits();
        boolean isQuiet = limitToldAt != Long.MIN_VALUE && now - limitToldAt < QUIET_WINDOWS * budget.window();
        if (learned != before && !isQuiet) { // it is another one only if it says something else
            limitToldAt = now;
            news.add(() -> watch.limitLearned(this, before, learned));
        }
        if (isNewsOfOthers) {
            int taken = budget.takenByOthers(now);
            news.add(() -> watch.othersNoticed(this, taken));
        }
    }

    private void understandWindow(RateAnswer answer, long now, List<Runnable> news) {
        if (isWindowUnknown && !answer.hasBudget() && !answer.refused()) {
            close(Reason.UNKNOWN_WINDOW, now, budget.limits().window(), news);
        }
        isWindowUnknown = false;
    }

    private void refuse(RateAnswer answer, boolean wasAlone, boolean isLimitKnown, long now, List<Runnable> news) {
        refused++;
        budget.refused(now, !wasAlone && isLimitKnown && !closing.isShut(now));
        close(Reason.REFUSED, now, closing.silence(answer.retryAfter(), wasAlone, budget.limits().window()), news);
    }

    private void close(Reason reason, long now, Duration length, List<Runnable> news) {
        if (closing.close(now, now + length.toNanos())) {
            Instant until = instant(closing.until());
            news.add(() -> watch.closed(this, reason, until));
        }
        alone = true;
        loneEntry = 0;
        calledBack.addAll(inside);
    }

    private void letIn() {
        letIn(null);
    }

    /** @param own of who asks, whom nobody waits for yet: if it is its turn, it need not be called back on another thread */
    private void letIn(CompletableFuture<Entry> own) {
        List<Waiter> admitted = new ArrayList<>();
        boolean isScarce;
        synchronized (this) {
            long now = now();
            while (!stopped) {
                long opensAt = opensAt(now);
                if (opensAt > now) {
                    wakeAt(opensAt, now);
                    break;
                }
                Waiter waiter = waiters.next();
                if (waiter == null) {
                    break;
                }
                budget.log().sent(waiter.number(), now);
                inside.add(waiter.number());
                loneEntry = alone ? waiter.number() : 0;
                requests++;
                admitted.add(waiter);
            }
            isScarce = !used || budget.isScarce();
            used |= !admitted.isEmpty();
        }
        if (admitted.isEmpty()) {
            return;
        }
        if (isScarce) {
            watch.keep(this)
                    .whenComplete((kept, failure) ->
                            admitted.forEach(waiter -> executor.execute(() -> tell(waiter, failure))));
            return;
        }
        for (Waiter waiter : admitted) {
            if (waiter.entry() == own) {
                tell(waiter, null);
            } else {
                executor.execute(() -> tell(waiter, null));
            }
        }
    }

    private static void tell(Waiter waiter, Throwable failure) {
        if (failure == null) {
            waiter.entry().complete(new Entry(waiter.number()));
        } else {
            waiter.entry().completeExceptionally(failure);
        }
    }

    /** Now or earlier when somebody may enter; else when to look again; far off when an answer must come first. */
    private long opensAt(long now) {
        if (closing.isShut(now)) {
            return closing.until();
        }
        return alone && budget.log().isOnTheWay(loneEntry) ? Long.MAX_VALUE : budget.opensAt(now);
    }

    private void wakeAt(long opensAt, long now) {
        if (waiters.isEmpty() || opensAt == Long.MAX_VALUE || opensAt >= alarmAt) {
            return;
        }
        alarmAt = opensAt;
        long millis = (opensAt - now + 999_999) / 1_000_000;
        alarm.after(Duration.ofMillis(Math.max(1, millis)), () -> {
            synchronized (this) {
                alarmAt = Long.MAX_VALUE;
            }
            letIn();
        });
    }

    private Instant closedUntil(long now) {
        return closing.isShut(now) ? instant(closing.until()) : null;
    }

    /** Nanoseconds since the gate was made. */
    private long now() {
        return alarm.nanos() - origin;
    }

    private long at(Instant instant) {
        Duration from = Duration.between(clock.instant(), instant);
        // What is further off than a day is a clock that was set.
        Duration day = Closing.LONGEST_PENALTY;
        return now() + (from.abs().compareTo(day) < 0 ? from.toNanos() : from.isNegative() ? -day.toNanos() : day.toNanos());
    }

    private Instant instant(long at) {
        return clock.instant().plusNanos(at - now());
    }
}
