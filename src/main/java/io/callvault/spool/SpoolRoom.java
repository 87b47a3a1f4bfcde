// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import io.callvault.model.ItemKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps account of how much of the spool each customer uses, so that one whose targets are down fills its own share and
 * nobody else's. Room is taken before a download begins; what it turns out to need beyond that is counted as it comes.
 *
 * <p>A customer never has more than its share, with two exceptions: a download that is alone may be as large as it likes,
 * and one whose length nobody announced may turn out larger than was guessed; nothing further begins then until there is
 * room again. Files of our own (sidecars, journal objects on their way) are small and are not counted.
 *
 * <p>Safe for any number of threads. It knows the files only by what it is told; {@link Spool} tells it.
 */
public final class SpoolRoom {

    /** What a download of unknown length is taken for while the customer has had no longer one, in bytes. */
    static final long GUESS = 1_000_000;

    private final long share;
    private final Map<String, Holding> holdings = new ConcurrentHashMap<>();

    /** @param share how much each customer may have, in bytes; at least 1 */
    public SpoolRoom(long share) {
        this.share = share;
    }

    /** How much each customer may have, in bytes. */
    public long share() {
        return share;
    }

    /** How much a customer has now, reserved or lying there, in bytes. */
    public long used(String customer) {
        return holding(customer).used();
    }

    /** A file that lies there, whole: since before the process began, or copied from a target. */
    public void found(ItemKey item, long bytes, boolean isProved) {
        Holding holding = holding(item.customer());
        holding.whole(item, bytes);
        if (isProved) {
            holding.proved(item);
        }
    }

    /**
     * Takes room for an item that is to be brought here, or holds on to what is here already. To be followed by {@link
     * #settle}.
     *
     * @param bytes how long it is; null when not known
     * @return false when there is no room: then {@link #isFull} is true until there is, and {@link #onRoom} is told
     */
    public boolean take(ItemKey item, Long bytes) {
        return holding(item.customer()).take(item, bytes);
    }

    /** An item on its way turns out to need so much in all. */
    void grow(ItemKey item, long bytes) {
        holding(item.customer()).grow(item, bytes);
    }

    /** An item is here, whole. */
    void whole(ItemKey item, long bytes) {
        holding(item.customer()).whole(item, bytes);
    }

    /** An item that is here is proved to lie at a target: from now on it may leave when room is needed. */
    public void proved(ItemKey item) {
        holding(item.customer()).proved(item);
    }

    /**
     * What was begun with {@link #take} is over.
     *
     * @return true if the item is not here, so that nothing of it is to be kept
     */
    boolean settle(ItemKey item) {
        return holding(item.customer()).settle(item);
    }

    /** An item's file has been removed; one that is not counted is fine. */
    void gone(ItemKey item) {
        holding(item.customer()).gone(item);
    }

    /** True while somebody waits for room. */
    public boolean isFull(String customer) {
        return holding(customer).isFull();
    }

    /** @param listener told each time that there is room again for who was refused; must not block */
    public void onRoom(String customer, Runnable listener) {
        holding(customer).listener = listener;
    }

    /**
     * What may leave so that who was refused gets room, and an eighth of the share is free: the longest here first. What is
     * named is not named again before {@link #stays}.
     *
     * @return empty when nobody waits, or when there is not enough of what is proved
     */
    public List<ItemKey> leaving(String customer) {
        return holding(customer).leaving();
    }

    /** An item cannot leave now after all. */
    public void stays(ItemKey item) {
        holding(item.customer()).stays(item);
    }

    private Holding holding(String customer) {
        Holding known = holdings.get(customer);
        return known != null ? known : holdings.computeIfAbsent(customer, name -> new Holding(share));
    }

    private static final class Entry {
        private final ItemKey item;
        private long bytes;
        private int users;
        private boolean isWhole;
        private boolean isProved;
        private boolean isLeaving;

        private Entry(ItemKey item) {
            this.item = item;
        }
    }

    /** What one customer has. */
    private static final class Holding {

        private final long share;
        /** By the item, kind and id. */
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private long used;
        private long longest = GUESS;
        private long refused;
        private volatile Runnable listener = () -> {};

        private Holding(long share) {
            this.share = share;
        }

        synchronized long used() {
            return used;
        }

        synchronized boolean isFull() {
            return refused > 0;
        }

        synchronized boolean take(ItemKey item, Long announced) {
            long bytes = Math.max(1, announced == null ? Math.min(longest, share) : announced);
            Entry entry = entries.get(item.item());
            if (entry != null && entry.isLeaving) {
                return false;
            }
            long has = entry == null ? 0 : entry.bytes;
            // Who came first gets room first, however little others need.
            if (bytes > has && (refused > 0 || !fits(used - has, bytes))) {
                refused = refused == 0 ? bytes : refused;
                return false;
            }
            if (entry == null) {
                entry = add(item);
            }
            resize(entry, Math.max(has, bytes));
            entry.users++;
            return true;
        }

        private boolean fits(long others, long bytes) {
            return others == 0 || bytes <= share - others;
        }

        private Entry add(ItemKey item) {
            Entry entry = new Entry(item);
            entries.put(item.item(), entry);
            return entry;
        }

        private void resize(Entry entry, long bytes) {
            used += bytes - entry.bytes;
            entry.bytes = bytes;
        }

        synchronized void grow(ItemKey item, long bytes) {
            Entry entry = entries.get(item.item());
            if (entry != null && bytes > entry.bytes) {
                resize(entry, bytes);
            }
        }

        void whole(ItemKey item, long bytes) {
            synchronized (this) {
                Entry entry = entries.get(item.item());
                if (entry == null) {
                    entry = add(item);
                }
                resize(entry, bytes);
                entry.isWhole = true;
                longest = Math.max(longest, bytes);
            }
            tell();
        }

        synchronized void proved(ItemKey item) {
            Entry entry = entries.get(item.item());
            if (entry != null) {
                entry.isProved = true;
            }
        }

        boolean settle(ItemKey item) {
            boolean isNotHere;
            synchronized (this) {
                Entry entry = entries.get(item.item());
                if (entry == null) {
                    return false;
                }
                entry.users--;
                isNotHere = entry.users == 0 && !entry.isWhole;
                if (isNotHere) {
                    remove(item);
                }
            }
            tell();
            return isNotHere;
        }

        void gone(ItemKey item) {
            synchronized (this) {
                Entry entry = entries.get(item.item());
                if (entry == null) {
                    return;
                }
                if (entry.users > 0) {
                    // Its room is still needed, or is given back by who uses it.
                    entry.isWhole = false;
                    entry.isProved = false;
                    return;
                }
                remove(item);
            }
            tell();
        }

        private void remove(ItemKey item) {
            used -= entries.remove(item.item()).bytes;
        }

        /** Outside the lock. */
        private void tell() {
            synchronized (this) {
                if (refused == 0 || !fits(used, refused)) {
                    return;
                }
                refused = 0;
            }
            listener.run();
        }

        synchronized List<ItemKey> leaving() {
            List<Entry> chosen = new ArrayList<>();
            long left = used;
            for (Entry entry : entries.values()) {
                if (refused == 0 || fits(left, Math.max(refused, share / 8))) {
                    break;
                }
                if (entry.isLeaving) {
                    left -= entry.bytes;
                } else if (entry.isProved && entry.isWhole && entry.users == 0) {
                    left -= entry.bytes;
                    chosen.add(entry);
                }
            }
            if (refused == 0 || !fits(left, refused)) {
                return List.of();
            }
            chosen.forEach(entry -> entry.isLeaving = true);
            return chosen.stream().map(entry -> entry.item).toList();
        }

        synchronized void stays(ItemKey item) {
            Entry entry = entries.get(item.item());
            if (entry != null) {
                entry.isLeaving = false;
            }
        }
    }
}
