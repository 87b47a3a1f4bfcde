// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import io.callvault.audit.Holdings;
import io.callvault.audit.ReadBack;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Rebuild;
import io.callvault.ledger.Reports;
import io.callvault.model.ItemKey;
import io.callvault.model.Receipt;
import io.callvault.store.ObjectPath;
import io.callvault.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Objects that lie at a target although its journal does not say so, because the machine died before it did: when another
 * target's journal tells of the item, the object is read back and, if it is the same, counts as stored.
 */
final class Adoption {

    private static final int PAGE = 500;

    private final String customer;
    private final Rebuild ledger;
    private final ExecutorService askers;
    private final Clock clock;

    Adoption(String customer, Rebuild ledger, ExecutorService askers, Clock clock) {
        this.customer = customer;
        this.ledger = ledger;
        this.askers = askers;
        this.clock = clock;
    }

    /**
     * Looks at one target.
     *
     * @param prefix begins the paths of the customer's objects
     * @return how many were found and proved
     */
    long at(String target, Store store, ReadBack readBack, String prefix) {
        Holdings holdings = null;
        long found = 0;
        String after = "";
        List<Reports.Item> page;
        do {
            page = ledger.reports().items(customer, target, after, PAGE);
            for (Reports.Item item : page) {
                after = item.item();
                boolean isStored = item.receipt() != null && item.receipt().isStored();
                if (item.plannedPath() != null && !isStored) {
                    holdings = holdings == null ? new Holdings(store, prefix, askers, clock) : holdings;
                    found += isAdopted(item, target, holdings, readBack) ? 1 : 0;
                }
            }
        } while (page.size() == PAGE);
        return found;
    }

    private boolean isAdopted(Reports.Item item, String target, Holdings holdings, ReadBack readBack) {
        ItemKey key = new ItemKey(customer, item.item());
        Optional<Plan> planned = ledger.plan(key);
        if (planned.isEmpty() || item.sidecarLength() == null) {
            return false;
        }
        Plan plan = planned.get();
        Long length = holdings.length(plan.path(), Instant.EPOCH);
        Long sidecar = length == null ? null : holdings.length(ObjectPath.sidecar(plan.path()), Instant.EPOCH);
        if (length == null || length != plan.length() || !item.sidecarLength().equals(sidecar)) {
            return false;
        }
        ReadBack.Bytes there = readBack.read(plan.path());
        if (there == null || !there.sha256().equals(plan.sha256())) {
            return false;
        }
        Receipt proof = new Receipt(plan.path(), plan.length(), plan.sha256(), "read-back:" + there.sha256());
        ledger.found(key, item.feed(), item.recordId(), target, plan, proof, clock.instant());
        return true;
    }
}
