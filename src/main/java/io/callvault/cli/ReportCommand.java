// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.Auditor;
import io.callvault.audit.CustomerReport;
import io.callvault.audit.Scope;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.engine.TargetsOnly;
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
                + " its target. Ends with 3 when something is missing or a listing is incomplete. Asks no provider and"
                + " takes no lock; days begin in the customer's time zone.")
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

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        List<CustomerReport> reports = reports(configuration, ids);
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
        return reports.stream().allMatch(CustomerReport::complete) ? ExitCode.DONE : ExitCode.WORK_LEFT;
    }

    private List<CustomerReport> reports(Configuration configuration, List<String> ids) {
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
                reports.add(auditor.audit(Scope.of(customer, span.from(customer), span.to(customer))));
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
        return new CustomerReport(customer.id(), false, heads, List.of(), gaps, List.of(), List.of(note));
    }
}
