// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.ledger.DueItem;
import io.callvault.ledger.Selection;
import io.callvault.model.ItemKey;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A customer's share of the spool, as its fetching sees it. Nothing is asked of the provider that could not be kept: when
 * the share is full, this customer's fetching waits until something leaves. While a target is down, what another target
 * has proved leaves early, the longest here first, and is brought back from there later.
 */
final class SpoolShare {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolShare.class);

    /** How often it is looked for room while there is none. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** How long a share may be full before that is told: while a target is down, and while all work. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How long what left early stays away at least. */
    private static final Duration AWAY = Duration.ofMinutes(15);

    private final Bench bench;
    private final Customer customer;
    private final Selection selection;
    private final Predicate<String> isDown;
    private final BooleanSupplier isStuck;
    private final Consumer<TryAgainException> giveUp;
    private Instant fullSince;
    private boolean isTold;
    private boolean isBegun;
    private boolean isLooking;

    /**
     * @param isDown whether a target of the customer is down
     * @param wake told when there is room again
     * @param isStuck true when nothing is on its way from or to the spool, so that no room will come
     * @param giveUp told that a pass cannot go on
     */
    SpoolShare(
            Bench bench,
            Customer customer,
            Selection selection,
            Predicate<String> isDown,
            Runnable wake,
            BooleanSupplier isStuck,
            Consumer<TryAgainException> giveUp) {
        this.bench = bench;
        this.customer = customer;
        this.selection = selection;
        this.isDown = isDown;
        this.isStuck = isStuck;
        this.giveUp = giveUp;
        room().onRoom(customer.id(), () -> bench.workers().execute(wake));
    }

    /** Whether nothing can be begun now. */
    boolean isFull() {
        return room().isFull(customer.id());
    }

    /** Takes room for an item; to be followed by {@link Spool#settle}. False when it has to wait. */
    boolean take(DueItem item) {
        Long bytes = item.plan() == null ? item.size() : Long.valueOf(item.plan().length());
        if (room().take(item.key(), bytes)) {
            begun();
            return true;
        }
        boolean isNews;
        synchronized (this) {
            fullSince = fullSince == null ? now() : fullSince;
            isNews = !isLooking;
            isLooking = true;
        }
        if (isNews) {
            makeRoom();
        }
        return false;
    }

    /** Room came, or was there all the time. */
    private void begun() {
        boolean wasTold;
        boolean isFirst;
        synchronized (this) {
            if (fullSince == null && isBegun) {
                return;
            }
            isFirst = !isBegun;
            isBegun = true;
            wasTold = isTold;
            fullSince = null;
            isTold = false;
        }
        if (wasTold) {
            LOG.info("There is room again in the spool for customer {}: fetching goes on", customer.id());
        }
        if (wasTold || (isFirst && selection.pass() == 0)) {
            bench.ledger().stopped(customer.id(), null, null, now());
        }
    }

    private void makeRoom() {
        boolean isAnyDown = customer.targets().stream().anyMatch(isDown);
        List<ItemKey> leaving = isAnyDown ? room().leaving(customer.id()) : List.of();
        CompletableFuture<?>[] all = leaving.stream().map(this::evict).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).whenCompleteAsync((done, failure) -> look(isAnyDown), bench.workers());
    }

    private CompletableFuture<Void> evict(ItemKey item) {
        return bench.ledger()
                .evict(item, now().plus(AWAY), selection.pass())
                .thenAcceptAsync(
                        isFree -> {
                            if (isFree) {
                                bench.spool().release(item, Spool.name(item));
                            } else {
                                room().stays(item);
                            }
                        },
                        bench.workers());
    }

    private void look(boolean isAnyDown) {
        if (isFull() && selection.pass() > 0 && isStuck.getAsBoolean()) {
            giveUp.accept(full());
            return;
        }
        TryAgainException full = null;
        synchronized (this) {
            if (!isFull()) {
                isLooking = false;
                return;
            }
            boolean isLong = fullSince != null && !now().isBefore(fullSince.plus(isAnyDown ? SOON : PATIENCE));
            if (!isTold && isLong) {
                isTold = true;
                full = full();
            }
        }
        if (full != null) {
            LOG.warn("{}", full.sentence());
            bench.ledger().stopped(customer.id(), full.code().name(), full.getMessage(), now());
        }
        bench.alarm().after(LOOK_EVERY, () -> bench.workers().execute(this::makeRoom));
    }

    private TryAgainException full() {
        return new TryAgainException(
                ErrorCode.SPOOL_SHARE_FULL,
                String.format(
                        Locale.ROOT,
                        "Tried to fetch more for customer %s but its share of the spool, %,d bytes, is full of what its"
                                + " targets do not have yet. It goes on when they take it: mend the target that does not"
                                + " work, or raise callvault.spool.max",
                        customer.id(),
                        room().share()));
    }

    private SpoolRoom room() {
        return bench.spool().room();
    }

    private Instant now() {
        return bench.clock().instant();
    }
}
