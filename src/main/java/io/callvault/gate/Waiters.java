// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits at a gate, and whose turn it is: a login before everything, one listing after four contents, customers in
 * turn, and of one customer what is lost first. Not safe for use by many threads.
 */
final class Waiters {

    private static final int LISTING_EVERY = 5;

    private final Map<Kind, Turns> kinds = new EnumMap<>(Kind.class);
    private int contentSinceListing = LISTING_EVERY;

    Waiters() {
        for (Kind kind : Kind.values()) {
            kinds.put(kind, new Turns());
        }
    }

    void add(Kind kind, String customer, Waiter waiter) {
        kinds.get(kind).add(customer, waiter);
    }

    boolean isEmpty() {
        return kinds.values().stream().allMatch(Turns::isEmpty);
    }

    int size() {
        return kinds.values().stream().mapToInt(turns -> turns.size).sum();
    }

    /** Takes the next out; null when nobody waits. */
    Waiter next() {
        Waiter login = kinds.get(Kind.LOGIN).poll();
        if (login != null) {
            return login;
        }
        Turns listing = kinds.get(Kind.LISTING);
        Turns content = kinds.get(Kind.CONTENT);
        if (!listing.isEmpty() && (content.isEmpty() || contentSinceListing >= LISTING_EVERY - 1)) {
            contentSinceListing = 0;
            return listing.poll();
        }
        if (!content.isEmpty()) {
            contentSinceListing++;
        }
        return content.poll();
    }

    /** Takes all out. */
    List<Waiter> drain() {
        List<Waiter> all = new ArrayList<>();
        for (Turns turns : kinds.values()) {
            for (Waiter waiter = turns.poll(); waiter != null; waiter = turns.poll()) {
                all.add(waiter);
            }
        }
        return all;
    }

    /**
     * @param number of the entry, in the order of asking
     * @param lossAt never null
     * @param entry completes when it is let in
     */
    record Waiter(long number, Instant lossAt, CompletableFuture<Gate.Entry> entry) {}

    /** The waiters of one kind, customer by customer in turn; whoever was served goes to the end of the row. */
    private static final class Turns {

        private static final Comparator<Waiter> FIRST_LOST_FIRST =
                Comparator.comparing(Waiter::lossAt).thenComparing(Waiter::number);

        private final Map<String, Queue<Waiter>> customers = new LinkedHashMap<>();
        private int size;

        void add(String customer, Waiter waiter) {
            customers.computeIfAbsent(customer, missing -> new PriorityQueue<>(FIRST_LOST_FIRST))
                    .add(waiter);
            size++;
        }

        boolean isEmpty() {
            return size == 0;
        }

        Waiter poll() {
            for (Map.Entry<String, Queue<Waiter>> each : customers.entrySet()) {
                String customer = each.getKey();
                Queue<Waiter> queue = each.getValue();
                Waiter waiter = queue.poll();
                if (waiter != null) {
                    // One whose queue is empty keeps its place: who asks again one by one is not served first each time.
                    customers.remove(customer);
                    customers.put(customer, queue);
                    size--;
                    return waiter;
                }
            }
            return null;
        }
    }
}
