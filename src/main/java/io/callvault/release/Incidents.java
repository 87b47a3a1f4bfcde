// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.ledger.AlarmState;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Reports;
import io.callvault.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What must be mended before anything of a customer is released. */
final class Incidents {

    /** Between two clocks this much is no more than the way of an answer. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** In the ledger's table of alarms this one says when the digest was written. */
    private static final String NO_ALARM = "DIGEST";

    private static final int PAGE = 1_000;

    private final Terms terms;
    private final Ledger ledger;

    Incidents(Terms terms, Ledger ledger) {
        this.terms = terms;
        this.ledger = ledger;
    }

    /** @throws StopCustomerException RELEASE_HELD_UP if its last run was stopped, or if it or the installation has an alarm */
    void requireNone() {
        Reports.Stopped stopped = ledger.reports().stopped(terms.customer());
        if (stopped != null) {
            throw heldUp("its last run was stopped: " + stopped.sentence());
        }
        List<AlarmState> alarms = ledger.alarms().states().stream()
                .filter(alarm -> alarm.raisedAt() != null && !alarm.code().equals(NO_ALARM))
                .filter(alarm -> alarm.customer().isEmpty() || alarm.customer().equals(terms.customer()))
                .toList();
        if (!alarms.isEmpty()) {
            throw heldUp("there is an alarm, " + alarms.get(0).code() + ": " + alarms.get(0).sentence());
        }
    }

    /**
     * Looks whether all published objects of the journals are there; whether they are whole says {@code callvault verify}.
     *
     * @throws StopCustomerException RELEASE_HELD_UP if one is not
     * @throws io.callvault.error.ArchiveException if a target cannot be asked
     */
    void requireJournals(Function<String, Store> stores) {
        for (String target : terms.targets()) {
            Store store = stores.apply(target);
            Set<String> there = new HashSet<>();
            if (store.lists()) {
                store.list(terms.customer() + "/journal/", object -> there.add(object.path()));
            }
            long after = 0;
            List<Reports.ChainLink> page;
            do {
                page = ledger.reports().chain(terms.customer(), target, after, PAGE);
                for (Reports.ChainLink link : page) {
                    after = link.number();
                    if (link.isPublished()
                            && !there.contains(link.key())
                            && store.stat(link.key()).isEmpty()) {
                        throw heldUp("the journal at target " + target + " lacks " + link.key());
                    }
                }
            } while (page.size() == PAGE);
        }
    }

    /** @throws StopCustomerException CLOCK_UNSURE if the clocks do not agree, or if the provider tells no time */
    void requireClocks(Instant machine, Instant provider) {
        if (provider == null || Duration.between(machine, provider).abs().compareTo(SKEW) > 0) {
            throw new StopCustomerException(
                    ErrorCode.CLOCK_UNSURE,
                    "Tried to release for customer " + terms.customer() + " but this machine says that it is " + machine
                            + " and the provider " + (provider == null ? "tells no time" : "that it is " + provider)
                            + ", so nobody knows how long something is stored; nothing was released. Set the clock");
        }
    }

    private StopCustomerException heldUp(String why) {
        return new StopCustomerException(
                ErrorCode.RELEASE_HELD_UP,
                "Tried to release for customer " + terms.customer() + " but " + why
                        + "; nothing was released. Mend that first");
    }
}
