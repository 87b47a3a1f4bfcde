// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.store.StoreCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a target that does not work from an item that does not, and when it works again. While it is down nothing is sent
 * there and nobody's try counts. After a pause that grows from a second to a minute one item is let through; when that is
 * proved, all are.
 *
 * <p>A pass leaves a target alone that is still down when all its other work is done. The service never does.
 */
final class TargetWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TargetWatch.class);

    /** How often a target is asked in vain before a pass that has nothing else to do leaves it alone: some 15 s. */
    private static final int IN_VAIN = 4;

    /** How long a target waits where only a person can help. */
    private static final Duration FOR_A_PERSON = Duration.ofMinutes(1);

    /** Whose failure it was. */
    enum Blame {
        /** The item's own, as far as can be seen: it is to be tried as its ladder says. */
        ITEM,
        /** The target's: the item has not been tried. */
        TARGET,
        /** The target answers and yet nothing gets through: another item is to be let through next. */
        EITHER
    }

    private final Bench bench;
    private final Customer customer;
    private final String target;
    private final boolean isPass;
    private final BooleanSupplier isElseDone;
    private final Runnable wake;
    private final Runnable release;
    private final Consumer<ArchiveException> giveUp;
    private final Outage outage = new Outage();
    private Instant since;
    private ArchiveException down;
    private boolean hasProved;
    private boolean isClosed;
    private int number;
    private CompletableFuture<Boolean> asking;

    /**
     * @param isPass true for a pass, which ends; false for the service
     * @param isElseDone true when the pass has nothing to do but this target
     * @param wake told that something may be sent again
     * @param release told that nothing can be sent, so that what waits here may wait in the ledger
     * @param giveUp told why the target is left alone
     */
    TargetWatch(
            Bench bench,
            Customer customer,
            String target,
            boolean isPass,
            BooleanSupplier isElseDone,
            Runnable wake,
            Runnable release,
            Consumer<ArchiveException> giveUp) {
        this.bench = bench;
        this.customer = customer;
        this.target = target;
        this.isPass = isPass;
        this.isElseDone = isElseDone;
        this.wake = wake;
        this.release = release;
        this.giveUp = giveUp;
    }

    /** How many items may be on their way there: all of the given number, one after a pause, or none. */
    synchronized int width(int usual) {
        if (since == null) {
            return usual;
        }
        return isClosed ? 0 : 1;
    }

    synchronized boolean isDown() {
        return since != null;
    }

    /** Why nothing is sent there; null while it works. */
    synchronized ArchiveException down() {
        return down;
    }

    /** True once something was proved there. */
    synchronized boolean hasProved() {
        return hasProved;
    }

    /** Something was proved there. */
    void succeeded() {
        outage.succeeded();
        Instant before;
        synchronized (this) {
            before = since;
            since = null;
            down = null;
            hasProved = true;
            isClosed = false;
        }
        if (before != null) {
            LOG.info(
                    "Target {} of customer {} works again, after {} s",
                    target,
                    customer.id(),
                    Duration.between(before, now()).toSeconds());
            bench.workers().execute(wake);
        }
    }

    /** Something could not be put there. */
    CompletionStage<Blame> failed(String subject, ArchiveException failure) {
        if (!isPass && isForAPerson(failure)) {
            outage.failed(subject, true, now());
            close(failure, now().plus(FOR_A_PERSON));
            return CompletableFuture.completedFuture(Blame.TARGET);
        }
        if (failure.code() != ErrorCode.STORE_UNREACHABLE) {
            return CompletableFuture.completedFuture(Blame.ITEM);
        }
        Instant again = outage.failed(subject, isDown(), now());
        if (again != null) {
            close(failure, again);
            return asked().thenApply(answers -> answers ? Blame.EITHER : Blame.TARGET);
        }
        return asked().thenApply(answers -> {
            if (!answers) {
                close(failure, outage.failed(subject, true, now()));
            }
            return answers ? Blame.ITEM : Blame.TARGET;
        });
    }

    /** True for a failure that holds the whole target and that only a person can mend. */
    private static boolean isForAPerson(ArchiveException failure) {
        return failure.code() == ErrorCode.STORE_DENIED || failure.code() == ErrorCode.STORE_FULL;
    }

    /** Whether the target answers at all; many who want to know ask once. */
    private CompletableFuture<Boolean> asked() {
        CompletableFuture<Boolean> answer;
        synchronized (this) {
            if (asking != null) {
                return asking;
            }
            answer = new CompletableFuture<>();
            asking = answer;
        }
        bench.workers().execute(() -> {
            boolean answers = answers();
            synchronized (this) {
                asking = null;
            }
            answer.complete(answers);
        });
        return answer;
    }

    private boolean answers() {
        try {
            bench.targets().store(target).stat(StoreCheck.path(customer.id()));
            return true;
        } catch (TryAgainException | WaitException e) {
            return false;
        } catch (StopCustomerException e) {
            // Some do not say whether an object is missing or forbidden; but it answers.
            return true;
        }
    }

    private void close(ArchiveException failure, Instant again) {
        boolean isNews;
        int mine;
        synchronized (this) {
            isNews = since == null;
            down = failure;
            since = isNews ? now() : since;
            isClosed = true;
            mine = ++number;
        }
        if (isNews) {
            LOG.warn("Nothing is sent to target {} until it works again: {}", target, failure.sentence());
        }
        release.run();
        if (isPass && outage.probes() > IN_VAIN && isElseDone.getAsBoolean()) {
            giveUp.accept(failure);
            return;
        }
        Duration pause = Duration.between(now(), again);
        bench.alarm().after(pause.isNegative() ? Duration.ZERO : pause, () -> open(mine));
    }

    /** Lets one through, unless it was closed again meanwhile. */
    private void open(int mine) {
        synchronized (this) {
            if (mine != number || since == null) {
                return;
            }
            isClosed = false;
        }
        bench.workers().execute(wake);
    }

    private Instant now() {
        return bench.clock().instant();
    }
}
