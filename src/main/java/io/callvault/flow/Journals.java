// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.StopAllException;
import io.callvault.journal.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A customer's journals: one at each of its targets. */
final class Journals {

    private final Bench bench;
    private final Customer customer;
    private final Consumer<ArchiveException> failed;
    private final Map<String, Journal> journals = new LinkedHashMap<>();

    /** @param failed told what hindered one of them; the others go on, unless it throws that */
    Journals(Bench bench, Customer customer, Consumer<ArchiveException> failed) {
        this.bench = bench;
        this.customer = customer;
        this.failed = failed;
    }

    /**
     * Publishes each. Blocks, also while another thread does the same.
     *
     * @param goesOn asked again and again: once false, what is left stays for the next time
     * @throws StopAllException if nothing can go on
     */
    synchronized void publish(BooleanSupplier goesOn) {
        customer.targets().forEach(target -> {
            try {
                journals.computeIfAbsent(target, this::journal).publish(goesOn);
            } catch (RuntimeException e) {
                ArchiveException ours = bench.ours(e);
                failed.accept(ours);
                if (ours instanceof StopAllException) {
                    throw ours;
                }
            }
        });
    }

    private Journal journal(String target) {
        return new Journal(
                customer.id(),
                target,
                bench.ledger(),
                bench.targets().store(target),
                bench.spool(),
                bench.clock());
    }
}
