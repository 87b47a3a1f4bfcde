// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.config.CustomerSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What of one customer is looked at.
 *
 * @param customer the customer's id
 * @param feeds those that are configured
 * @param targets those that are configured
 * @param prefix how the paths of the customer's objects begin; empty when that depends on the record
 * @param zone in which days begin
 * @param from only what began at or after this; null for no bound
 * @param to only what began before this; null for no bound
 */
public record Scope(
        String customer, List<String> feeds, List<String> targets, String prefix, ZoneId zone, Instant from, Instant to) {

    /** All that is configured for a customer, within these bounds. */
    public static Scope of(CustomerSettings settings, Instant from, Instant to) {
        return new Scope(
                settings.id(),
                settings.feeds(),
                settings.targets(),
                settings.path().startsWith("{customer}/") ? settings.id() + "/" : "",
                settings.timeZone(),
                from,
                to);
    }

    /** @param startedAt null when not known: it may have been then */
    boolean contains(Instant startedAt) {
        return startedAt == null
                || ((from == null || !startedAt.isBefore(from)) && (to == null || startedAt.isBefore(to)));
    }

    /** Whether a span with these first and last instants has something in common with it. */
    boolean touches(Instant first, Instant last) {
        return (from == null || !last.isBefore(from)) && (to == null || first.isBefore(to));
    }

    /** Null for null. */
    LocalDate day(Instant startedAt) {
        return startedAt == null ? null : startedAt.atZone(zone).toLocalDate();
    }
}
