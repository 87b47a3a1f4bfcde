// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.exchange.Variables;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.StoredItem;
import io.callvault.spool.Spool;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operators' own step that an item is stored everywhere: at least once. What it does with that never unstores;
 * if it fails, it is told again by the next run.
 */
public final class OnStored {

    private static final Logger LOG = LoggerFactory.getLogger(OnStored.class);

    private final Ledger ledger;
    private final Spool spool;
    private final Dispatcher dispatcher;
    private final BooleanSupplier isFilled;

    /** @param isFilled false when the operators' route does nothing, so that nobody needs to be told */
    public OnStored(Ledger ledger, Spool spool, Dispatcher dispatcher, BooleanSupplier isFilled) {
        this.ledger = ledger;
        this.spool = spool;
        this.dispatcher = dispatcher;
        this.isFilled = isFilled;
    }

    /** False while the operators' route does nothing: then nobody needs to be told. */
    boolean isWanted() {
        return isFilled.getAsBoolean();
    }

    /**
     * The last receipt of an item has been committed.
     *
     * @param isTold true if that was said to the ledger with the receipt
     */
    CompletionStage<Void> tell(Customer customer, DueReceipt receipt, boolean isTold) {
        spool.release(receipt.item(), receipt.plan().spool());
        if (isTold) {
            return CompletableFuture.completedFuture(null);
        }
        return tell(
                customer, new StoredItem(receipt.item(), receipt.feed(), receipt.recordId(), receipt.plan()));
    }

    /** Tells what earlier runs could not. */
    CompletionStage<Void> tellAgain(Customer customer) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (StoredItem item : ledger.untold(customer.id(), 10_000)) {
            all = all.thenCompose(done -> tell(customer, item));
        }
        return all;
    }

    private CompletionStage<Void> tell(Customer customer, StoredItem item) {
        if (!isFilled.getAsBoolean()) {
            return ledger.told(item.key());
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.FEED, item.feed());
        variables.put(Variables.RECORD_ID, item.recordId());
        variables.put(Variables.ITEM, item.key().item());
        variables.put(Variables.PATH, item.plan().path());
        variables.put(Variables.LENGTH, item.plan().length());
        variables.put(Variables.SHA256, item.plan().sha256());
        variables.put(Variables.CONTENT_TYPE, item.plan().type());
        return dispatcher.send("on-stored", variables, item.key().item()).handle((exchange, failure) -> failure)
                .thenCompose(failure -> {
                    if (failure == null) {
                        return ledger.told(item.key());
                    }
                    LOG.warn(
                            "Tried to tell the route on-stored of {} of customer {} but it failed: {}. The item is stored;"
                                    + " the next run tells it again.",
                            item.key().item(),
                            customer.id(),
                            failure.toString());
                    return CompletableFuture.completedFuture(null);
                });
    }
}
