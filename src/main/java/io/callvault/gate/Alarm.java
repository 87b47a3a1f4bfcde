// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;

/** Measures how long something takes, and calls back later. A test moves it by hand together with its clock. */
public interface Alarm {

    /** Never calls back: for gates that nobody is to pass. */
    Alarm NEVER = new Alarm() {
        @Override
        public void after(Duration delay, Runnable action) {}

        @Override
        public long nanos() {
            return 0;
        }
    };

    /** Runs the action once, on a thread of its own, not before the delay has passed. */
    void after(Duration delay, Runnable action);

    /**
     * Nanoseconds since some moment; only differences mean anything. Goes on evenly when somebody sets the clock, which is
     * why a pace is kept by it and not by a clock.
     */
    long nanos();
}
