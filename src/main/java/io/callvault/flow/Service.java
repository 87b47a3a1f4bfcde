// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.StopAllException;
import io.callvault.exchange.Variables;
import io.callvault.ledger.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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


    /** How long an ending service begins further objects of its journals; what is left is published after the next start. */
    private static final Duration LAST_PUBLISHING = Duration.ofSeconds(10);

    /** How long what runs is waited for when the process is to end meanwhile. */
    private static final Duration HURRY = Duration.ofSeconds(15);

    private final Bench bench;
    private final Listing listing;
    private final OnStored onStored;
    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<String, CustomerPass> passes = new LinkedHashMap<>();
    private final Map<String, Long> nightly = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private boolean ending;
    private boolean isPublishing;

    /**
     * What a service leaves to the next one of the same process.
     *
     * @param nightly the day on which each customer's past was last listed again
     * @param cut customers whose listing was not at its end, or was to begin
     */
    public record Memory(Map<String, Long> nightly, Set<String> cut) {

        /** Of the first. */
        public static final Memory NONE = new Memory(Map.of(), Set.of());

        public Memory {
            nightly = Map.copyOf(nightly);
            cut = Set.copyOf(cut);
        }

        /** The same with more customers to be listed at once. */
        public Memory and(Set<String> more) {
            Set<String> all = new HashSet<>(cut);
            all.addAll(more);
            return new Memory(nightly, all);
        }
    }

    public Service(Bench bench, Listing listing, List<Customer> customers, OnStored onStored) {
        this.bench = bench;
        this.listing = listing;
        this.onStored = onStored;
        customers.forEach(customer -> this.customers.put(customer.id(), customer));
    }

    /** Begins with what is due already, and lists where the service before was cut off. */
    public void begin(Memory memory) {
        nightly.putAll(memory.nightly());
        customers.keySet().forEach(id -> {
            CustomerPass pass = pass(id);
            if (mayBegin(pass)) {
                pass.want();
                pass.wake();
            }
        });
        customers.keySet().stream().filter(memory.cut()::contains).forEach(this::list);
        bench.alarm().after(LOOK_EVERY, this::look);
        bench.alarm().after(Journals.EVERY, this::publishAll);
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
        boolean isBegun = pass.begin(spans);
        synchronized (this) {
            if (isBegun && ending) {
                cutOff(pass);
            } else if (!isBegun && spans.size() > 1) {
                nightly.remove(id); // another's listing was quicker; the next one lists the past
            }
        }
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

    /** Begins nothing any more, waits for what runs, at most as long as given, and publishes for a while. Blocks. */
    public void end(Duration patience) {
        rest(patience, () -> false);
        Instant until = bench.clock().instant().plus(LAST_PUBLISHING);
        passes().forEach(pass -> pass.publish(() -> bench.clock().instant().isBefore(until)));
    }

    /**
     * Begins nothing any more and waits for what runs, at most as long as given. Blocks. A second call waits longer.
     *
     * @param isHurried asked again and again: once true, there are 15 seconds more at most
     */
    public void rest(Duration patience, BooleanSupplier isHurried) {
        synchronized (this) {
            if (!ending) {
                passes.values().stream().filter(CustomerPass::isListing).forEach(this::cutOff);
            }
            ending = true;
        }
        List<CustomerPass> all = passes();
        all.forEach(CustomerPass::halt);
        Instant until = bench.clock().instant().plus(patience);
        boolean isHurrying = false;
        while (!isIdle(all) && bench.clock().instant().isBefore(until)) {
            if (!isHurrying && isHurried.getAsBoolean()) {
                isHurrying = true;
                Instant soon = bench.clock().instant().plus(HURRY);
                until = soon.isBefore(until) ? soon : until;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        all.forEach(pass -> pass.settle(Duration.ZERO));
    }

    /** Its past is not listed again; the next service does it. */
    private void cutOff(CustomerPass pass) {
        String id = pass.customer().id();
        cut.add(id);
        if (pass.isListingMuch()) {
            nightly.remove(id);
        }
    }

    /** What the next service of this process is to know; once this one rests. */
    public Memory memory() {
        return new Memory(nightly, cut);
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private synchronized boolean isIdle(List<CustomerPass> all) {
        return !isPublishing && all.stream().allMatch(CustomerPass::isIdle);
    }

    private synchronized List<CustomerPass> passes() {
        return List.copyOf(passes.values());
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
            isPublishing = true;
            all = List.copyOf(passes.values());
        }
        bench.workers().execute(() -> {
            for (CustomerPass pass : all) {
                if (isEnding()) {
                    break; // who ends it publishes
                }
                try {
                    pass.publish(() -> !isEnding());
                } catch (StopAllException e) {
                    LOG.error("{}", e.sentence());
                } catch (RuntimeException e) {
                    ArchiveException ours = bench.ours(e);
                    LOG.warn("{}", ours.sentence());
                }
            }
            synchronized (this) {
                isPublishing = false;
            }
            bench.alarm().after(Journals.EVERY, this::publishAll);
        });
    }
}
