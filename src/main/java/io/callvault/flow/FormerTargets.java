// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.ledger.CustomerCounts.TargetCounts;
import io.callvault.ledger.Ledger;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Targets that were a customer's and are not any more. What lies there is not looked at, so it cannot be copied from there. */
final class FormerTargets {

    private static final Logger LOG = LoggerFactory.getLogger(FormerTargets.class);

    private FormerTargets() {}

    /** What is stored and does not lie at a target that was added since is due again; says so. Blocks. */
    static void want(Ledger ledger, Customer customer) {
        int wanted = ledger.want(customer.id(), customer.targets()).join();
        if (wanted == 0) {
            return;
        }
        List<String> former =
                aloneWith(ledger.counts(List.of(customer.id())).get(0).targets(), customer.targets());
        if (former.isEmpty()) {
            LOG.info(
                    "{} items of customer {} do not lie at all of its targets yet and are copied there",
                    wanted,
                    customer.id());
        } else {
            LOG.warn(
                    "{} items of customer {} lie at target {}, which is not in its targets now, and not at {}, so the provider"
                            + " is asked for them again. To have them copied, name {} in customer.{}.targets too until that"
                            + " is done",
                    wanted,
                    customer.id(),
                    String.join(", ", former),
                    String.join(", ", customer.targets()),
                    former.get(0),
                    customer.id());
        }
    }

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
