// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;

/**
 * What a gate starts with; headers teach it better.
 *
 * @param limit requests in a window, at least 1
 * @param window length of the window, longer than zero
 * @param share how much of the limit may be used, 1 to 100 percent; the rest is left to the customer's other software
 */
public record GateLimits(int limit, Duration window, int share) {

    public GateLimits {
        if (limit < 1 || window.isNegative() || window.isZero() || share < 1 || share > 100) {
            throw new IllegalArgumentException("limit " + limit + ", window " + window + ", share " + share + " %");
        }
    }

    /** Requests in a window that we may send: at least 1. */
    public int usable() {
        return Math.max(1, (int) ((long) limit * share / 100));
    }

    /** This with what an answer says of limit and window; what it does not say, or says as nonsense, stays. */
    GateLimits learn(RateAnswer answer) {
        boolean hasLimit = answer.limit() != null && answer.limit() > 0;
        Duration said = answer.window();
        boolean hasWindow = said != null && !said.isZero() && !said.isNegative();
        boolean isNew = hasLimit && answer.limit() != limit || hasWindow && !said.equals(window);
        return isNew ? new GateLimits(hasLimit ? answer.limit() : limit, hasWindow ? said : window, share) : this;
    }
}
