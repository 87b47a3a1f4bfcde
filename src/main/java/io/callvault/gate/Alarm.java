// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Duration;

/** Calls back later. A test moves it by hand together with its clock. */
public interface Alarm {

    /** Runs the action once, on a thread of its own, not before the delay has passed. */
    void after(Duration delay, Runnable action);
}
