// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the ledger knows for and of alarms. Writes as {@link Ledger}'s do; reads block. */
public interface AlarmBook {

    /** What is wrong, of all customers. */
    List<AlarmState> states();

    /**
     * Keeps what has become of alarms, in one transaction with what is to be told of it.
     *
     * @param changed new ones, and known ones in their new form
     * @param over those that are gone
     * @param notices to be sent
     */
    CompletableFuture<Void> keep(
            Collection<AlarmState> changed, Collection<AlarmState> over, Collection<AlarmNotice> notices);

    /** What is still to be sent, the oldest first. */
    List<AlarmNotice> unsent(int limit);

    /** These have been taken by whoever they were sent to, or nobody is there any more to take them. */
    CompletableFuture<Void> sent(Collection<AlarmNotice> notices);

    /** Writes next to nothing: done when the ledger has committed it, so that who waits knows how long it takes. */
    CompletableFuture<Void> beat();

    /** Facts of a customer, as they are now. */
    AlarmFacts facts(String customer, Collection<String> targets);

    /** How many items were stored at all their targets since an instant. Looks at every item: for once a day. */
    long storedSince(String customer, Instant since);
}
