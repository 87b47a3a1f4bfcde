// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.journal.Beginning;
import io.callvault.ledger.CustomerCounts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the targets' journals before the first request of a customer that this ledger knows nothing of: one whose
 * ledger was lost would be listed and fetched once more, and only then be found out.
 */
final class FirstLook {

    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);

    private final Bench bench;

    FirstLook(Bench bench) {
        this.bench = bench;
    }

    /**
     * Blocks; quick for every customer that has ever worked.
     *
     * @return why the customer must not begin; null when it may
     */
    ArchiveException objection(Customer customer) {
        if (hasWorked(customer)) {
            return null;
        }
        for (String target : customer.targets()) {
            try {
                new Beginning(customer.id(), target, bench.targets().store(target), bench.clock()).require();
            } catch (StopCustomerException e) {
                if (e.code() == ErrorCode.LEDGER_BEHIND_JOURNAL) {
                    return e;
                }
                later(customer, target, e);
            } catch (TryAgainException | WaitException e) {
                later(customer, target, e);
            }
        }
        return null;
    }

    private boolean hasWorked(Customer customer) {
        boolean hasJournal = customer.targets().stream()
                .anyMatch(target ->
                        bench.ledger().newestObject(customer.id(), target).isPresent());
        if (hasJournal) {
            return true;
        }
        CustomerCounts counts = bench.ledger().counts(List.of(customer.id())).get(0);
        return !counts.records().isEmpty();
    }

    /** The journal looks again before it writes. */
    private static void later(Customer customer, String target, ArchiveException e) {
        LOG.warn(
                "Tried to see whether target {} has a journal of customer {} but could not; begins all the same: {}",
                target,
                customer.id(),
                e.sentence());
    }
}
