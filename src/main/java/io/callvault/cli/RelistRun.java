// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.CustomerReport;
import io.callvault.audit.CustomerReport.Gap;
import io.callvault.config.Configuration;
import io.callvault.engine.Engine;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.flow.Relist;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The provider asked again, before a report: from the start of the engine to what is added to the report. */
final class RelistRun {

    private final Configuration configuration;
    private final List<String> customers;
    private final AtomicReference<Runnable> running = new AtomicReference<>();
    private volatile boolean isHalted;

    RelistRun(Configuration configuration, List<String> customers) {
        this.configuration = configuration;
        this.customers = customers;
    }

    /**
     * Runs it, holding the lock as long.
     *
     * @return by the customer's id; null when it was interrupted
     */
    Map<String, Relist.Result> run(SpanOptions span) {
        Interruption interruption = Interruption.calls(this::halt);
        try (Engine engine = Engine.start(configuration, customers, "report --relist", false, Clock.systemUTC())) {
            Relist relist = engine.relist(
                    id -> span.from(configuration.customers().get(id)),
                    id -> span.to(configuration.customers().get(id)));
            running.set(() -> engine.halt(relist));
            if (isHalted) {
                engine.halt(relist);
            }
            Map<String, Relist.Result> results = new LinkedHashMap<>();
            ProgressDisplay.during(relist).forEach(result -> results.put(result.customer(), result));
            engine.keepGates();
            if (isHalted) {
                System.err.println("callvault: interrupted before all was compared; what was listed is kept");
            }
            interruption.over(ExitCode.WORK_LEFT);
            return isHalted ? null : results;
        } catch (RuntimeException e) {
            interruption.over(isHalted ? ExitCode.WORK_LEFT : ExitCode.BUG);
            throw e;
        }
    }

    /** The report of the ledger and the targets, with what the provider has and the ledger had not. */
    static CustomerReport added(CustomerReport report, Relist.Result result) {
        List<Gap> gaps = new ArrayList<>();
        result.missing().forEach(missing -> gaps.add(gap(missing)));
        if (result.unnamed() > 0) {
            gaps.add(new Gap(
                    null,
                    null,
                    String.format(Locale.ROOT, "not listed: %,d more than are named here", result.unnamed()),
                    ErrorCode.REPORT_NOT_IN_LEDGER.name()));
        }
        for (ArchiveException failure : result.failures()) {
            // A window that was left open says the same.
            if (report.gaps().stream().noneMatch(gap -> Objects.equals(gap.reason(), failure.getMessage()))) {
                gaps.add(new Gap(null, null, failure.getMessage(), failure.code().name()));
            }
        }
        boolean isComplete = report.complete() && gaps.isEmpty();
        gaps.addAll(report.gaps());
        List<String> notes = new ArrayList<>(report.notes());
        notes.add(String.format(
                Locale.ROOT,
                "the provider listed %,d records again; what the ledger did not have is kept now, and the next archive"
                        + " fetches what belongs to it",
                result.records()));
        return new CustomerReport(
                report.customer(),
                isComplete,
                report.journalHeads(),
                report.days(),
                gaps,
                report.notVisible(),
                report.releases(),
                notes);
    }

    private static Gap gap(Relist.Missing missing) {
        return missing.kind() == Relist.Missing.Kind.ABSENT
                ? new Gap(missing.name(), null, "not listed", ErrorCode.REPORT_NOT_IN_LEDGER.name())
                : new Gap(
                        missing.name(),
                        null,
                        "the source has a newer revision",
                        ErrorCode.REPORT_REVISION_OUTDATED.name());
    }

    private void halt() {
        isHalted = true;
        Runnable halt = running.get();
        if (halt != null) {
            halt.run();
        }
    }
}
