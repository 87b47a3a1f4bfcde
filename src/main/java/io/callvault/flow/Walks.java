// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.util.HashSet;
import java.util.Set;

/** How a customer's walks through its feeds stand: how many run, whether one has ended, which feeds were stopped. */
final class Walks {

    private final Set<String> stopped = new HashSet<>();
    private int running;
    private boolean hasEnded;
    private boolean areMany;

    /**
     * Begins so many walks; feeds that were stopped are tried again.
     *
     * @param isMuch whether each goes through more than one span
     * @return false, and nothing has begun, while others run
     */
    synchronized boolean begin(int walks, boolean isMuch) {
        if (running > 0) {
            return false;
        }
        running = walks;
        areMany = isMuch;
        stopped.clear();
        return true;
    }

    /**
     * One walk is over.
     *
     * @param wake begins what the walk found. Called before the walk counts as ended: whoever looked in between would see no
     *     walk and nothing to fetch, and take the pass for done
     */
    void end(Runnable wake) {
        wake.run();
        synchronized (this) {
            running--;
            hasEnded = true;
        }
    }

    synchronized boolean isRunning() {
        return running > 0;
    }

    /** True when one has ended and none runs. */
    synchronized boolean areOver() {
        return hasEnded && running == 0;
    }

    /** True when those begun last go through more than one span each. */
    synchronized boolean areMany() {
        return areMany;
    }

    synchronized boolean isStopped(String feed) {
        return stopped.contains(feed);
    }

    /** @return how many feeds are stopped now */
    synchronized int stop(String feed) {
        stopped.add(feed);
        return stopped.size();
    }
}
