// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

import io.callvault.ledger.CustomerCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A view as Prometheus reads it. Every metric and what it means stands in this class, and in the guide. */
public final class Metrics {

    private static final Duration LONG_AGO = Duration.ofDays(36_500);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
    private final Map<String, AtomicLong> counters = new HashMap<>();
    private final Map<String, List<Row<?>>> rows = new LinkedHashMap<>();

    public Metrics() {
        gauge("callvault.items", "Items by state: stored, pending, waiting, dead, gone, not-retained, excluded.", null);
        gauge("callvault.records", "Records that are known, by feed.", null);
        gauge("callvault.stored", "Length of all stored items, each once.", "bytes");
        gauge("callvault.not.visible", "Extensions that the credentials may not see.", null);
        gauge("callvault.first.loss", "Time until the provider deletes the first item that is not stored; absent when none is known to be.", "seconds");
        gauge("callvault.customer.stopped", "1 while nothing can be done for the customer, else 0.", null);
        gauge("callvault.listing.incomplete", "Listings that are not at their end.", null);
        gauge("callvault.listing.age", "Time since up to when the feed is listed.", "seconds");
        gauge("callvault.target.up", "0 while the target takes nothing, else 1.", null);
        gauge("callvault.target.pending", "Items that do not lie at the target yet.", null);
        gauge("callvault.target.stored", "Items that lie at the target.", null);
        gauge("callvault.gate.limit", "Requests allowed in a window.", null);
        gauge("callvault.gate.used", "Requests that count in the present window.", null);
        gauge("callvault.gate.waiting", "Requests that wait at the gate.", null);
        gauge("callvault.gate.closed", "1 while nothing is let through, else 0.", null);
        gauge("callvault.alarm", "1 for each alarm that stands.", null);
        gauge("callvault.spool", "What lies in the spool.", "bytes");
        gauge("callvault.ledger.commit", "How long the ledger's last timed write took.", "seconds");
    }

    private void gauge(String name, String description, String unit) {
        gauges.put(
                name, MultiGauge.builder(name).description(description).baseUnit(unit).register(registry));
    }

    /** The view in Prometheus' text format, version 0.0.4. */
    public synchronized String text(View view) {
        rows.clear();
        gauges.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
        view.customers().forEach(customer -> customer(customer, view));
        view.gates().forEach(this::gate);
        view.alarms()
                .forEach(alarm -> add(
                        "callvault.alarm",
                        1,
                        Tags.of("customer", alarm.customer(), "code", alarm.code(), "subject", alarm.subject())));
        add("callvault.spool", view.spoolBytes(), Tags.empty());
        if (view.commit() != null) {
            add("callvault.ledger.commit", view.commit().toNanos() / 1e9, Tags.empty());
        }
        rows.forEach((name, each) -> gauges.get(name).register(each, true));
        return registry.scrape();
    }

    private void customer(View.Customer customer, View view) {
        CustomerCounts counts = customer.counts();
        Tags whose = Tags.of("customer", counts.customer());
        long pending = counts.items().getOrDefault("due", 0L) + counts.items().getOrDefault("fetching", 0L);
        add("callvault.items", pending, whose.and("state", "pending"));
        for (String state : List.of("stored", "waiting", "dead", "gone", "not-retained", "excluded")) {
            add("callvault.items", counts.items().getOrDefault(state, 0L), whose.and("state", state));
        }
        counts.records().forEach((feed, count) -> add("callvault.records", count, whose.and("feed", feed)));
        add("callvault.stored", counts.bytes(), whose);
        add("callvault.not.visible", counts.notVisible(), whose);
        if (counts.firstLoss() != null) {
            add("callvault.first.loss", seconds(Duration.between(view.at(), counts.firstLoss())), whose);
        }
        add("callvault.customer.stopped", counts.stopped() == null ? 0 : 1, whose);
        add("callvault.listing.incomplete", counts.incomplete().size(), whose);
        customer.listed()
                .forEach(listed -> add(
                        "callvault.listing.age",
                        seconds(Duration.between(listed.until(), view.at())),
                        whose.and("feed", listed.feed())));
        for (View.Target target : customer.targets()) {
            Tags where = whose.and("target", target.name());
            add("callvault.target.up", target.isDown() ? 0 : 1, where);
            counts.targets().stream()
                    .filter(each -> each.target().equals(target.name()))
                    .forEach(each -> {
                        add("callvault.target.pending", each.pending(), where);
                        add("callvault.target.stored", each.stored(), where);
                    });
        }
    }

    private void gate(View.Gate gate) {
        Tags which = Tags.of("customer", gate.customer(), "lane", gate.lane(), "group", gate.group());
        add("callvault.gate.limit", gate.limit(), which);
        add("callvault.gate.used", gate.used(), which);
        add("callvault.gate.waiting", gate.waiting(), which);
        add("callvault.gate.closed", gate.isClosed() ? 1 : 0, which);
        count("callvault.gate.requests", "Requests let through since the ledger began.", which, gate.requests());
        count("callvault.gate.refused", "Of them, answered 429.", which, gate.refused());
    }

    private void count(String name, String description, Tags tags, long value) {
        counters.computeIfAbsent(name + tags, missing -> {
                    AtomicLong counter = new AtomicLong();
                    FunctionCounter.builder(name, counter, AtomicLong::doubleValue)
                            .description(description)
                            .tags(tags)
                            .register(registry);
                    return counter;
                })
                .set(value);
    }

    private static double seconds(Duration duration) {
        return Math.min(duration.toMillis(), LONG_AGO.toMillis()) / 1000.0;
    }

    private void add(String name, double value, Tags tags) {
        rows.get(name).add(Row.of(tags, value));
    }
}
