// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.GateSettings;
import io.callvault.config.ProviderDeclaration;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a pass would fetch, from what the ledger knows; no request is spent to say so. */
final class DryRun {

    private final Configuration configuration;
    private final PrintWriter out;

    DryRun(Configuration configuration, PrintWriter out) {
        this.configuration = configuration;
        this.out = out;
    }

    /** @return the exit code */
    int run(List<String> customers) {
        Optional<Ledger> ledger = Ledgers.read(configuration.ledger().value());
        if (ledger.isEmpty()) {
            out.println("Nothing is known yet: the first archive lists everything back to each customer's since.");
            return ExitCode.DONE;
        }
        try (Ledger open = ledger.get()) {
            for (CustomerCounts counts : open.counts(customers)) {
                CustomerSettings customer = configuration.customers().get(counts.customer());
                long due = ExitCode.pending(counts);
                out.printf(
                        Locale.ROOT,
                        "%s: %,d items due; at the present budget this takes about %s%n",
                        counts.customer(),
                        due,
                        time(due, customer, counts));
            }
        }
        return ExitCode.DONE;
    }

    private String time(long due, CustomerSettings customer, CustomerCounts counts) {
        ProviderDeclaration provider = configuration.providerOf(customer);
        ProviderDeclaration.Feed feed = provider.feeds().get(customer.feeds().get(0));
        String group = feed.content();
        GateSettings settings = configuration.gate(customer.provider(), group);
        double perSecond = settings.limit() / (double) settings.window().toSeconds();
        double learned = counts.gates().stream()
                .filter(gate -> gate.group().equals(group) && gate.windowSeconds() > 0)
                .mapToDouble(gate -> gate.limit() / (double) gate.windowSeconds())
                .sum();
        double seconds = due * customer.requestsAnItem(feed) / (learned > 0 ? learned : perSecond);
        Duration duration = Duration.ofSeconds(Math.round(seconds));
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
