// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.StopAllException;
import io.callvault.exchange.Variables;
import io.callvault.ledger.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loops that never end: each customer's schedule begins a listing, what is due is fetched when its time comes, and the
 * journal is published every five minutes. A customer that was stopped is tried anew by its next schedule, a target that
 * is down after a pause.
 */
public final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** How often what has become due by its time is looked for. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    /** How much a scheduled run lists again. */
    private static final Duration SCHEDULED = Duration.ofHours(4);

    private static final int SLICES = 7;

    private static final Duration PUBLISH_EVERY = Duration.ofMinutes(5);

    private final Bench bench;
    private final Listing listing;
    private final OnStored onStored;
    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<String, CustomerPass> passes = new LinkedHashMap<>();
    private final Map<String, Long> nightly = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private boolean ending;

    public Service(Bench bench, Listing listing, List<Customer> customers, OnStored onStored) {
        this.bench = bench;
        this.listing = listing;
        this.onStored = onStored;
        customers.forEach(customer -> this.customers.put(customer.id(), customer));
    }

    /** Begins with what is due already. */
    public void begin() {
        customers.keySet().forEach(id -> {
            CustomerPass pass = pass(id);
            if (mayBegin(pass)) {
                pass.want();
                pass.wake();
            }
        });
        bench.alarm().after(LOOK_EVERY, this::look);
        bench.alarm().after(PUBLISH_EVERY, this::publishAll);
    }

    /** A customer's schedule says that it is time; a listing that still runs is left to run. */
    public void list(@Variable(Variables.CUSTOMER) String id) {
        synchronized (this) {
            if (ending) {
                return;
            }
        }
        CustomerPass pass = pass(id);
        if (pass.isListing() || !mayBegin(pass)) {
            return;
        }
        List<Listing.Span> spans = spans(customers.get(id));
        if (spans.size() > 1) {
            pass.inquire();
        }
        pass.begin(spans);
    }

    /** Looked for until it may, and told where {@code status} looks. */
    private boolean mayBegin(CustomerPass pass) {
        String id = pass.customer().id();
        if (begun.contains(id)) {
            return true;
        }
        if (pass.mayBegin()) {
            begun.add(id);
            return true;
        }
        ArchiveException stopped = pass.stopped();
        bench.ledger()
                .stopped(
                        id,
                        stopped.code().name(),
                        stopped.getMessage(),
                        bench.clock().instant())
                .join();
        return false;
    }

    /**
     * What a scheduled run lists: the last hours; and once a day, when there is more than one span, the look-back and a seventh of what the first run went back
     * to, so that in a week everything is listed again.
     */
    private List<Listing.Span> spans(Customer customer) {
        Instant now = bench.clock().instant();
        Listing.Span recent = new Listing.Span(null, null, shorter(SCHEDULED, customer.lookBack()));
        long day = now.getEpochSecond() / Duration.ofDays(1).toSeconds();
        if (Long.valueOf(day).equals(nightly.put(customer.id(), day))) {
            return List.of(recent);
        }
        Duration seventh = Duration.between(customer.since(), now).dividedBy(SLICES);
        Instant from = customer.since().plus(seventh.multipliedBy(Math.floorMod(day, (long) SLICES)));
        return List.of(
                new Listing.Span(null, null, customer.lookBack()),
                new Listing.Span(from, from.plus(seventh), customer.lookBack()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Begins nothing any more, waits for what runs, and publishes. Blocks, at most as long as given. */
    public void end(Duration patience) {
        List<CustomerPass> all;
        synchronized (this) {
            ending = true;
            all = List.copyOf(passes.values());
        }
        all.forEach(CustomerPass::halt);
        Instant until = bench.clock().instant().plus(patience);
        while (!all.stream().allMatch(CustomerPass::isIdle) && bench.clock().instant().isBefore(until)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        all.forEach(pass -> pass.settle(Duration.ZERO));
        all.forEach(CustomerPass::publish);
    }

    /** How each customer's work stands. */
    public synchronized List<Standing> standings() {
        return passes.values().stream().map(CustomerPass::standing).toList();
    }

    private CustomerPass pass(String id) {
        synchronized (this) {
            CustomerPass pass = passes.get(id);
            if (pass != null && pass.isBroken() && pass.isQuiet()) {
                pass.halt();
                pass = null;
            }
            if (pass == null) {
                pass = new CustomerPass(bench, listing, customers.get(id), Selection.due(null), onStored, () -> {});
                passes.put(id, pass);
            }
            return pass;
        }
    }

    private void look() {
        List<CustomerPass> all;
        synchronized (this) {
            if (ending) {
                return;
            }
            all = List.copyOf(passes.values());
        }
        bench.workers().execute(() -> all.forEach(CustomerPass::wake));
        bench.alarm().after(LOOK_EVERY, this::look);
    }

    private void publishAll() {
        List<CustomerPass> all;
        synchronized (this) {
            if (ending) {
                return;
            }
            all = List.copyOf(passes.values());
        }
        bench.workers().execute(() -> {
            for (CustomerPass pass : all) {
                try {
                    pass.publish();
                } catch (StopAllException e) {
                    LOG.error("{}", e.sentence());
                } catch (RuntimeException e) {
                    ArchiveException ours = bench.ours(e);
                    LOG.warn("{}", ours.sentence());
                }
            }
            bench.alarm().after(PUBLISH_EVERY, this::publishAll);
        });
    }
}
