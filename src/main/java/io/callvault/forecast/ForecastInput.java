// SPDX-License-Identifier: Apache-2.0
package io.callvault.forecast;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.GateSettings;
import io.callvault.config.ProviderDeclaration;
import io.callvault.ledger.GateRecord;
import io.callvault.ledger.Reports;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** From the ledger and the configuration to numbers: one customer's load on each group that its content is fetched from. */
public final class ForecastInput {

    /**
     * One group.
     *
     * @param lanes credentials in use
     * @param perItem requests that each item takes
     * @param inflow7 items a day over the last seven days
     * @param inflow30 items a day over the last thirty days
     */
    public record Group(String group, int lanes, int perItem, double inflow7, double inflow30, Forecast forecast) {}

    private static final int WEEK = 7;
    private static final int MONTH = 30;
    private static final double DAY_SECONDS = 86_400;

    private final Configuration configuration;
    private final Reports reports;
    private final Instant now;

    public ForecastInput(Configuration configuration, Reports reports, Instant now) {
        this.configuration = configuration;
        this.reports = reports;
        this.now = now;
    }

    /** Its groups, in the order of its feeds. */
    public List<Group> of(CustomerSettings customer) {
        ProviderDeclaration provider = configuration.providerOf(customer);
        List<Reports.Inflow> week = reports.inflow(customer.id(), now.minus(Duration.ofDays(WEEK)));
        List<Reports.Inflow> month = reports.inflow(customer.id(), now.minus(Duration.ofDays(MONTH)));
        List<Reports.Backlog> backlog = reports.backlog(customer.id());
        List<GateRecord> gates = reports.gates(customer.id());
        double listed = days(reports.listedFrom(customer.id()), MONTH);
        double weekDays = Math.min(WEEK, listed);
        Set<String> groups = new LinkedHashSet<>();
        customer.feeds().forEach(feed -> groups.add(provider.feeds().get(feed).content()));
        backlog.forEach(each -> groups.add(each.group()));
        groups.removeIf(Objects::isNull);
        List<Group> found = new ArrayList<>();
        for (String group : groups) {
            int lanes = lanes(customer, provider, gates);
            double inflow7 = sum(week, group) / weekDays;
            double inflow30 = sum(month, group) / listed;
            // The busier of the two: a forecast that errs shall err on the side of saving.
            List<Load.Inflow> inflow = inflow7 >= inflow30 ? inflow(week, group, weekDays) : inflow(month, group, listed);
            Map<Integer, Long> byDay = new HashMap<>();
            long neverLost = 0;
            for (Reports.Backlog each : backlog) {
                if (group.equals(each.group())) {
                    if (each.day() == null) {
                        neverLost += each.count();
                    } else {
                        byDay.merge(dayFromNow(each.day()), each.count(), Long::sum);
                    }
                }
            }
            double perLane = budget(customer, group, lanes, gates) / lanes;
            double listing = listing(customer, provider, group);
            int perItem = perItem(customer, provider, group);
            Load load = new Load(lanes, perLane, perItem, listing, inflow, byDay, neverLost);
            found.add(new Group(group, lanes, perItem, inflow7, inflow30, Forecast.of(load)));
        }
        return found;
    }

    /** The most that any feed's items take in the group: a forecast that errs shall err on the side of saving. */
    private static int perItem(CustomerSettings customer, ProviderDeclaration provider, String group) {
        return customer.feeds().stream()
                .map(feed -> provider.feeds().get(feed))
                .filter(feed -> group.equals(feed.content()))
                .mapToInt(customer::requestsAnItem)
                .max()
                .orElse(1);
    }

    /** Since then, at least one, at most so many. */
    private double days(Instant since, int most) {
        double days = since == null ? most : Duration.between(since, now).toSeconds() / DAY_SECONDS;
        return Math.max(1, Math.min(most, days));
    }

    private int dayFromNow(String day) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return (int) ChronoUnit.DAYS.between(today, LocalDate.parse(day));
    }

    private static double sum(List<Reports.Inflow> inflow, String group) {
        return inflow.stream()
                .filter(each -> group.equals(each.group()))
                .mapToLong(Reports.Inflow::count)
                .sum();
    }

    private static List<Load.Inflow> inflow(List<Reports.Inflow> inflow, String group, double days) {
        return inflow.stream()
                .filter(each -> group.equals(each.group()))
                .map(each -> new Load.Inflow(
                        each.count() / days,
                        each.keptSeconds() == null ? null : (int) (each.keptSeconds() / DAY_SECONDS)))
                .toList();
    }

    /** Those that worked, or as many as one key names credentials, without resolving any. */
    private static int lanes(CustomerSettings customer, ProviderDeclaration provider, List<GateRecord> gates) {
        int named = provider.keys().values().stream()
                .filter(key -> key.list() && key.type().isHidden())
                .mapToInt(key -> customer.own().list(key.name(), Object.class).size())
                .max()
                .orElse(1);
        int seen = (int) gates.stream().map(GateRecord::lane).distinct().count();
        return Math.max(1, Math.max(named, seen));
    }

    /** Requests in a day over all lanes: as learned for those that worked, as configured for the others. */
    private double budget(CustomerSettings customer, String group, int lanes, List<GateRecord> gates) {
        GateSettings configured = configuration.gate(customer.provider(), group);
        List<Double> learned = gates.stream()
                .filter(gate -> gate.group().equals(group) && gate.windowSeconds() > 0 && gate.limit() > 0)
                .map(gate -> aDay(gate.limit(), gate.windowSeconds(), configured.share()))
                .toList();
        double unseen = aDay(configured.limit(), configured.window().toMillis() / 1000.0, configured.share());
        return learned.stream().mapToDouble(Double::doubleValue).sum() + Math.max(0, lanes - learned.size()) * unseen;
    }

    private static double aDay(int limit, double windowSeconds, int share) {
        return Math.max(1, (long) limit * share / 100) * DAY_SECONDS / windowSeconds;
    }

    private double listing(CustomerSettings customer, ProviderDeclaration provider, String group) {
        double days = days(reports.firstWindow(customer.id()), WEEK);
        return reports.pages(customer.id(), now.minus(Duration.ofDays(WEEK))).stream()
                        .filter(each -> provider.feeds().containsKey(each.feed())
                                && group.equals(provider.feeds().get(each.feed()).listing()))
                        .mapToLong(Reports.Pages::pages)
                        .sum()
                / days;
    }
}
