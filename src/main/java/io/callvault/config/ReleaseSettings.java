// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.model.ReleaseMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a customer's provider may be asked to give up.
 *
 * @param mode how
 * @param after how long it must have been stored; at least a day
 * @param max at most so many items in one run
 * @param feeds names of the customer's feeds that can be given up so, in the order of the provider's declaration
 * @param holds days on which nothing that began is given up
 */
public record ReleaseSettings(ReleaseMode mode, Duration after, long max, List<String> feeds, List<Days> holds) {

    static final Duration LEAST = Duration.ofHours(24);

    public ReleaseSettings {
        feeds = List.copyOf(feeds);
        holds = List.copyOf(holds);
    }

    /** First and last day, both included. */
    public record Days(LocalDate first, LocalDate last) {

        static Days parse(String text) {
            String[] ends = text.split("/", -1);
            Days days = new Days(LocalDate.parse(ends[0]), LocalDate.parse(ends[1]));
            if (days.last().isBefore(days.first())) {
                throw new DateTimeException(text + " ends before it begins");
            }
            return days;
        }

        private boolean contains(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /** @param startedAt null when not known: it may have been on any day */
    public boolean isHeld(Instant startedAt, ZoneId zone) {
        return startedAt == null
                ? !holds.isEmpty()
                : holds.stream().anyMatch(days -> days.contains(startedAt.atZone(zone).toLocalDate()));
    }

    /** Null when nothing may be given up, or when something is wrong, which is told. */
    static ReleaseSettings read(ProviderDeclaration provider, List<String> feeds, Values values, Section section) {
        List<Days> holds = new ArrayList<>();
        for (String text : values.list("release.hold", String.class)) {
            try {
                holds.add(Days.parse(text));
            } catch (DateTimeException e) {
                section.problem("release.hold", text + " is not a first and a last day such as 2026-01-01/2026-03-31");
            }
        }
        Duration after = values.duration("release.after");
        if (after != null && after.compareTo(LEAST) < 0) {
            section.problem("release.after", "must be at least 24h");
        }
        if (values.text("release") == null || after == null || values.number("release.max") == null) {
            return null;
        }
        ReleaseMode mode = ReleaseMode.of(values.text("release"));
        List<String> able = feeds.stream()
                .filter(feed -> provider.feeds().get(feed).release().contains(mode.word()))
                .toList();
        if (able.isEmpty()) {
            section.problem("release", "is nothing that " + provider.provider() + " can do with " + String.join(", ", feeds)
                    + "; " + can(provider));
        }
        return new ReleaseSettings(mode, after, values.number("release.max"), able, holds);
    }

    private static String can(ProviderDeclaration provider) {
        List<String> can = provider.feeds().values().stream()
                .filter(feed -> !feed.release().isEmpty())
                .map(feed -> feed.name() + ": " + String.join(" or ", feed.release()))
                .toList();
        return can.isEmpty() ? "it can release nothing" : "it can release " + String.join("; ", can);
    }
}
