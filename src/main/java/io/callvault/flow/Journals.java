// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.StopAllException;
import io.callvault.journal.Journal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A customer's journals: one at each of its targets. */
final class Journals {

    /** No event waits longer than this to be published, as long as the target takes it. */
    static final Duration EVERY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

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
    void publish(BooleanSupplier goesOn) {
        each(journal -> journal.publish(goesOn), failure -> {
            failed.accept(failure);
            if (failure instanceof StopAllException) {
                throw failure;
            }
        });
    }

    /**
     * Publishes while the pass goes on, which a failure does not hinder: whoever publishes at its end tries again, and tells.
     * Blocks.
     *
     * @param isAll whether also what would not fill an object
     */
    void publishMeanwhile(boolean isAll, BooleanSupplier goesOn) {
        each(
                journal -> {
                    if (isAll) {
                        journal.publish(goesOn);
                    } else {
                        journal.publishFull(goesOn);
                    }
                },
                failure -> LOG.warn("{} The journal is tried again later.", failure.sentence()));
    }

    private synchronized void each(Consumer<Journal> action, Consumer<ArchiveException> hindered) {
        customer.targets().forEach(target -> {
            try {
                action.accept(journals.computeIfAbsent(target, this::journal));
            } catch (RuntimeException e) {
                hindered.accept(bench.ours(e));
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
