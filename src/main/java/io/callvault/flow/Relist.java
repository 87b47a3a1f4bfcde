// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Lists everything again that the ledger says it listed, and tells what of it the ledger does not have. Each page is
 * compared first and then kept like any other, so that the request is not lost and the next archive fetches what was
 * missing. Never asks for content.
 */
public final class Relist {

    private final Bench bench;
    private final List<One> customers = new ArrayList<>();
    private volatile boolean isHalted;

    /**
     * @param from only what began at or after this, by the customer's id; null for as far back as the ledger reaches, at
     *     least to the customer's since
     * @param to only what began before this, by the customer's id; null for as far as the ledger reaches
     */
    public Relist(
            Bench bench,
            Listing listing,
            List<Customer> customers,
            Function<String, Instant> from,
            Function<String, Instant> to) {
        this.bench = bench;
        for (Customer customer : customers) {
            bench.door().open(customer);
            this.customers.add(new One(listing, customer, from.apply(customer.id()), to.apply(customer.id())));
        }
    }

    /**
     * Runs to the end, or until it is halted. Blocks.
     *
     * @return what was found, a customer each, in the given order
     * @throws StopAllException if nothing can go on
     */
    public List<Result> run() {
        CompletableFuture<?>[] all =
                customers.stream().map(One::begin).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).join();
        return customers.stream().map(One::result).toList();
    }

    /** Begins nothing any more; {@link #run} returns when what runs has ended. */
    public void halt() {
        isHalted = true;
    }

    public boolean isHalted() {
        return isHalted;
    }

    /** Counts of all customers, while it runs. */
    public List<Progress> progress() {
        return customers.stream().map(one -> one.progress).toList();
    }

    /**
     * Something that the provider lists and the ledger did not have.
     *
     * @param name the item; or the record as {@code feed/id}, when it has no item of which that could be said
     */
    public record Missing(String name, Kind kind) {

        /** What the ledger lacked. */
        public enum Kind {
            /** All of it. */
            ABSENT,
            /** The present form of a record that it knows in an earlier one. */
            OUTDATED
        }
    }

    /**
     * What came out for one customer.
     *
     * @param customer the customer's id
     * @param records how many the provider listed
     * @param missing what the ledger did not have
     * @param unnamed how much more it did not have
     * @param stopped why the customer could not be listed; null when it could
     * @param failures what of the listing could not be had, and is not an extension that cannot be seen
     */
    public record Result(
            String customer,
            long records,
            List<Missing> missing,
            long unnamed,
            ArchiveException stopped,
            List<ArchiveException> failures) {}

    /** One customer's feeds, listed at the same time. */
    private final class One implements FeedWalk.Pass {

        private final Listing listing;
        private final Customer customer;
        private final Instant from;
        private final Instant to;
        private final Progress progress = new Progress();
        private final Comparison comparison = new Comparison();
        private final List<ArchiveException> failures = new ArrayList<>();
        private final Set<String> stoppedFeeds = new LinkedHashSet<>();
        private ArchiveException stopped;

        private One(Listing listing, Customer customer, Instant from, Instant to) {
            this.listing = listing;
            this.customer = customer;
            this.from = from;
            this.to = to;
        }

        private CompletableFuture<Void> begin() {
            Lanes lanes = new Lanes(customer.lanes());
            Listing.Span span = Listing.Span.again(from, to, comparison);
            return CompletableFuture.allOf(customer.feeds().stream()
                    .map(feed -> new FeedWalk(bench, listing, customer, lanes, feed, progress, this, span)
                            .run()
                            .toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
        }

        private synchronized Result result() {
            if (stopped instanceof StopAllException all) {
                throw all;
            }
            return new Result(
                    customer.id(),
                    comparison.records(),
                    comparison.missing(),
                    comparison.unnamed(),
                    stopped,
                    List.copyOf(failures));
        }

        @Override
        public void reached() {
            // Nobody waits for it here.
        }

        @Override
        public synchronized boolean isEnding() {
            return isHalted || stopped != null;
        }

        @Override
        public synchronized void failed(ArchiveException failure) {
            // An extension that cannot be seen stands in the ledger, and so in every report.
            if (failure.code() != ErrorCode.PART_NOT_VISIBLE) {
                failures.add(failure);
            }
        }

        @Override
        public synchronized void feedStopped(Feed feed, ArchiveException failure) {
            stoppedFeeds.add(feed.name());
            if (stoppedFeeds.size() == customer.feeds().size()) {
                stop(failure);
            } else {
                failed(failure);
            }
        }

        @Override
        public synchronized void stop(ArchiveException failure) {
            if (stopped == null) {
                stopped = failure;
                failures.add(failure);
            }
        }
    }
}
