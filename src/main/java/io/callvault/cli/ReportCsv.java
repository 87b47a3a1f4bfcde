// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.CustomerReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A report as one table. The column {@code kind} says what a line is: {@code day}, {@code gap} or {@code not-visible};
 * cells that have no meaning for it are empty. There is a column {@code stored in <target>} for each target.
 */
final class ReportCsv {

    private ReportCsv() {}

    static void write(List<CustomerReport> reports, PrintWriter out) {
        Set<String> targets = new LinkedHashSet<>();
        reports.forEach(report -> targets.addAll(report.journalHeads().keySet()));
        List<Object> head = new ArrayList<>(List.of("kind", "customer", "day", "feed", "extension", "listed", "items"));
        targets.forEach(target -> head.add("stored in " + target));
        head.addAll(List.of("pending", "dead", "gone", "not-retained", "excluded"));
        head.addAll(List.of("item", "target", "status", "code", "reason"));
        Csv.line(out, head);
        for (CustomerReport report : reports) {
            report.days().forEach(day -> day(report.customer(), day, targets, out));
            report.gaps().forEach(gap -> {
                List<Object> line = empty("gap", report.customer(), 10 + targets.size());
                line.addAll(Arrays.asList(gap.item(), gap.target(), null, gap.code(), gap.reason()));
                Csv.line(out, line);
            });
            report.notVisible().forEach(hidden -> {
                List<Object> line = empty("not-visible", report.customer(), 10 + targets.size());
                line.set(4, hidden.extension());
                line.addAll(Arrays.asList(null, null, hidden.status(), hidden.code(), hidden.reason()));
                Csv.line(out, line);
            });
        }
    }

    private static void day(String customer, CustomerReport.Day day, Set<String> targets, PrintWriter out) {
        List<Object> line = new ArrayList<>(Arrays.asList(
                "day", customer, day.day(), day.feed(), day.extension(), day.listed(), day.items()));
        targets.forEach(target -> line.add(day.stored().get(target)));
        line.addAll(List.of(day.pending(), day.dead(), day.gone(), day.notRetained(), day.excluded()));
        line.addAll(Arrays.asList(null, null, null, null, null));
        Csv.line(out, line);
    }

    private static List<Object> empty(String kind, String customer, int empty) {
        List<Object> line = new ArrayList<>(List.of(kind, customer));
        for (int i = 0; i < empty; i++) {
            line.add(null);
        }
        return line;
    }
}
