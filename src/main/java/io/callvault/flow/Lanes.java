// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.provider.Lane;
import java.util.ArrayList;
import java.util.List;

/** A customer's lanes in turn. One whose credential is refused is left out; the others go on. */
final class Lanes {

    private final List<Lane> working;
    private int turn;

    Lanes(List<Lane> lanes) {
        this.working = new ArrayList<>(lanes);
    }

    /** The next lane. */
    synchronized Lane next() {
        return working.get(Math.floorMod(turn++, working.size()));
    }

    /** All that work; never empty. */
    synchronized List<Lane> working() {
        return List.copyOf(working);
    }

    /**
     * A lane's request failed.
     *
     * @return true if the lane is refused and another can do its work
     */
    synchronized boolean leaveOut(Lane lane, ArchiveException failure) {
        if (failure.code() != ErrorCode.CREDENTIALS_REJECTED) {
            return false;
        }
        if (working.size() > 1) {
            working.remove(lane);
        }
        return !working.contains(lane);
    }
}
