// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.flow.Customer;
import io.callvault.flow.Service;
import io.callvault.flow.Standing;
import io.callvault.gate.Gate;
import io.callvault.gate.GateStatus;
import io.callvault.gate.Gates;
import io.callvault.ledger.AlarmFacts;
import io.callvault.ledger.AlarmState;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.Ledger;
import io.callvault.observe.Observed;
import io.callvault.observe.Pages;
import io.callvault.observe.View;
import io.callvault.provider.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes the view that metrics show, from the ledger, the gates, and how the work stands. */
final class Observatory {

    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final Configuration configuration;
    private final List<Customer> customers;
    private final Ledger ledger;
    private final Gates gates;
    private final Service service;
    private final AlarmDesk alarms;
    private final Clock clock;

    Observatory(
            Configuration configuration,
            List<Customer> customers,
            Ledger ledger,
            Gates gates,
            Service service,
            AlarmDesk alarms,
            Clock clock) {
        this.configuration = configuration;
        this.customers = customers;
        this.ledger = ledger;
        this.gates = gates;
        this.service = service;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** @throws io.callvault.error.StopAllException (CONFIGURATION) when the token cannot be resolved */
    Observed pages() {
        return new Pages(
                this::view,
                alarms::pulse,
                configuration.resolveObserveToken(),
                HERE.contains(configuration.consoleHost()),
                clock);
    }

    private View view() {
        List<AlarmState> raised = alarms.raised();
        List<Standing> standings = service.standings();
        List<View.Customer> viewed = new ArrayList<>();
        List<View.Gate> doors = new ArrayList<>();
        for (Customer customer : customers) {
            Standing standing = standings.stream()
                    .filter(each -> each.customer().equals(customer.id()))
                    .findFirst()
                    .orElse(null);
            viewed.add(customer(configuration.customers().get(customer.id()), standing, raised));
            for (Lane lane : customer.lanes()) {
                gates.ofLane(lane.identity()).forEach(gate -> doors.add(door(customer, lane, gate)));
            }
        }
        return new View(
                clock.instant(), viewed, doors, raised, bytes(configuration.home().resolve("spool")), alarms.commit());
    }

    private View.Customer customer(CustomerSettings customer, Standing standing, List<AlarmState> raised) {
        CustomerCounts counts = ledger.counts(List.of(customer.id())).get(0);
        AlarmFacts facts = ledger.alarms().facts(customer.id(), customer.targets());
        List<View.Target> targets = AlarmDesk.targets(customer, facts, standing).stream()
                .map(target -> new View.Target(
                        target.name(),
                        target.down() != null
                                || (!target.isProved() && isRaised(raised, customer.id(), target.name()))))
                .toList();
        return new View.Customer(
                counts,
                facts.listedUntil().entrySet().stream()
                        .map(each -> new View.Listed(each.getKey(), each.getValue()))
                        .toList(),
                targets);
    }

    private static boolean isRaised(List<AlarmState> raised, String customer, String target) {
        return raised.stream()
                .anyMatch(state -> state.code().equals("TARGET_DOWN")
                        && state.customer().equals(customer)
                        && state.subject().equals(target));
    }

    private static View.Gate door(Customer customer, Lane lane, Gate gate) {
        GateStatus status = gate.status();
        return new View.Gate(
                customer.id(),
                lane.number(),
                gate.key().group(),
                status.limit(),
                status.used(),
                status.waiting(),
                status.closedUntil() != null,
                status.requests(),
                status.refused());
    }

    private static long bytes(Path directory) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.collect(Collectors.summingLong(Observatory::size));
        } catch (IOException | UncheckedIOException e) {
            return 0; // what is on its way comes and goes while it is counted
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // gone in the meantime
        }
    }
}
