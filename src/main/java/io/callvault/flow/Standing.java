// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import java.util.List;

/**
 * How a customer's work stands at this moment, for whoever watches it.
 *
 * @param stopped why it was stopped; null when it was not
 * @param isProved true when a listing has come to its end since it began and nothing stopped it
 * @param targets in the order of the configuration
 */
public record Standing(String customer, ArchiveException stopped, boolean isProved, List<Target> targets) {

    public Standing {
        targets = List.copyOf(targets);
    }

    /**
     * @param down why nothing is brought there; null when something is
     * @param isProved true when it took something since the work began, or when nothing is due there
     */
    public record Target(String name, ArchiveException down, boolean isProved) {}
}
