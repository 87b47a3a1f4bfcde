// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.audit.CustomerReport.Gap;
import io.callvault.error.ErrorCode;
import io.callvault.ledger.Reports;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether everything was listed, and whether the ledger still has what was. */
final class ListingAudit {

    /** A ledger that lost more rows than these is not repaired by naming them. */
    private static final int TORN = 10_000;

    private final Reports reports;
    private final Scope scope;
    private final List<Gap> gaps;
    private final Set<String> torn = new HashSet<>();

    ListingAudit(Reports reports, Scope scope, List<Gap> gaps) {
        this.reports = reports;
        this.scope = scope;
        this.gaps = gaps;
    }

    void audit() {
        Reports.Stopped stopped = reports.stopped(scope.customer());
        if (stopped != null) {
            gaps.add(new Gap(null, null, "the last run was stopped: " + stopped.sentence(), stopped.code()));
        }
        Set<String> begun = new HashSet<>(reports.listedFeeds(scope.customer()));
        reports.notVisible(scope.customer()).forEach(hidden -> begun.add(hidden.feed()));
        for (Reports.OpenWindow window : reports.openWindows(scope.customer())) {
            begun.add(window.feed());
            if (scope.touches(window.from(), window.to())) {
                gaps.add(new Gap(
                        "listing " + window.feed() + (window.part().isEmpty() ? "" : " of " + window.part()) + " from "
                                + window.from() + " to " + window.to(),
                        null,
                        window.sentence() == null ? "begun and not ended yet" : window.sentence(),
                        window.code()));
            }
        }
        for (String feed : scope.feeds()) {
            if (!begun.contains(feed)) {
                gaps.add(new Gap("listing " + feed, null, "never listed", null));
            }
        }
        reports.torn(scope.customer(), TORN).forEach(each -> torn(each.feed(), each.recordId()));
    }

    void record(Reports.Listed record) {
        if (record.unreadable() != null) {
            gaps.add(new Gap(
                    record.feed() + "/" + record.id(),
                    null,
                    "could not be read, kept as it came: " + record.unreadable(),
                    ErrorCode.RECORD_UNREADABLE.name()));
        }
    }

    /** The ledger does not have all of a record that it once had; told once. */
    void torn(String feed, String recordId) {
        String name = feed + "/" + recordId;
        if (torn.add(name)) {
            gaps.add(new Gap(
                    name, null, "not whole in the ledger", ErrorCode.LEDGER_BEHIND_JOURNAL.name()));
        }
    }
}
