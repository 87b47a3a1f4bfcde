// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.forecast.ForecastInput;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import java.io.PrintWriter;
import java.time.Clock;
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
            ForecastInput input = new ForecastInput(configuration, open.reports(), Clock.systemUTC().instant());
            for (CustomerCounts counts : open.counts(customers)) {
                CustomerSettings customer = configuration.customers().get(counts.customer());
                out.printf(
                        Locale.ROOT,
                        "%s: %,d items due; at the present budget this takes about %s%n",
                        counts.customer(),
                        ExitCode.pending(counts),
                        time(input.of(customer)));
            }
        }
        return ExitCode.DONE;
    }

    /** By the same numbers as a forecast's, without what comes in meanwhile. All groups are fetched from at once. */
    private static String time(List<ForecastInput.Group> groups) {
        double days = groups.stream()
                .map(ForecastInput.Group::forecast)
                .mapToDouble(forecast -> (forecast.due() + forecast.overdue()) / forecast.capacityADay())
                .max()
                .orElse(0);
        Duration duration = Duration.ofSeconds(Math.round(days * Duration.ofDays(1).toSeconds()));
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
