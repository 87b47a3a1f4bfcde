// SPDX-License-Identifier: Apache-2.0
package io.callvault.journal;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.store.Store;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Whether a chain may begin: a customer's journal at one target, of which the ledger knows nothing. */
public final class Beginning {

    /** How many days back the first object is asked for, one by one, at a target that cannot be listed. */
    private static final int DAYS = 100;

    private static final Pattern OBJECT = Pattern.compile(".*/[0-9]{1,18}\\.jsonl\\.gz");

    private final String customer;
    private final String target;
    private final Store store;
    private final Clock clock;

    public Beginning(String customer, String target, Store store, Clock clock) {
        this.customer = customer;
        this.target = target;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Asks the target. Blocks. At a target that cannot be listed a chain is found only if it began in the last hundred
     * days; an older one is found when the first object is put, if at all.
     *
     * @throws StopCustomerException LEDGER_BEHIND_JOURNAL if there is a chain; or what the target says that refuses
     * @throws io.callvault.error.ArchiveException what the target says that cannot be asked now
     */
    public void require() {
        if (store.lists()) {
            store.list(Journal.directory(customer), object -> {
                if (OBJECT.matcher(object.path()).matches()) {
                    throw found(object.path());
                }
            });
            return;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int days = 0; days < DAYS; days++) {
            String path = Journal.key(customer, today.minusDays(days), 1);
            if (isThere(path)) {
                throw found(path);
            }
        }
    }

    private boolean isThere(String path) {
        try {
            return store.stat(path).isPresent();
        } catch (StopCustomerException e) {
            // Who may not list is told of a missing object that it is forbidden.
            if (e.code() == ErrorCode.STORE_DENIED) {
                return false;
            }
            throw e;
        }
    }

    private StopCustomerException found(String path) {
        return new StopCustomerException(
                ErrorCode.LEDGER_BEHIND_JOURNAL,
                "Tried to begin the archive of customer " + customer + " but target " + target + " has its journal already ("
                        + path + ") and this ledger knows nothing of it; nothing was asked of the provider. Check"
                        + " callvault.home; if the ledger is lost, run callvault rebuild");
    }
}
