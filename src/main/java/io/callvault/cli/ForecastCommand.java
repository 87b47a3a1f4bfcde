// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.config.Configuration;
import io.callvault.forecast.Forecast;
import io.callvault.forecast.ForecastInput;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "forecast",
        description = "What comes in a day, what the request budget can fetch, when the backlog is done, what the provider"
                + " deletes before, and how many credentials would be enough. Needs no secret and asks nobody.")
final class ForecastCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Option(names = "--json", description = "As one JSON object.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    private PrintWriter out;
    private Instant now;

    @Override
    public Integer call() throws JsonProcessingException {
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        out = spec.commandLine().getOut();
        now = Clock.systemUTC().instant();
        Map<String, List<ForecastInput.Group>> forecasts = new LinkedHashMap<>();
        Optional<Ledger> looked = Ledgers.read(configuration.ledger().value());
        if (looked.isPresent()) {
            try (Ledger ledger = looked.get()) {
                ForecastInput input = new ForecastInput(configuration, ledger.reports(), now);
                ids.forEach(id ->
                        forecasts.put(id, input.of(configuration.customers().get(id))));
            }
        } else {
            ids.forEach(id -> forecasts.put(id, List.of()));
        }
        if (isJson) {
            ArrayNode customers = ExactJson.MAPPER.createArrayNode();
            forecasts.forEach((id, groups) -> customers.add(json(id, groups)));
            ObjectNode whole = ExactJson.MAPPER.createObjectNode();
            whole.set("customers", customers);
            out.println(ExactJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(whole));
        } else if (looked.isEmpty()) {
            out.println("Nothing is known yet: the first archive finds out how much there is.");
        } else {
            forecasts.forEach((id, groups) -> groups.forEach(group -> text(id, group)));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private ObjectNode json(String id, List<ForecastInput.Group> groups) {
        ObjectNode node = ExactJson.MAPPER.createObjectNode();
        node.put("customer", id);
        ArrayNode array = node.putArray("groups");
        for (ForecastInput.Group group : groups) {
            Forecast forecast = group.forecast();
            ObjectNode each = array.addObject();
            each.put("group", group.group());
            each.put("lanes", group.lanes());
            each.put("inflow-a-day", tenths(forecast.inflowADay()));
            each.put("inflow-a-day-7", tenths(group.inflow7()));
            each.put("inflow-a-day-30", tenths(group.inflow30()));
            each.put("budget-a-day", tenths(forecast.budgetADay()));
            each.put("listing-a-day", tenths(forecast.listingADay()));
            each.put("capacity-a-day", tenths(forecast.capacityADay()));
            each.put("due", forecast.due());
            each.put("overdue", forecast.overdue());
            each.put("days-to-done", forecast.daysToDone() == null ? null : tenths(forecast.daysToDone()));
            each.put("lost-of-due", forecast.lostOfDue());
            each.put("first-loss", firstLoss(forecast));
            each.put("lost-a-day", tenths(forecast.lostADay()));
            each.put("lanes-enough", forecast.lanesEnough());
            each.put("lanes-planned", forecast.lanesPlanned());
        }
        return node;
    }

    private void text(String id, ForecastInput.Group group) {
        Forecast forecast = group.forecast();
        say("%s, group %s:", id, group.group());
        if (forecast.lostOfDue() > 0) {
            say("  LOSES      %,d of the items due now, the first on %s", forecast.lostOfDue(), firstLoss(forecast));
        }
        if (forecast.lostADay() > 0) {
            say("  LOSES      about %,.0f items a day%s: more comes in than can go out", forecast.lostADay(),
                    forecast.firstLossDay() == null ? "" : ", the first on " + firstLoss(forecast));
        }
        if (forecast.lostOfDue() == 0 && forecast.lostADay() == 0) {
            say("  loses      nothing");
        }
        say("  comes in   %,.0f items a day (last 7 days %,.0f, last 30 days %,.0f)",
                forecast.inflowADay(), group.inflow7(), group.inflow30());
        say("  can go out %,.0f a day: %d %s may ask %,.0f times, listing takes %,.0f of them%s",
                forecast.capacityADay(), group.lanes(), group.lanes() == 1 ? "lane" : "lanes", forecast.budgetADay(),
                forecast.listingADay(), group.perItem() > 1 ? ", each item " + group.perItem() : "");
        say("  due now    %,d items, done %s", forecast.due(), done(forecast.daysToDone()));
        if (forecast.overdue() > 0) {
            say("  overdue    %,d items whose day of loss has passed: they may be gone already", forecast.overdue());
        }
        say("  enough     %s; %s when a fifth is to be left for catching up",
                lanes(forecast.lanesEnough()), lanes(forecast.lanesPlanned()));
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static String done(Double days) {
        if (days == null) {
            return "never";
        }
        if (days == 0) {
            return "already";
        }
        return days < 2
                ? String.format(Locale.ROOT, "in %.1f hours", days * 24)
                : String.format(Locale.ROOT, "in %.1f days", days);
    }

    private static String lanes(Integer lanes) {
        if (lanes == null) {
            return "no number of lanes";
        }
        return lanes == 1 ? "1 lane" : lanes + " lanes";
    }

    private String firstLoss(Forecast forecast) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return forecast.firstLossDay() == null
                ? null
                : today.plusDays(forecast.firstLossDay()).toString();
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
