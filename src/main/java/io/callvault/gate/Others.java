// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What other users of the same budget take of it. They are noticed when the provider says that less remains than our own
 * log explains, and by refusals. What they were last seen to take is left to them for a window and a quarter.
 *
 * <p>A count that does not count is not believed: one that stays the same whatever we send. To tell it from somebody who
 * takes all but one place, two more requests are let in when three windows have had room for one only.
 */
final class Others {

    /** Windows with room for one request only before a few more are tried. */
    private static final int PATIENCE = 3;

    /** Windows after such a try was refused in which none follows. */
    private static final int AFTER_REFUSAL = 30;

    private static final int TRIED = 3;
    private static final int QUIET = 60;

    /** What they took and when it was seen; falling, oldest first. */
    private final Deque<Claim> claims = new ArrayDeque<>();

    private long seenSince = Long.MAX_VALUE;
    private long toldAt = Long.MIN_VALUE;
    private int squeezed;
    private Integer stuckAt;
    private Integer remaining;
    private int fewestOfOurs;
    private int mostOfOurs;

    /**
     * An answer told how much remains.
     *
     * @param left what the provider says remains
     * @param ours how many of ours it can have counted at most
     * @param limit requests in a window
     */
    void seen(long now, int left, int ours, int limit) {
        if (stuckAt != null && stuckAt == left) {
            return;
        }
        stuckAt = null;
        if (remaining == null || remaining != left) {
            remaining = left;
            fewestOfOurs = ours;
            mostOfOurs = ours;
        }
        fewestOfOurs = Math.min(fewestOfOurs, ours);
        mostOfOurs = Math.max(mostOfOurs, ours);
        int theirs = limit - Math.min(left, limit) - ours;
        if (theirs <= 0) {
            return;
        }
        if (mostOfOurs - fewestOfOurs >= TRIED - 1) {
            stuckAt = left;
            claims.clear();
            squeezed = 0;
            return;
        }
        squeezed = theirs >= limit - 1 && limit > TRIED ? squeezed + 1 : 0;
        seenSince = Math.min(seenSince, now);
        while (!claims.isEmpty() && claims.peekLast().requests() <= theirs) {
            claims.removeLast();
        }
        claims.addLast(new Claim(now, theirs));
    }

    /** A request was refused. */
    void refused() {
        stuckAt = null;
        remaining = null;
        squeezed = squeezed > PATIENCE ? -AFTER_REFUSAL : Math.min(squeezed, 0);
    }

    /**
     * Places to leave to them.
     *
     * @param memory for how long what was seen holds
     */
    int taken(long now, long memory, int limit) {
        while (!claims.isEmpty() && claims.peekFirst().at() + memory <= now) {
            claims.removeFirst();
        }
        if (claims.isEmpty()) {
            seenSince = Long.MAX_VALUE;
            return 0;
        }
        int theirs = claims.peekFirst().requests();
        return squeezed >= PATIENCE ? Math.min(theirs, limit - TRIED) : theirs;
    }

    /** When fewer places are left to them unless more is seen of them; far off when none are. */
    long fewerAt(long memory) {
        return claims.isEmpty() ? Long.MAX_VALUE : claims.peekFirst().at() + memory;
    }

    /** True when they have been seen for longer than a window; not again for sixty windows. */
    boolean isNews(long now, long window) {
        boolean isTold = toldAt != Long.MIN_VALUE && now - toldAt < QUIET * window;
        if (isTold || claims.isEmpty() || now - seenSince <= window) {
            return false;
        }
        toldAt = now;
        return true;
    }

    private record Claim(long at, int requests) {}
}
