// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.audit.CustomerReport.Gap;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.DeadSelection;
import io.callvault.ledger.Reports;
import io.callvault.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Holds the ledger against the targets: what is listed, what is stored, and whether it is there. Reads no content. */
public final class Auditor implements AutoCloseable {

    private static final int AT_ONCE = 16;

    private final Reports reports;
    private final Function<String, Store> stores;
    private final Clock clock;
    private final ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE);

    /** @param stores the store of a target's name */
    public Auditor(Reports reports, Function<String, Store> stores, Clock clock) {
        this.reports = reports;
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * Looks at one customer. Blocks for as long as the targets take to list their objects.
     *
     * <p>The targets are listed before the ledger is read, and a plan is committed before its object is put: what another
     * process stores meanwhile is either explained by a plan or not on the list.
     *
     * @throws StopAllException if the ledger cannot be read; a target that cannot be asked is a gap
     */
    public CustomerReport audit(Scope scope) {
        DayTable days = new DayTable(scope);
        List<Gap> gaps = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        reports.fallbacks(scope.customer()).forEach(fallback -> notes.add(fallback.feed()
                + " are listed extension by extension since " + fallback.since() + ", because the whole is refused; what only"
                + " the list of the whole has is not looked for: " + fallback.sentence() + " [" + fallback.code() + "]"));
        ListingAudit listing = new ListingAudit(reports, scope, gaps);
        listing.audit();
        LedgerPages.records(reports, scope.customer(), record -> {
            if (scope.contains(record.startedAt())) {
                days.record(record);
                listing.record(record);
            }
        });
        for (Reports.Dead dead : reports.dead(scope.customer(), DeadSelection.all())) {
            if (scope.contains(dead.startedAt())) {
                String reason = dead.evidence() == null ? "given up" : "given up: " + dead.evidence();
                gaps.add(new Gap(dead.item(), dead.target(), reason, dead.code()));
            }
        }
        Map<String, String> heads = new LinkedHashMap<>();
        boolean isFirst = true;
        for (String target : scope.targets()) {
            heads.put(target, target(scope, target, isFirst, days, gaps, notes, listing));
            isFirst = false;
        }
        List<CustomerReport.Hidden> hidden = reports.notVisible(scope.customer()).stream()
                .map(each -> new CustomerReport.Hidden(each.part(), each.status(), each.code(), each.reason()))
                .distinct()
                .toList();
        return new CustomerReport(
                scope.customer(),
                gaps.isEmpty() && hidden.isEmpty() && !days.isUnfinished(),
                heads,
                days.rows(),
                gaps,
                hidden,
                reports.releases(scope.customer(), scope.from(), scope.to()),
                notes);
    }

    /** @return the chain's head */
    private String target(
            Scope scope,
            String target,
            boolean isFirst,
            DayTable days,
            List<Gap> gaps,
            List<String> notes,
            ListingAudit listing) {
        TargetAudit audit = new TargetAudit(scope, target, gaps);
        asking(audit, gaps, target, () -> {
            Holdings holdings = new Holdings(stores.apply(target), scope.prefix(), askers, clock);
            if (!holdings.isListed()) {
                notes.add("target " + target + " cannot be listed, so each object was asked for by its name; one that the"
                        + " ledger does not know would not be noticed");
            }
            audit.holdings(holdings);
        });
        LedgerPages.items(reports, scope.customer(), target, page -> {
            for (Reports.Item item : page) {
                if (scope.contains(item.startedAt())) {
                    if (isFirst) {
                        days.item(item);
                    }
                    if (item.receipt() != null && item.receipt().isStored()) {
                        days.stored(item, target);
                    }
                }
                if (item.sidecarLength() == null) {
                    listing.torn(item.feed(), item.recordId());
                }
            }
            asking(audit, gaps, target, () -> audit.items(page));
        });
        List<Reports.ChainLink> chain = LedgerPages.chain(reports, scope.customer(), target);
        asking(audit, gaps, target, () -> {
            audit.chain(chain);
            audit.unexplained();
        });
        return chain.stream()
                .filter(Reports.ChainLink::isPublished)
                .reduce((one, later) -> later)
                .map(Reports.ChainLink::sha256)
                .orElse(null);
    }

    /** A target that cannot be asked is told once and not asked again. */
    private static void asking(TargetAudit audit, List<Gap> gaps, String target, Runnable question) {
        if (audit.isGivenUp()) {
            return;
        }
        try {
            question.run();
        } catch (StopAllException e) {
            throw e;
        } catch (ArchiveException e) {
            audit.giveUp();
            gaps.add(new Gap(null, target, "could not be asked: " + e.getMessage(), e.code().name()));
        } catch (UnsupportedOperationException e) {
            audit.giveUp();
            gaps.add(new Gap(
                    null, target, "could not be asked: " + e.getMessage(), ErrorCode.STORE_UNREACHABLE.name()));
        }
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
