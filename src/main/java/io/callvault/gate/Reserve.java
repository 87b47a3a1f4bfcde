// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

/**
 * Places that are left free because requests were refused for which our log had room: somebody else must use the budget
 * whom no header shows. The first such refusal in a long while is forgiven, each further one costs a twentieth of the
 * limit, up to half; every ten windows without one give a part back.
 */
final class Reserve {

    private static final int WINDOWS = 10;

    private int kept;
    private long changedAt = Long.MIN_VALUE;
    private boolean isWarned;

    void refused(long now, int limit) {
        if (isWarned) {
            kept = Math.min(limit / 2, kept + step(limit));
        }
        isWarned = true;
        changedAt = now;
    }

    /** @return true when a part was given back */
    boolean relax(long now, long window, int limit) {
        if (!isWarned || now - changedAt < WINDOWS * window) {
            return false;
        }
        changedAt = now;
        isWarned = kept > 0;
        kept = Math.max(0, kept - step(limit));
        return true;
    }

    int kept() {
        return kept;
    }

    private static int step(int limit) {
        return Math.max(1, limit / 20);
    }
}
