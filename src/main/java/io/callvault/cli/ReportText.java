// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.CustomerReport;
import io.callvault.ledger.Releases;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A report for people: days and feeds over all extensions, and what is missing by name. */
final class ReportText {

    private static final int NAMED = 100;

    private final PrintWriter out;

    ReportText(PrintWriter out) {
        this.out = out;
    }

    private record DayAndFeed(LocalDate day, String feed) {}

    void write(CustomerReport report) {
        out.printf(
                Locale.ROOT,
                "%s: %s; %,d records listed, %,d items%n",
                report.customer(),
                report.complete() ? "complete" : "incomplete",
                sum(report.days(), CustomerReport.Day::listed),
                sum(report.days(), CustomerReport.Day::items));
        Map<DayAndFeed, List<CustomerReport.Day>> byDay = new LinkedHashMap<>();
        report.days().forEach(day -> byDay.computeIfAbsent(
                        new DayAndFeed(day.day(), day.feed()), key -> new ArrayList<>())
                .add(day));
        byDay.forEach((key, days) -> out.println("  " + Objects.toString(key.day(), "no day    ") + " "
                + String.format(Locale.ROOT, "%-10s", key.feed()) + " " + counts(report, days)));
        if (!report.releases().isEmpty()) {
            out.println("  release at the source: " + releases(report.releases()));
        }
        report.journalHeads().forEach((target, head) -> out.println(
                "  journal at " + target + ": " + (head == null ? "nothing published yet" : "head " + head)));
        report.notVisible().forEach(hidden -> out.println("  not visible: " + Clean.line(hidden.extension())
                + " (" + hidden.status() + (hidden.code() == null ? "" : " " + Clean.line(hidden.code())) + "): "
                + Clean.line(Objects.toString(hidden.reason(), "no reason given"))));
        report.gaps().stream().limit(NAMED).forEach(gap -> out.println("  gap: " + gap(gap)));
        if (report.gaps().size() > NAMED) {
            out.printf(
                    Locale.ROOT, "  and %,d more gaps; --json and --csv name all%n", report.gaps().size() - NAMED);
        }
        report.notes().forEach(note -> out.println("  note: " + note));
    }

    private static String counts(CustomerReport report, List<CustomerReport.Day> days) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d listed, %,d items",
                sum(days, CustomerReport.Day::listed),
                sum(days, CustomerReport.Day::items)));
        for (String target : report.journalHeads().keySet()) {
            line.append(String.format(
                    Locale.ROOT,
                    ", %,d in %s",
                    sum(days, day -> day.stored().getOrDefault(target, 0L)),
                    target));
        }
        add(line, sum(days, CustomerReport.Day::pending), "pending");
        add(line, sum(days, CustomerReport.Day::dead), "dead");
        add(line, sum(days, CustomerReport.Day::gone), "gone");
        add(line, sum(days, CustomerReport.Day::notRetained), "not retained");
        add(line, sum(days, CustomerReport.Day::excluded), "excluded");
        return line.toString();
    }

    private static String releases(Map<String, Long> releases) {
        return Releases.OUTCOMES.stream()
                .filter(releases::containsKey)
                .map(outcome -> String.format(Locale.ROOT, "%,d %s", releases.get(outcome), outcome))
                .collect(Collectors.joining(", "));
    }

    private static void add(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(String.format(Locale.ROOT, ", %,d %s", count, what));
        }
    }

    private static String gap(CustomerReport.Gap gap) {
        return (gap.item() == null ? "" : Clean.line(gap.item()) + " ")
                + (gap.target() == null ? "" : "at target " + gap.target() + " ")
                + Clean.line(gap.reason())
                + (gap.code() == null ? "" : " [" + Clean.line(gap.code()) + "]");
    }

    private static long sum(List<CustomerReport.Day> days, ToLongFunction<CustomerReport.Day> count) {
        return days.stream().mapToLong(count).sum();
    }
}
