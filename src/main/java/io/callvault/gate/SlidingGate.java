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

    /** A window with more requests than this is no scarcity: what was sent in it is kept now and then only. */
    private static final int SCARCE = 1_000;

    private static final int WIDEST = 64;
    private static final int QUIET_WINDOWS = 10;

    private final GateKey key;
    private final Clock clock;
    private final Alarm alarm;
    private final Executor executor;
    private final GateWatch watch;
    private final long origin;
    private final Waiters waiters = new Waiters();
    private final WindowLog log = new WindowLog();
    private final Lateness lateness = new Lateness();
    private final Others others = new Others();
    private final Reserve reserve = new Reserve();
    private final Closing closing = new Closing();
    /** Let in, and not known to have been sent. */
    private final Set<Long> inside = new HashSet<>();
    /** Of those, who must not send any more because the gate was shut since. */
    private final Set<Long> calledBack = new HashSet<>();

    private GateLimits limits;
    private boolean isLearned;
    private String group;
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
        this.limits = limits;
        this.group = key.group();
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
            limits = new GateLimits(
                    memory.limits().limit(), memory.limits().window(), limits.share());
            isLearned = true;
        }
        for (GateMemory.Sent sent : memory.sent()) {
            // Who has set the clock back meanwhile finds it as if sent just now.
            long at = Math.min(now, at(sent.at()));
            for (int i = 0; i < sent.requests(); i++) {
                log.earlier(at);
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
        letIn();
        return entry;
    }

    @Override
    public boolean departs(Entry entry) {
        synchronized (this) {
            inside.remove(entry.number());
            if (!calledBack.remove(entry.number())) {
                log.departed(entry.number(), now());
                return true;
            }
            log.withdraw(entry.number());
            requests--;
        }
        letIn();
        return false;
    }

    @Override
    public void answered(Entry entry, RateAnswer answer) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            long now = now();
            Long sent = log.sentAt(entry.number());
            if (sent == null) {
                return;
            }
            boolean wasAlone = entry.number() == loneEntry;
            GateLimits before = limits;
            learn(answer, sent, now, news);
            settle(entry, limits.limit() > SCARCE ? now : lateness.latest(sent, now, window()));
            if (wasAlone) {
                alone = false;
                loneEntry = 0;
                understandWindow(answer, now, news);
            }
            if (answer.refused()) {
                refuse(answer, wasAlone, before.equals(limits), now, news);
            } else if (answer.retryAfter() != null && !answer.retryAfter().isZero()) {
                close(Reason.ASKED_TO_WAIT, now, Closing.patience(answer.retryAfter()), news);
            } else if (answer.isGood()) {
                Duration closed = closing.opened(now);
                if (closed != null) {
                    news.add(() -> watch.opened(this, closed));
                }
            }
        }
        news.forEach(Runnable::run);
        if (answer.refused()) {
            watch.keep(this).toCompletableFuture().join();
        }
        letIn();
    }

    @Override
    public void unanswered(Entry entry) {
        synchronized (this) {
            if (log.isOnTheWay(entry.number())) {
                settle(entry, now());
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
        int usable = limits.usable();
        return Math.min(usable + usable / 2, WIDEST);
    }

    @Override
    public synchronized GateStatus status() {
        long now = now();
        log.expire(now, limits.window().toNanos());
        return new GateStatus(
                group,
                limits.limit(),
                (int) limits.window().toSeconds(),
                limits.share(),
                log.size(),
                limits.usable() - places(now),
                requests,
                refused,
                closing.isShut(now) ? instant(closing.until()) : null,
                waiters.size());
    }

    @Override
    public synchronized GateMemory memory() {
        long now = now();
        long window = limits.window().toNanos();
        log.expire(now, window);
        List<GateMemory.Sent> sent = new ArrayList<>();
        log.forEach(now, at -> {
            int last = sent.size() - 1;
            Instant instant = instant(at);
            boolean isNear = last >= 0
                    && Duration.between(sent.get(last).at(), instant).toNanos() < window / 100;
            int together = isNear ? sent.remove(last).requests() : 0;
            sent.add(new GateMemory.Sent(instant, together + 1));
        });
        Instant closedUntil = closing.isShut(now) ? instant(closing.until()) : null;
        return new GateMemory(limits, isLearned, !isWindowUnknown, requests, refused, closedUntil, sent);
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

    private void settle(Entry entry, long latest) {
        inside.remove(entry.number());
        calledBack.remove(entry.number());
        log.counted(entry.number(), latest);
    }

    private void learn(RateAnswer answer, long sent, long now, List<Runnable> news) {
        if (answer.group() != null) {
            group = answer.group();
        }
        GateLimits before = limits;
        limits = limits.learn(answer);
        isLearned |= answer.limit() != null;
        boolean isQuiet = limitToldAt != Long.MIN_VALUE && now - limitToldAt < QUIET_WINDOWS * window();
        if (!limits.equals(before) && !isQuiet) {
            limitToldAt = now;
            GateLimits learned = limits;
            news.add(() -> watch.limitLearned(this, before, learned));
        }
        if (answer.hasBudget() && !answer.refused()) {
            log.expire(now, window());
            others.seen(now, answer.remaining(), log.atMost(sent, window()), limits.limit());
            if (others.isNews(now, window())) {
                int taken = others.taken(now, memoryOfOthers(), limits.limit());
                news.add(() -> watch.othersNoticed(this, taken));
            }
        }
    }

    private void understandWindow(RateAnswer answer, long now, List<Runnable> news) {
        if (isWindowUnknown && !answer.hasBudget() && !answer.refused()) {
            close(Reason.UNKNOWN_WINDOW, now, limits.window(), news);
        }
        isWindowUnknown = false;
    }

    private void refuse(RateAnswer answer, boolean wasAlone, boolean isLimitKnown, long now, List<Runnable> news) {
        refused++;
        if (!wasAlone && isLimitKnown && !closing.isShut(now)) {
            lateness.widen();
            reserve.refused(now, limits.limit());
        }
        others.refused();
        close(Reason.REFUSED, now, closing.silence(answer.retryAfter(), wasAlone, limits.window()), news);
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
                log.sent(waiter.number(), now);
                inside.add(waiter.number());
                loneEntry = alone ? waiter.number() : 0;
                requests++;
                admitted.add(waiter);
            }
            isScarce = !used || limits.limit() <= SCARCE;
            used |= !admitted.isEmpty();
        }
        if (admitted.isEmpty()) {
            return;
        }
        if (isScarce) {
            watch.keep(this).whenComplete((kept, failure) -> tell(admitted, failure));
        } else {
            tell(admitted, null);
        }
    }

    private void tell(List<Waiter> admitted, Throwable failure) {
        for (Waiter waiter : admitted) {
            executor.execute(() -> {
                if (failure == null) {
                    waiter.entry().complete(new Entry(waiter.number()));
                } else {
                    waiter.entry().completeExceptionally(failure);
                }
            });
        }
    }

    /** Now or earlier when somebody may enter; else when to look again; far off when an answer must come first. */
    private long opensAt(long now) {
        log.expire(now, window());
        if (reserve.relax(now, window(), limits.limit())) {
            lateness.narrow();
        }
        if (closing.isShut(now)) {
            return closing.until();
        }
        if (alone && log.isOnTheWay(loneEntry)) {
            return Long.MAX_VALUE;
        }
        if (log.size() < places(now)) {
            return now;
        }
        return Math.min(log.freeAt(window()), others.fewerAt(memoryOfOthers()));
    }

    /** How many requests we may have in the window: at least one, and others get what they are known to take. */
    private int places(long now) {
        int left = Math.max(others.taken(now, memoryOfOthers(), limits.limit()), reserve.kept());
        return Math.max(1, Math.min(limits.usable(), limits.limit() - left));
    }

    private long memoryOfOthers() {
        return window() / 4 * 5 + 2 * lateness.usual();
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

    private long window() {
        return limits.window().toNanos();
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
