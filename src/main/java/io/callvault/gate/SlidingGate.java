// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A gate with a log of its own of what was sent in the last window, corrected by what the provider's headers say.
 *
 * <ul>
 *   <li>A place in the window is free again one window after the request was counted. When that was is known only to lie
 *       between sending and answer, so the place is kept until a window after the answer, or after sending plus a small
 *       guard, whichever is earlier.
 *   <li>If the provider says that less remains than our log knows of, somebody else uses the budget: what is missing is
 *       entered into the log as sent now.
 *   <li>The first request goes alone, and so does the first after a penalty; its answer sets the gate.
 *   <li>A refusal shuts the gate until {@code Retry-After}, one minute when it is absent, with everybody held: any request
 *       inside the penalty would restart it.
 * </ul>
 */
final class SlidingGate implements Gate {

    /** When a 429 does not say how long (RingCentral's guide: at least 30 s; its penalty interval is 60 s). */
    static final Duration DEFAULT_PENALTY = Duration.ofSeconds(60);

    private static final int LISTING_EVERY = 5;

    private final GateKey key;
    private final Clock clock;
    private final Alarm alarm;
    private final Executor executor;
    private final Consumer<Gate> refusal;
    private final int share;
    private final Map<Kind, Queue<Waiter>> waiting = new EnumMap<>(Kind.class);
    /** When each request that has no answer yet was sent, by entry number. */
    private final Map<Long, Instant> unanswered = new HashMap<>();
    /** When each answered request of the last window was counted, at the latest. */
    private final PriorityQueue<Instant> counted = new PriorityQueue<>();

    private GateLimits limits;
    private String group;
    private Instant closedUntil = Instant.MIN;
    private Instant alarmAt = Instant.MAX;
    private boolean alone = true;
    /** Number of the entry that goes alone now; 0 when none does. Answers to earlier ones say nothing new. */
    private long loneEntry;

    private boolean stopped;
    private boolean used;
    private long entries;
    private long requests;
    private long refused;
    private int contentSinceListing = LISTING_EVERY;

    SlidingGate(
            GateKey key, GateLimits limits, Clock clock, Alarm alarm, Executor executor, Consumer<Gate> refusal) {
        this.key = key;
        this.limits = limits;
        this.share = limits.share();
        this.group = key.group();
        this.clock = clock;
        this.alarm = alarm;
        this.executor = executor;
        this.refusal = refusal;
        for (Kind kind : Kind.values()) {
            waiting.put(
                    kind,
                    new PriorityQueue<>(Comparator.comparing(Waiter::lossAt).thenComparing(Waiter::number)));
        }
    }

    /** Carries on the counts of an earlier process. */
    synchronized void resume(long requestsBefore, long refusedBefore, Instant shutUntil) {
        requests += requestsBefore;
        refused += refusedBefore;
        if (shutUntil != null && shutUntil.isAfter(closedUntil)) {
            closedUntil = shutUntil;
        }
    }

    @Override
    public GateKey key() {
        return key;
    }

    @Override
    public CompletableFuture<Entry> enter(Kind kind, Instant lossAt) {
        CompletableFuture<Entry> entry = new CompletableFuture<>();
        synchronized (this) {
            if (stopped) {
                entry.cancel(false);
                return entry;
            }
            waiting.get(kind).add(new Waiter(++entries, lossAt == null ? Instant.MAX : lossAt, entry));
        }
        letIn();
        return entry;
    }

    @Override
    public void answered(Entry entry, RateAnswer answer) {
        synchronized (this) {
            Instant now = clock.instant();
            settle(entry, now);
            learn(answer, now);
            if (entry.number() == loneEntry) {
                alone = false;
            }
            if (answer.refused()) {
                refused++;
                goAlone();
                Duration penalty = answer.retryAfter() == null ? DEFAULT_PENALTY : answer.retryAfter();
                closeUntil(now.plus(penalty).plus(guard()));
                counted.clear();
            }
        }
        if (answer.refused()) {
            refusal.accept(this);
        }
        letIn();
    }

    @Override
    public void unanswered(Entry entry) {
        synchronized (this) {
            settle(entry, clock.instant());
        }
        letIn();
    }

    @Override
    public void shut(Instant until) {
        synchronized (this) {
            closeUntil(until);
            goAlone();
        }
        letIn();
    }

    @Override
    public synchronized int width() {
        return Math.max(1, Math.min(limits.usable(), 64));
    }

    @Override
    public synchronized GateStatus status() {
        int held = waiting.values().stream().mapToInt(Queue::size).sum();
        Instant closed = closedUntil.isAfter(clock.instant()) ? closedUntil : null;
        return new GateStatus(
                group, limits.limit(), (int) limits.window().toSeconds(), requests, refused, closed, held);
    }

    @Override
    public synchronized boolean isUsed() {
        return used;
    }

    /** Lets nobody in any more and cancels who waits. */
    void stop() {
        List<Waiter> held = new ArrayList<>();
        synchronized (this) {
            stopped = true;
            waiting.values().forEach(queue -> {
                held.addAll(queue);
                queue.clear();
            });
        }
        held.forEach(waiter -> waiter.entry().cancel(false));
    }

    private void goAlone() {
        alone = true;
        loneEntry = 0;
    }

    private void closeUntil(Instant until) {
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }

    private void settle(Entry entry, Instant now) {
        Instant sentAt = unanswered.remove(entry.number());
        if (sentAt != null) {
            Instant latest = sentAt.plus(guard());
            counted.add(now.isBefore(latest) ? now : latest);
        }
    }

    private void learn(RateAnswer answer, Instant now) {
        if (answer.group() != null) {
            group = answer.group();
        }
        int limit = answer.limit() != null && answer.limit() > 0 ? answer.limit() : limits.limit();
        Duration window =
                answer.window() != null && !answer.window().isZero() && !answer.window().isNegative()
                        ? answer.window()
                        : limits.window();
        limits = new GateLimits(limit, window, share);
        if (answer.hasBudget() && !answer.refused()) {
            expire(now);
            int used = limit - Math.min(answer.remaining(), limit);
            for (int unknown = used - inWindow(); unknown > 0; unknown--) {
                counted.add(now);
            }
        }
    }

    private Duration guard() {
        return Duration.ofMillis(25).plus(limits.window().dividedBy(250));
    }

    private void letIn() {
        List<Runnable> admitted = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            while (!stopped) {
                expire(now);
                Instant opensAt = opensAt(now);
                if (opensAt.isAfter(now)) {
                    wakeAt(opensAt, now);
                    break;
                }
                Waiter waiter = next();
                if (waiter == null) {
                    break;
                }
                unanswered.put(waiter.number(), now);
                loneEntry = alone ? waiter.number() : 0;
                requests++;
                used = true;
                Entry entry = new Entry(waiter.number(), now);
                admitted.add(() -> waiter.entry().complete(entry));
            }
        }
        admitted.forEach(executor::execute);
    }

    /** Now or earlier when somebody may enter; else when to look again; far off when an answer must come first. */
    private Instant opensAt(Instant now) {
        if (closedUntil.isAfter(now)) {
            return closedUntil;
        }
        if (alone && unanswered.containsKey(loneEntry)) {
            return Instant.MAX;
        }
        if (inWindow() < limits.usable()) {
            return now;
        }
        return counted.isEmpty() ? Instant.MAX : counted.peek().plus(limits.window());
    }

    private int inWindow() {
        return unanswered.size() + counted.size();
    }

    private void wakeAt(Instant opensAt, Instant now) {
        boolean anybody = waiting.values().stream().anyMatch(queue -> !queue.isEmpty());
        if (!anybody || opensAt.equals(Instant.MAX) || !opensAt.isBefore(alarmAt)) {
            return;
        }
        alarmAt = opensAt;
        Duration delay = Duration.between(now, opensAt).plusNanos(999_999);
        alarm.after(Duration.ofMillis(Math.max(1, delay.toMillis())), () -> {
            synchronized (this) {
                alarmAt = Instant.MAX;
            }
            letIn();
        });
    }

    private void expire(Instant now) {
        while (!counted.isEmpty() && !counted.peek().plus(limits.window()).isAfter(now)) {
            counted.remove();
        }
    }

    private Waiter next() {
        Waiter login = waiting.get(Kind.LOGIN).poll();
        if (login != null) {
            return login;
        }
        Queue<Waiter> listing = waiting.get(Kind.LISTING);
        Queue<Waiter> content = waiting.get(Kind.CONTENT);
        if (!listing.isEmpty() && (content.isEmpty() || contentSinceListing >= LISTING_EVERY - 1)) {
            contentSinceListing = 0;
            return listing.poll();
        }
        if (!content.isEmpty()) {
            contentSinceListing++;
        }
        return content.poll();
    }

    private record Waiter(long number, Instant lossAt, CompletableFuture<Entry> entry) {}
}
