// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.time.Duration;
import java.time.Instant;

/**
 * What of a window's requests is ours to send: the limit as last learned, what we sent, what others use. All times are in
 * nanoseconds of the gate. Not safe for use by many threads.
 */
final class Budget {

    /** A window with more requests than this is no scarcity. */
    private static final int SCARCE = 1_000;

    private final WindowLog log = new WindowLog();
    private final Lateness lateness = new Lateness();
    private final Others others = new Others();
    private final Reserve reserve = new Reserve();
    private GateLimits limits;
    private boolean isLearned;
    private String group;

    Budget(String group, GateLimits limits) {
        this.group = group;
        this.limits = limits;
    }

    WindowLog log() {
        return log;
    }

    GateLimits limits() {
        return limits;
    }

    /** True when answers said the limit. */
    boolean isLearned() {
        return isLearned;
    }

    /** As the answers call it. */
    String group() {
        return group;
    }

    boolean isScarce() {
        return limits.limit() <= SCARCE;
    }

    long window() {
        return limits.window().toNanos();
    }

    /** Goes on with what an earlier process learned; how much of it may be used is as configured now. */
    void resume(GateLimits learned) {
        limits = new GateLimits(learned.limit(), learned.window(), limits.share());
        isLearned = true;
    }

    /**
     * A request was answered.
     *
     * @return true when this was news of somebody else on the budget
     */
    boolean answered(long number, RateAnswer answer, long sent, long now) {
        if (answer.group() != null) {
            group = answer.group();
        }
        limits = limits.learn(answer);
        isLearned |= answer.limit() != null;
        boolean isNews = false;
        if (answer.hasBudget() && !answer.refused()) {
            log.expire(now, window());
            others.seen(now, answer.remaining(), log.atMost(sent, window()), limits.limit());
            isNews = others.isNews(now, window());
        }
        log.counted(number, isScarce() ? lateness.latest(sent, now, window()) : now);
        return isNews;
    }

    /** @param isSurprise true when by all we know there was room */
    void refused(long now, boolean isSurprise) {
        others.refused();
        if (isSurprise) {
            lateness.widen();
            reserve.refused(now, limits.limit());
        }
    }

    /** Now or earlier when one more may be sent; else when to look again; far off when an answer must come first. */
    long opensAt(long now) {
        log.expire(now, window());
        if (reserve.relax(now, window(), limits.limit())) {
            lateness.narrow();
        }
        if (log.size() < places(now)) {
            return now;
        }
        return Math.min(log.freeAt(window()), others.fewerAt(memory()));
    }

    /** Requests of ours that count now. */
    int used(long now) {
        log.expire(now, window());
        return log.size();
    }

    /** Places that others are seen to use. */
    int takenByOthers(long now) {
        return Math.max(others.taken(now, memory(), limits.limit()), reserve.kept());
    }

    /** How many requests we may have in the window: at least one, and others get what they are known to take. */
    int places(long now) {
        return Math.max(1, Math.min(limits.usable(), limits.limit() - takenByOthers(now)));
    }

    /**
     * What counts now, oldest first, requests of nearly the same time together; what has no answer yet comes last.
     *
     * @param clock tells the clock's time of the gate's
     */
    List<GateMemory.Sent> sent(long now, LongFunction<Instant> clock) {
        List<GateMemory.Sent> sent = new ArrayList<>();
        log.expire(now, window());
        log.forEachAnswered(at -> {
            Instant instant = clock.apply(at);
            int last = sent.size() - 1;
            boolean isNear = last >= 0
                    && Duration.between(sent.get(last).at(), instant).toNanos() < window() / 100;
            int together = isNear ? sent.remove(last).requests() : 0;
            sent.add(new GateMemory.Sent(instant, together + 1));
        });
        if (log.unanswered() > 0) {
            sent.add(new GateMemory.Sent(null, log.unanswered()));
        }
        return sent;
    }

    /** For how long what was seen of others holds. */
    private long memory() {
        return window() / 4 * 5 + 2 * lateness.usual();
    }
}
