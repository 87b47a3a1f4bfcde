// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import io.callvault.config.AlarmRules;
import io.callvault.config.AlarmSettings;
import io.callvault.config.CustomerSettings;
import io.callvault.ledger.AlarmState;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The day's summary of each customer, once a day at the time that is set. */
public final class Digest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Ledger ledger;
    private final Lookout lookout;
    private final AlarmSettings settings;
    private final Clock clock;

    public Digest(Ledger ledger, Lookout lookout, AlarmSettings settings, Clock clock) {
        this.ledger = ledger;
        this.lookout = lookout;
        this.settings = settings;
        this.clock = clock;
    }

    /** Writes the digests whose time has come. A service that begins to run today does so with the next. */
    public void write(Collection<CustomerSettings> customers) {
        for (CustomerSettings customer : customers) {
            if (isDue(customer)) {
                lookout.digest(customer.id(), text(customer));
            }
        }
    }

    private boolean isDue(CustomerSettings customer) {
        AlarmRules rules = settings.of(customer.id());
        if (rules.digest() == null) {
            return false;
        }
        ZonedDateTime now = clock.instant().atZone(customer.timeZone());
        if (now.toLocalTime().isBefore(rules.digest())) {
            return false;
        }
        Instant last = lookout.digestedAt(customer.id());
        LocalDate today = now.toLocalDate();
        return last == null || last.atZone(customer.timeZone()).toLocalDate().isBefore(today);
    }

    private String text(CustomerSettings customer) {
        CustomerCounts counts = ledger.counts(List.of(customer.id())).get(0);
        Instant now = clock.instant();
        long stored = ledger.alarms().storedSince(customer.id(), now.minus(DAY));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d items were stored in the last 24 hours, %,d in all (%,.1f GB).%n",
                stored,
                items(counts, "stored"),
                counts.bytes() / (double) (1L << 30)));
        text.append(String.format(
                Locale.ROOT,
                "%,d are pending, %,d dead, %,d gone, %,d not retained, %,d excluded.%n",
                Stream.of("due", "fetching", "waiting").mapToLong(state -> items(counts, state)).sum(),
                items(counts, "dead"),
                items(counts, "gone"),
                items(counts, "not-retained"),
                items(counts, "excluded")));
        text.append("First loss: ").append(counts.firstLoss() == null ? "none known" : counts.firstLoss()).append("\n");
        if (counts.notVisible() > 0) {
            text.append(String.format(Locale.ROOT, "%,d extensions are not visible.%n", counts.notVisible()));
        }
        List<AlarmState> standing = lookout.raised().stream()
                .filter(state -> state.customer().equals(customer.id()))
                .toList();
        text.append(standing.isEmpty() ? "No alarm stands.\n" : "Alarms that stand:\n");
        standing.forEach(state -> text.append("- ")
                .append(state.code())
                .append(" since ")
                .append(state.raisedAt())
                .append(": ")
                .append(state.sentence())
                .append("\n"));
        return text.toString();
    }

    private static long items(CustomerCounts counts, String state) {
        return counts.items().getOrDefault(state, 0L);
    }
}
