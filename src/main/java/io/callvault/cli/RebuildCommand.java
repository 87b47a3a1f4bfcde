// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.Auditor;
import io.callvault.audit.CustomerReport;
import io.callvault.audit.Finding;
import io.callvault.audit.Scope;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.engine.Rebuilding;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.CustomerCounts;
import io.callvault.rebuild.Rebuilt;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rebuild",
        description = "Makes a lost ledger again from the journals and objects in the targets. Each customer is rebuilt whole"
                + " or not at all; one that the ledger knows already is left as it is. Asks no provider. Names what the journals"
                + " cannot prove and what is missing in the targets, and then ends with 3.")
final class RebuildCommand implements Callable<Integer> {

    /** So many findings of a kind are printed one by one. */
    private static final int PRINTED = 100;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        int exit = ExitCode.DONE;
        List<StopAllException> known = new ArrayList<>();
        try (TemporaryDirectory directory = TemporaryDirectory.in(configuration.home(), "rebuild");
                Rebuilding rebuilding =
                        Rebuilding.start(configuration, ids, directory.path(), Clock.systemUTC());
                Lines lines = new Lines(rebuilding::progress)) {
            lines.start();
            for (String id : ids) {
                CustomerSettings customer = configuration.customers().get(id);
                try {
                    if (!isWhole(rebuilding, customer)) {
                        exit = ExitCode.WORK_LEFT;
                    }
                } catch (StopAllException e) {
                    if (e.code() != ErrorCode.LEDGER_NOT_EMPTY) {
                        throw e;
                    }
                    known.add(e);
                } catch (ArchiveException e) {
                    exit = ExitCode.WORK_LEFT;
                    out.println(id + ": not rebuilt, nothing was changed: " + Clean.line(e.sentence()));
                }
                out.flush();
            }
        }
        if (known.size() == ids.size()) {
            throw known.get(0);
        }
        // The others were rebuilt, perhaps because an earlier rebuild was interrupted between two customers.
        known.forEach(each -> out.println(Clean.line(each.getMessage())));
        out.flush();
        return exit;
    }

    private boolean isWhole(Rebuilding rebuilding, CustomerSettings customer) {
        Rebuilt rebuilt = rebuilding.rebuild(customer.id());
        List<Finding> findings = rebuilt.findings();
        findings.stream()
                .limit(PRINTED)
                .forEach(finding -> out.println(finding.customer() + " " + finding.target() + ": "
                        + finding.kind().name().toLowerCase(Locale.ROOT) + " " + Clean.line(finding.path()) + ": "
                        + Clean.line(finding.detail())));
        andMore(findings.size());
        for (String target : rebuilt.unlisted()) {
            out.println(customer.id() + " " + target + ": cannot be listed, so its journal was looked for day by day, number"
                    + " by number; what lies behind a missing number, and objects that no journal tells of, were not seen");
        }
        boolean isThere = areObjectsThere(rebuilding, customer);
        CustomerCounts counts =
                rebuilding.ledger().counts(List.of(customer.id())).get(0);
        say(rebuilt, counts);
        return findings.isEmpty() && rebuilt.unlisted().isEmpty() && isThere && rebuilt.objects() > 0;
    }

    /** What the journals call stored, held against what lies there. */
    private boolean areObjectsThere(Rebuilding rebuilding, CustomerSettings customer) {
        try (Auditor auditor = new Auditor(
                rebuilding.ledger().reports(), rebuilding::store, Clock.systemUTC())) {
            CustomerReport report = auditor.audit(Scope.of(customer, null, null));
            List<CustomerReport.Gap> gaps = report.gaps().stream()
                    .filter(gap -> gap.target() != null
                            && List.of("STORE_OBJECT_MISSING", "STORE_NOT_PROVED", "LEDGER_BEHIND_JOURNAL")
                                    .contains(gap.code()))
                    .toList();
            gaps.stream()
                    .limit(PRINTED)
                    .forEach(gap -> out.println(customer.id() + " " + gap.target() + ": "
                            + (gap.item() == null ? "" : Clean.line(gap.item()) + " ") + Clean.line(gap.reason())
                            + " [" + gap.code() + "]"));
            andMore(gaps.size());
            return gaps.isEmpty();
        }
    }

    private void andMore(int size) {
        if (size > PRINTED) {
            out.printf(Locale.ROOT, "... and %,d more%n", size - PRINTED);
        }
    }

    private void say(Rebuilt rebuilt, CustomerCounts counts) {
        rebuilt.heads()
                .forEach((target, head) -> out.println(rebuilt.customer() + " " + target
                        + (head == null ? ": no journal" : ": journal head " + head)));
        if (rebuilt.adopted() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: %,d objects lay at a target whose journal did not say so yet; they were read back%n",
                    rebuilt.customer(),
                    rebuilt.adopted());
        }
        if (rebuilt.unstored() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: %,d items lie at one target and not at all; the next archive fetches them again%n",
                    rebuilt.customer(),
                    rebuilt.unstored());
        }
        out.printf(
                Locale.ROOT,
                "%s: rebuilt from %,d journal objects: %,d records, %,d items stored, %,d pending%s%n",
                rebuilt.customer(),
                rebuilt.objects(),
                counts.records().values().stream().mapToLong(Long::longValue).sum(),
                counts.items().getOrDefault("stored", 0L),
                ExitCode.pending(counts),
                rebuilt.objects() == 0 ? "; there is no journal to rebuild from" : "");
    }
}
