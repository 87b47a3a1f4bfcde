// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.DeadSelection;
import io.callvault.ledger.Reports;
import io.callvault.ledger.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What failed, by its code, with what to do. */
public record FailuresPage(List<Group> dead, List<Line> others, String again) {

    private static final int SHOWN = 5;

    /** What was given up with one code. */
    public record Group(String code, String means, String act, String who, long count, List<Example> examples) {}

    /** One of them. {@code target} is null when it could not be fetched, {@code path} when its record is not known. */
    public record Example(String item, String target, String evidence, String path) {}

    /** Something else that is not as it should be: it is tried again by itself, or is not about items. */
    public record Line(String code, String what, String means, String act) {}

    /** @param again how many were just made due again; empty for none */
    static FailuresPage of(Desk desk, String customer, Guide guide, String again) {
        Map<String, List<Reports.Dead>> byCode = desk.ledger().reports().dead(customer, DeadSelection.all()).stream()
                .collect(Collectors.groupingBy(
                        each -> each.code() == null ? "" : each.code(), TreeMap::new, Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        byCode.forEach((code, dead) -> {
            Guide.Advice advice = guide.of(code);
            groups.add(new Group(
                    code, advice.means(), advice.act(), advice.who(), dead.size(), examples(desk, customer, dead)));
        });
        return new FailuresPage(groups, others(desk, customer, guide), again.matches("\\d{1,9}") ? again : null);
    }

    private static List<Example> examples(Desk desk, String customer, List<Reports.Dead> dead) {
        List<Reports.Dead> some = dead.subList(0, Math.min(SHOWN, dead.size()));
        Map<String, Views.Item> items =
                desk.ledger().views().items(customer, some.stream().map(Reports.Dead::item).toList()).stream()
                        .collect(Collectors.toMap(Views.Item::item, each -> each));
        return some.stream()
                .map(each -> new Example(
                        each.item(), each.target(), each.evidence(), path(customer, items.get(each.item()))))
                .toList();
    }

    private static String path(String customer, Views.Item item) {
        return item == null
                ? null
                : "/customers/" + customer + "/records/" + Words.encoded(item.feed()) + "/"
                        + Words.encoded(item.recordId());
    }

    private static List<Line> others(Desk desk, String customer, Guide guide) {
        List<Line> lines = new ArrayList<>();
        CustomerCounts counts = desk.ledger().counts(List.of(customer)).get(0);
        Reports reports = desk.ledger().reports();
        Reports.Stopped stopped = reports.stopped(customer);
        if (stopped != null) {
            lines.add(line(stopped.code(), "The last run was stopped: " + stopped.sentence(), guide));
        }
        for (Views.Failing each : desk.ledger().views().failing(customer)) {
            lines.add(line(each.code(), Words.count(each.count(), "item") + " will be tried again", guide));
        }
        for (Reports.OpenWindow each : reports.openWindows(customer)) {
            if (each.code() != null) {
                lines.add(line(each.code(), "The listing of " + each.feed() + " is incomplete: " + each.sentence(), guide));
            }
        }
        reports.fallbacks(customer)
                .forEach(each -> lines.add(line(
                        each.code(), each.feed() + " are listed extension by extension: " + each.sentence(), guide)));
        if (counts.notVisible() > 0) {
            lines.add(line("PART_NOT_VISIBLE", Words.count(counts.notVisible(), "extension") + " cannot be seen", guide));
        }
        if (counts.unreadable() > 0) {
            lines.add(line("RECORD_UNREADABLE", Words.count(counts.unreadable(), "record") + " could not be read", guide));
        }
        return lines;
    }

    private static Line line(String code, String what, Guide guide) {
        Guide.Advice advice = guide.of(code);
        return new Line(code, what, advice.means(), advice.act());
    }
}
