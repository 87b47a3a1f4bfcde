// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.ledger.DueItem;
import io.callvault.ledger.Plan;
import io.callvault.model.ItemKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an item back into the spool from a target where it is proved to lie, for one that lacks it: so a target that was
 * added later, or whose spool file was lost, costs the provider no second request.
 */
final class Siblings {

    private static final Logger LOG = LoggerFactory.getLogger(Siblings.class);

    private final Bench bench;
    private final Customer customer;
    private final Predicate<String> isDown;

    /** @param isDown whether a target of the customer is down */
    Siblings(Bench bench, Customer customer, Predicate<String> isDown) {
        this.bench = bench;
        this.customer = customer;
        this.isDown = isDown;
    }

    /** True when every target that lacks the item is down, so that it would be brought here for nobody. */
    boolean isInVain(DueItem item) {
        List<String> lacking = new ArrayList<>(customer.targets());
        Map<String, String> places = bench.ledger().places(item.key());
        lacking.removeAll(places.keySet());
        return !places.isEmpty() && !lacking.isEmpty() && lacking.stream().allMatch(isDown);
    }

    /**
     * Copies and proves an item. Blocks.
     *
     * @return false when it lies nowhere as it should: then only the provider has it
     * @throws ArchiveException if a target that should have it cannot be asked now, whatever the reason
     * @throws io.callvault.error.StopAllException if the spool cannot be written
     */
    boolean bring(DueItem item, Plan plan) {
        Map<String, String> places = bench.ledger().places(item.key());
        ArchiveException later = null;
        for (String target : customer.targets()) {
            String path = places.get(target);
            if (path == null) {
                continue;
            }
            try {
                if (copy(item.key(), plan, target, path)) {
                    return true;
                }
                LOG.warn(
                        "Tried to copy {} of customer {} from target {} but other bytes lie there than were proved; verify"
                                + " names it",
                        item.key().item(),
                        customer.id(),
                        target);
            } catch (SkipRecordException missing) {
                LOG.warn("{}", missing.sentence());
            } catch (TryAgainException | StopCustomerException away) {
                later = away;
            }
        }
        if (later != null) {
            throw later;
        }
        return false;
    }

    private boolean copy(ItemKey item, Plan plan, String target, String path) {
        // Never written into: another target may hold the same file.
        bench.spool().release(item, plan.spool());
        Path file = bench.spool().file(customer.id(), plan.spool());
        try {
            bench.targets().store(target).get(path, 0, -1, file);
        } catch (UncheckedIOException disk) {
            throw bench.spool().unusable(disk.getCause());
        }
        if (!bench.spool().holds(customer.id(), plan.spool(), plan.length(), plan.sha256())) {
            return false;
        }
        bench.spool().room().found(item, plan.length(), true);
        return true;
    }
}
