// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.error.ErrorCode;
import io.callvault.ledger.DeadSelection;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.Reports;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "retry",
        description = "Makes what was given up (dead) due again, from the first rung of the ladder. Needs no secret and no"
                + " lock: a running service takes it up by itself, else the next archive does.")
final class RetryCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Mixin
    SpanOptions span;

    @Option(names = "--feed", paramLabel = "FEED", description = "Only of this feed.")
    String feed;

    @Option(names = "--item", paramLabel = "ITEM", description = "Only this one: kind/id, or the id alone.")
    String item;

    @Option(names = "--code", paramLabel = "CODE", description = "Only what failed with this code.")
    String code;

    @Option(names = "--dry-run", description = "Changes nothing: lists what would be due again.")
    boolean isDryRun;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (code != null && Arrays.stream(ErrorCode.values()).noneMatch(each -> each.name().equalsIgnoreCase(code))) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--code " + code + ": there is no such error code");
        }
        Configuration configuration = common.configuration();
        List<String> customers = common.someCustomers(configuration);
        requireFeed(configuration, customers);
        String url = configuration.ledger().value();
        PrintWriter out = spec.commandLine().getOut();
        Optional<Ledger> looked = Ledgers.read(url);
        if (looked.isEmpty()) {
            out.println("Nothing is known yet, so nothing was given up.");
            out.flush();
            return ExitCode.DONE;
        }
        try (Ledger ledger = isDryRun ? looked.get() : opened(looked.get(), url)) {
            for (String id : customers) {
                DeadSelection selection = selection(configuration.customers().get(id));
                if (isDryRun) {
                    list(id, ledger.reports().dead(id, selection), out);
                } else {
                    int count = ledger.retry(id, selection, Clock.systemUTC().instant())
                            .join();
                    out.printf(Locale.ROOT, "%s: %s made due again%n", id, items(count));
                }
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    /** A feed that is configured no more may still have dead items, so any that the providers have will do. */
    private void requireFeed(Configuration configuration, List<String> customers) {
        Set<String> feeds = new TreeSet<>();
        customers.forEach(id -> feeds.addAll(configuration
                .providerOf(configuration.customers().get(id))
                .feeds()
                .keySet()));
        if (feed != null && !feeds.contains(feed)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--feed " + feed + ": there is no such feed; there are " + String.join(", ", feeds));
        }
    }

    private static Ledger opened(Ledger looked, String url) {
        looked.close();
        return Ledgers.open(url, Clock.systemUTC());
    }

    private DeadSelection selection(CustomerSettings customer) {
        return new DeadSelection(
                feed, item, code == null ? null : code.toUpperCase(Locale.ROOT), span.from(customer), span.to(customer));
    }

    private static void list(String customer, List<Reports.Dead> dead, PrintWriter out) {
        for (Reports.Dead each : dead) {
            out.printf(
                    Locale.ROOT,
                    "%s %s %s %s%s%n",
                    customer,
                    each.feed(),
                    each.item(),
                    each.code() == null ? "-" : each.code(),
                    each.target() == null ? "" : " at target " + each.target());
        }
        long items = dead.stream().map(Reports.Dead::item).distinct().count();
        out.printf(Locale.ROOT, "%s: %s would be made due again%n", customer, items(items));
    }

    private static String items(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d item" : "%,d items", count);
    }
}
