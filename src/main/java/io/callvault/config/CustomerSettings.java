// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * One customer.
 *
 * @param id lower-case letters, digits and hyphens
 * @param provider a declared one
 * @param feeds in the order of the provider's declaration; never empty
 * @param schedule a Quartz cron expression, meant in {@code timeZone}
 * @param since how far back the first run goes
 * @param lookBack how much of the past a run lists again
 * @param timeZone of the schedule and of the dates in paths
 * @param exclude rules on what is not fetched; empty when everything is
 * @param targets names of configured targets, in the order of the file; never empty
 * @param path where an item lies in a target; checked by {@link PathTemplate}
 * @param release what the provider may be asked to give up; null when nothing
 * @param own the keys that the provider declares, by name; secrets unresolved
 */
public record CustomerSettings(
        String id,
        String provider,
        List<String> feeds,
        String schedule,
        Since since,
        Duration lookBack,
        ZoneId timeZone,
        List<String> exclude,
        List<String> targets,
        String path,
        ReleaseSettings release,
        Values own) {

    public CustomerSettings {
        feeds = List.copyOf(feeds);
        exclude = List.copyOf(exclude);
        targets = List.copyOf(targets);
    }

    /** How many requests each item of a feed costs: its download, and where the operator wants it, what is said of it. */
    public int requestsAnItem(ProviderDeclaration.Feed feed) {
        return feed.metadata() != null && own.flag(feed.metadata()) ? 2 : 1;
    }

    /** Where the first run begins, when it starts at {@code now}. */
    public Instant firstRunFrom(Instant now) {
        return since.from(now, timeZone);
    }
}
