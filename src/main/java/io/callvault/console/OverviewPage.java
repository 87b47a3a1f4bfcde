// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.config.CustomerSettings;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.GateRecord;
import io.callvault.ledger.Releases;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * How one customer stands.
 *
 * @param releases items that the provider was asked to give up, by what became of it; empty when it never was
 */
public record OverviewPage(
        CustomerCounts counts,
        String provider,
        ZoneId zone,
        List<Target> targets,
        List<Gate> gates,
        List<Bar> days,
        List<Release> releases) {

    private static final int DAYS = 30;

    /** A target and what lies there. */
    public record Target(String name, long stored, long pending) {

        /** Of a hundred. */
        public long share() {
            return stored + pending == 0 ? 100 : stored * 100 / (stored + pending);
        }
    }

    /** So many items with one outcome of {@link Releases}. */
    public record Release(String outcome, long items) {}

    /** A gate: how much of its window is used now, and when it opens if it is shut. */
    public record Gate(GateRecord record, int used, Instant closedUntil) {

        public int shown() {
            return Math.min(used, record.limit());
        }
    }

    /** One day of the chart. */
    public record Bar(LocalDate day, long listed, long stored) {}

    static OverviewPage of(
            CustomerCounts counts,
            CustomerSettings settings,
            NavigableMap<LocalDate, DayBook.Day> days,
            Map<String, Long> releases,
            Instant now) {
        List<Target> targets = new ArrayList<>();
        for (String name : settings.targets()) {
            targets.add(counts.targets().stream()
                    .filter(each -> each.target().equals(name))
                    .map(each -> new Target(name, each.stored(), each.pending()))
                    .findFirst()
                    .orElse(new Target(name, 0, counts.pending())));
        }
        return new OverviewPage(
                counts,
                settings.provider(),
                settings.timeZone(),
                targets,
                counts.gates().stream().map(gate -> gate(gate, now)).toList(),
                bars(days, now.atZone(settings.timeZone()).toLocalDate()),
                Releases.OUTCOMES.stream()
                        .filter(releases::containsKey)
                        .map(outcome -> new Release(outcome, releases.get(outcome)))
                        .toList());
    }

    private static Gate gate(GateRecord gate, Instant now) {
        Instant since = now.minusSeconds(gate.windowSeconds());
        int used = gate.pace().sent().stream()
                .filter(sent -> sent.at() == null || sent.at().isAfter(since))
                .mapToInt(GateRecord.Sent::requests)
                .sum();
        boolean isShut = gate.closedUntil() != null && gate.closedUntil().isAfter(now);
        return new Gate(gate, used, isShut ? gate.closedUntil() : null);
    }

    /** The last days on which anything was, up to today or the last of them. */
    private static List<Bar> bars(NavigableMap<LocalDate, DayBook.Day> days, LocalDate today) {
        List<Bar> bars = new ArrayList<>();
        LocalDate last = days.isEmpty() || days.lastKey().isAfter(today.minusDays(DAYS)) ? today : days.lastKey();
        for (LocalDate day = last.minusDays(DAYS - 1L); !day.isAfter(last); day = day.plusDays(1)) {
            DayBook.Day found = days.get(day);
            bars.add(new Bar(day, found == null ? 0 : found.wanted(), found == null ? 0 : found.stored()));
        }
        return bars;
    }
}
