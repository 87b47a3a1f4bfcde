// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;

/**
 * What an answer says about the budget. A header that is absent or makes no sense is null.
 *
 * @param refused true for 429
 * @param group the group that the provider counted the request in
 * @param limit requests in a window
 * @param remaining requests left in this window
 * @param window length of the window
 * @param retryAfter how long to send nothing. With an answer that was not refused, such as a 503, anything but null says
 *     that the provider is not well; zero when it does not say for how long
 */
public record RateAnswer(
        boolean refused, String group, Integer limit, Integer remaining, Duration window, Duration retryAfter) {

    /** An answer without rate headers. */
    public static final RateAnswer SILENT = new RateAnswer(false, null, null, null, null, null);

    /** True if the answer says anything about a group's budget. */
    public boolean hasBudget() {
        return limit != null && remaining != null;
    }

    /** True if what was asked for came, or a word about it. */
    boolean isGood() {
        return !refused && retryAfter == null;
    }
}
