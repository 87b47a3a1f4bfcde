// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.Auditor;
import io.callvault.audit.CustomerReport;
import io.callvault.audit.Scope;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.engine.TargetsOnly;
import io.callvault.flow.Relist;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = "What is archived and what is not, by day, feed and extension: every stored object is looked for in"
                + " its target. Ends with 3 when something is missing or a listing is incomplete. Without --relist it asks"
                + " no provider and takes no lock; days begin in the customer's time zone.")
final class ReportCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Mixin
    SpanOptions span;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    Form form = new Form();

    /** For people unless one of the two is asked for. */
    static final class Form {
        @Option(names = "--json", description = "As one JSON object.")
        boolean isJson;

        @Option(names = "--csv", description = "As one table for spreadsheets; no cell is taken for a formula.")
        boolean isCsv;
    }

    @Option(
            names = "--relist",
            description = "Asks the provider too: lists again all that the ledger reaches, or what lies between --from and"
                    + " --to, and names every record and item that the ledger does not have. Each page is compared first"
                    + " and then kept, so the next archive fetches what was missing. Asks for lists only; takes the lock"
                    + " and needs the secrets.")
    boolean isRelist;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        Map<String, Relist.Result> listed = Map.of();
        if (isRelist && Ledgers.read(configuration.ledger().value()).isPresent()) {
            configuration.warnings().forEach(warning -> spec.commandLine().getErr().println("callvault: " + warning));
            listed = new RelistRun(configuration, ids).run(span);
            if (listed == null) {
                return ExitCode.WORK_LEFT;
            }
        }
        List<CustomerReport> reports = reports(configuration, ids, listed);
        PrintWriter out = spec.commandLine().getOut();
        if (form.isJson) {
            ReportJson.write(reports, out);
        } else if (form.isCsv) {
            ReportCsv.write(reports, out);
        } else {
            reports.forEach(report -> new ReportText(out).write(report));
        }
        out.flush();
        if (form.isJson || form.isCsv) {
            PrintWriter err = spec.commandLine().getErr();
            reports.forEach(report ->
                    report.notes().forEach(note -> err.println("callvault: " + report.customer() + ": " + note)));
        }
        return listed.values().stream().anyMatch(result -> ExitCode.isCustomerStopped(result.stopped()))
                ? ExitCode.CUSTOMER_STOPPED
                : reports.stream().allMatch(CustomerReport::complete) ? ExitCode.DONE : ExitCode.WORK_LEFT;
    }

    /** @param listed what the provider listed again, by the customer's id; empty when it was not asked */
    private List<CustomerReport> reports(
            Configuration configuration, List<String> ids, Map<String, Relist.Result> listed) {
        Optional<Ledger> looked = Ledgers.read(configuration.ledger().value());
        if (looked.isEmpty()) {
            return ids.stream()
                    .map(id -> nothing(configuration.customers().get(id)))
                    .toList();
        }
        List<CustomerReport> reports = new ArrayList<>();
        try (Ledger ledger = looked.get();
                TargetsOnly targets = TargetsOnly.start(configuration, ids);
                Auditor auditor = new Auditor(ledger.reports(), targets::store, Clock.systemUTC())) {
            for (String id : ids) {
                CustomerSettings customer = configuration.customers().get(id);
                CustomerReport report = auditor.audit(Scope.of(customer, span.from(customer), span.to(customer)));
                reports.add(listed.containsKey(id) ? RelistRun.added(report, listed.get(id)) : report);
            }
        }
        return reports;
    }

    /** Before the first archive, or when the ledger was lost. */
    private static CustomerReport nothing(CustomerSettings customer) {
        Map<String, String> heads = new LinkedHashMap<>();
        customer.targets().forEach(target -> heads.put(target, null));
        List<CustomerReport.Gap> gaps = customer.feeds().stream()
                .map(feed -> new CustomerReport.Gap("listing " + feed, null, "never listed", null))
                .toList();
        String note = "there is no ledger yet, so the targets were not looked at; if there was one, check callvault.home or"
                + " put the newest copy of it back; without one, run callvault rebuild";
        return new CustomerReport(customer.id(), false, heads, List.of(), gaps, List.of(), Map.of(), List.of(note));
    }
}
