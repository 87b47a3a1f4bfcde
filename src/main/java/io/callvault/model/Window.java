// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A closed span of time that is listed with both bounds pinned.
 *
 * @param from the first instant that belongs to it
 * @param to the last instant that belongs to it; not before {@code from}
 */
public record Window(Instant from, Instant to) {

    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window ends before it begins: " + from + " to " + to);
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
