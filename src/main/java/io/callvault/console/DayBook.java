// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.Ledger;
import io.callvault.ledger.Reports;
import io.callvault.ledger.Views;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts by the customer's own days. Counting reads everything, so what was counted is good for a minute. */
final class DayBook {

    private static final Duration GOOD = Duration.ofMinutes(1);
    private static final int HOUR = 3600; // seconds

    /** @param days by date; only those on which anything was */
    record Days(Instant at, NavigableMap<LocalDate, Day> days) {}

    private final Ledger ledger;
    private final Clock clock;
    private final Map<String, Days> known = new HashMap<>();

    DayBook(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    NavigableMap<LocalDate, Day> of(String customer, ZoneId zone) {
        Instant now = clock.instant();
        synchronized (known) {
            Days days = known.get(customer);
            if (days != null && days.at().plus(GOOD).isAfter(now)) {
                return days.days();
            }
        }
        Days counted = new Days(now, count(customer, zone, now));
        synchronized (known) {
            known.put(customer, counted);
        }
        return counted.days();
    }

    private NavigableMap<LocalDate, Day> count(String customer, ZoneId zone, Instant now) {
        boolean isByMinute = zone.getRules().getOffset(now).getTotalSeconds() % HOUR != 0;
        Views views = ledger.views();
        NavigableMap<LocalDate, Day> days = new TreeMap<>();
        for (Views.Count each : views.records(customer, isByMinute)) {
            day(days, each, zone).records += each.count();
        }
        for (Views.Count each : views.items(customer, isByMinute)) {
            day(days, each, zone).add(each.state(), each.count());
        }
        for (Reports.OpenWindow window : ledger.reports().openWindows(customer)) {
            LocalDate last = window.to().atZone(zone).toLocalDate();
            for (LocalDate day = window.from().atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
                days.computeIfAbsent(day, date -> new Day()).isUnlisted = true;
            }
        }
        return days;
    }

    private static Day day(Map<LocalDate, Day> days, Views.Count count, ZoneId zone) {
        String minute = (count.time() + ":00").substring(0, "2026-03-10T14:05".length());
        LocalDate date = Instant.parse(minute + ":00Z").atZone(zone).toLocalDate();
        return days.computeIfAbsent(date, key -> new Day());
    }

    /** What is known of one day. */
    static final class Day {

        private static final List<String> ACCOUNTED = List.of("gone", "not-retained", "excluded");

        private long records;
        private long items;
        private long stored;
        private long dead;
        private long gone;
        private long accounted;
        private boolean isUnlisted;

        private void add(String state, long count) {
            items += count;
            if (state.equals("stored")) {
                stored += count;
            } else if (state.equals("dead")) {
                dead += count;
            } else if (ACCOUNTED.contains(state)) {
                accounted += count;
                gone += state.equals("gone") ? count : 0;
            }
        }

        long records() {
            return records;
        }

        long items() {
            return items;
        }

        /** Items that are there to be stored, or were: without those that were never kept or are kept out. */
        long wanted() {
            return items - accounted + gone;
        }

        long stored() {
            return stored;
        }

        long dead() {
            return dead;
        }

        long gone() {
            return gone;
        }

        long pending() {
            return items - stored - dead - accounted;
        }

        boolean isUnlisted() {
            return isUnlisted;
        }
    }
}
