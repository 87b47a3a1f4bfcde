// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** One pass for some customers: list, fetch, store, prove, publish; then it is over. */
public final class Archive {

    /** For what runs beside the pass, when all the rest is done. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Bench bench;
    private final List<CustomerPass> passes = new ArrayList<>();
    private final Function<String, Instant> from;
    private final Function<String, Instant> to;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean halted;

    /**
     * @param onStored tells the operators' own step
     * @param from only what began at or after this, by the customer's id; null for no bound
     * @param to only what began before this, by the customer's id; null for no bound
     */
    public Archive(
            Bench bench,
            Listing listing,
            List<Customer> customers,
            OnStored onStored,
            Function<String, Instant> from,
            Function<String, Instant> to) {
        this.bench = bench;
        this.from = from;
        this.to = to;
        long number = bench.ledger().beginPass(bench.clock().instant()).join();
        for (Customer customer : customers) {
            Selection selection = new Selection(null, number, from.apply(customer.id()), to.apply(customer.id()));
            passes.add(new CustomerPass(bench, listing, customer, selection, onStored, this::changed));
        }
    }

    /**
     * Runs to the end, or until it is halted. Blocks.
     *
     * @return what each customer's pass came to, in the given order
     * @throws StopAllException if nothing can go on
     */
    public List<Outcome> run() {
        for (CustomerPass pass : passes) {
            Customer customer = pass.customer();
            if (pass.mayBegin()) {
                pass.want();
                pass.inquire();
                pass.begin(List.of(new Listing.Span(
                        from.apply(customer.id()), to.apply(customer.id()), customer.lookBack())));
            }
        }
        await();
        passes.forEach(pass -> pass.settle(isHalted() ? Duration.ZERO : PATIENCE));
        List<Outcome> outcomes = new ArrayList<>();
        for (CustomerPass pass : passes) {
            if (pass.stopped() instanceof StopAllException all) {
                throw all;
            }
            pass.publish(() -> !isHalted());
            keepStopped(pass);
            outcomes.add(new Outcome(
                    pass.customer().id(), pass.progress(), pass.stopped(), pass.failures(), pass.codes()));
        }
        return outcomes;
    }

    /** Begins nothing any more; {@link #run} returns when what runs has ended. */
    public void halt() {
        lock.lock();
        try {
            halted = true;
        } finally {
            lock.unlock();
        }
        passes.forEach(CustomerPass::halt);
    }

    public boolean isHalted() {
        lock.lock();
        try {
            return halted;
        } finally {
            lock.unlock();
        }
    }

    /** Counts of all customers, while it runs. */
    public List<Progress> progress() {
        return passes.stream().map(CustomerPass::progress).toList();
    }

    /** Publishes meanwhile: a pass over years must not keep its journal to itself until its end. */
    private void await() {
        Instant published = bench.clock().instant();
        boolean isInterrupted = false;
        while (true) {
            boolean isAll;
            lock.lock();
            try {
                Duration left = Duration.between(bench.clock().instant(), published.plus(Journals.EVERY));
                isAll = left.isNegative() || left.isZero();
                if (!isAll && passes.stream().noneMatch(CustomerPass::mayFillJournal)) {
                    if (passes.stream().allMatch(CustomerPass::isIdle)) {
                        break;
                    }
                    isInterrupted |= awaitChange(left);
                    continue;
                }
            } finally {
                lock.unlock();
            }
            for (CustomerPass pass : passes) {
                if (isAll || pass.mayFillJournal()) {
                    pass.publishMeanwhile(isAll);
                }
            }
            published = isAll ? bench.clock().instant() : published;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it was interrupted, which is kept for later: what runs comes to its end */
    private boolean awaitChange(Duration longest) {
        try {
            change.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void changed() {
        lock.lock();
        try {
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keepStopped(CustomerPass pass) {
        ArchiveException stopped = pass.stopped() == null ? pass.heldUp() : pass.stopped();
        bench.ledger()
                .stopped(
                        pass.customer().id(),
                        stopped == null ? null : stopped.code().name(),
                        stopped == null ? null : stopped.getMessage(),
                        bench.clock().instant())
                .join();
    }

    /**
     * @param customer the customer's id
     * @param progress what was done
     * @param stopped why the customer could not be worked on; null when it could
     * @param failures what went wrong, one sentence each
     * @param codes codes of what went wrong
     */
    public record Outcome(
            String customer, Progress progress, ArchiveException stopped, List<String> failures, Set<ErrorCode> codes) {}
}
