// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.GateSettings;
import io.callvault.json.ExactJson;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.GateRecord;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.Reports;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
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

@Command(name = "status", description = "What is stored, due and failed, and how full each gate is. Needs no secret.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Option(names = "--json", description = "As one JSON object.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Configuration configuration = common.configuration();
        List<String> ids = common.customers(configuration);
        Optional<Ledger> ledger = Ledgers.read(configuration.ledger().value());
        List<CustomerCounts> counts;
        Map<String, List<Reports.Fallback>> fallbacks = new HashMap<>();
        if (ledger.isPresent()) {
            try (Ledger open = ledger.get()) {
                counts = open.counts(ids);
                ids.forEach(id -> fallbacks.put(id, open.reports().fallbacks(id)));
            }
        } else {
            counts = ids.stream().map(StatusCommand::nothing).toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            ArrayNode customers = ExactJson.MAPPER.createArrayNode();
            counts.forEach(each -> customers.add(
                    json(each, configuration.customers().get(each.customer()))));
            ObjectNode whole = ExactJson.MAPPER.createObjectNode();
            whole.set("customers", customers);
            out.println(ExactJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(whole));
        } else {
            if (counts.isEmpty()) {
                out.println("No customer is configured in " + configuration.file());
            }
            counts.forEach(
                    each -> text(each, fallbacks.getOrDefault(each.customer(), List.of()), configuration, out));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static ObjectNode json(CustomerCounts counts, CustomerSettings settings) {
        ObjectNode node = ExactJson.MAPPER.createObjectNode();
        node.put("customer", counts.customer());
        node.put("provider", settings.provider());
        node.put("state", counts.state());
        ObjectNode records = node.putObject("records");
        settings.feeds().forEach(feed -> records.put(feed, counts.records().getOrDefault(feed, 0L)));
        ObjectNode items = node.putObject("items");
        items.put("stored", counts.items().getOrDefault("stored", 0L));
        items.put("pending", ExitCode.pending(counts));
        for (String state : List.of("dead", "gone", "not-retained", "excluded")) {
            items.put(state, counts.items().getOrDefault(state, 0L));
        }
        node.put("not-visible", counts.notVisible());
        node.put("bytes", counts.bytes());
        node.put("oldest-unstored", text(counts.oldestUnstored()));
        node.put("first-loss", text(counts.firstLoss()));
        ArrayNode targets = node.putArray("targets");
        for (String target : settings.targets()) {
            CustomerCounts.TargetCounts found = counts.targets().stream()
                    .filter(each -> each.target().equals(target))
                    .findFirst()
                    .orElse(new CustomerCounts.TargetCounts(target, 0, ExitCode.pending(counts)));
            targets.addObject()
                    .put("target", target)
                    .put("stored", found.stored())
                    .put("pending", found.pending());
        }
        ArrayNode gates = node.putArray("gates");
        for (GateRecord gate : counts.gates()) {
            gates.addObject()
                    .put("lane", gate.lane())
                    .put("group", gate.group())
                    .put("limit", gate.limit())
                    .put("window-seconds", gate.windowSeconds())
                    .put("requests", gate.requests())
                    .put("refused", gate.refused())
                    .put("closed-until", text(gate.closedUntil()));
        }
        return node;
    }

    private static void text(
            CustomerCounts counts, List<Reports.Fallback> fallbacks, Configuration configuration, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: %s; %,d stored (%s), %,d pending%n",
                counts.customer(),
                counts.state(),
                counts.items().getOrDefault("stored", 0L),
                Summary.bytes(counts.bytes()),
                ExitCode.pending(counts));
        counts.records().forEach((feed, count) -> out.printf(Locale.ROOT, "  %-12s %,d records%n", feed, count));
        for (String state : List.of("waiting", "dead", "gone", "not-retained", "excluded")) {
            long count = counts.items().getOrDefault(state, 0L);
            if (count > 0) {
                out.printf(Locale.ROOT, "  %-12s %,d items%n", state, count);
            }
        }
        fallbacks.forEach(fallback -> out.println("  in parts     " + fallback.feed()
                + ", extension by extension since " + fallback.since() + ", because the whole is refused: "
                + fallback.sentence() + " [" + fallback.code() + "]"));
        if (counts.notVisible() > 0) {
            out.printf(Locale.ROOT, "  %-12s %,d extensions or accounts%n", "not visible", counts.notVisible());
        }
        if (counts.unreadable() > 0) {
            out.printf(Locale.ROOT, "  %-12s %,d records, kept as they came%n", "unreadable", counts.unreadable());
        }
        if (counts.firstLoss() != null) {
            out.println("  first loss   " + counts.firstLoss());
        }
        counts.targets()
                .forEach(target -> out.printf(
                        Locale.ROOT,
                        "  target %s: %,d stored, %,d pending%n",
                        target.target(),
                        target.stored(),
                        target.pending()));
        counts.gates()
                .forEach(gate -> out.printf(
                        Locale.ROOT,
                        "  gate %s/%s%s: %d in %d s%s, %,d requests, %,d refused%s%n",
                        gate.lane(),
                        gate.group(),
                        otherName(gate),
                        gate.limit(),
                        gate.windowSeconds(),
                        share(gate, configuration),
                        gate.requests(),
                        gate.refused(),
                        gate.closedUntil() == null ? "" : ", closed until " + gate.closedUntil()));
        counts.incomplete().forEach(sentence -> out.println("  incomplete: " + sentence));
        if (counts.stopped() != null) {
            out.println("  stopped: " + counts.stopped());
        }
    }

    private static CustomerCounts nothing(String id) {
        return new CustomerCounts(
                id, Map.of(), Map.of(), 0, 0, 0, null, null, List.of(), List.of(), null, List.of());
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String otherName(GateRecord gate) {
        String name = gate.pace().reportedAs();
        return name == null || name.equals(gate.group()) ? "" : " (the provider says " + name + ")";
    }

    /** What of the budget may be used, when it is not all of it. */
    private static String share(GateRecord gate, Configuration configuration) {
        GateSettings settings =
                configuration.gate(configuration.customers().get(gate.customer()).provider(), gate.group());
        return settings == null || settings.share() == 100 ? "" : ", of which " + settings.share() + "% may be used";
    }
}
