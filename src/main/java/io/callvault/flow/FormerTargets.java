// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.ledger.CustomerCounts.TargetCounts;
import java.util.Collection;
import java.util.List;

/** Targets that were a customer's and are not any more. What lies there is not looked at, so it cannot be copied from there. */
final class FormerTargets {

    private FormerTargets() {}

    /**
     * Those that hold more than any of the customer's targets does: some items lie there alone.
     *
     * @param counts all targets at which anything was ever stored for the customer
     * @param targets the customer's now
     */
    static List<String> aloneWith(List<TargetCounts> counts, Collection<String> targets) {
        long most = counts.stream()
                .filter(each -> targets.contains(each.target()))
                .mapToLong(TargetCounts::stored)
                .max()
                .orElse(0);
        return counts.stream()
                .filter(each -> !targets.contains(each.target()) && each.stored() > most)
                .map(TargetCounts::target)
                .toList();
    }
}
