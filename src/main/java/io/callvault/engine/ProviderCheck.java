// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.ReleaseSettings;
import io.callvault.config.Secrets;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.flow.Customer;
import io.callvault.flow.Dispatcher;
import io.callvault.flow.GateDoor;
import io.callvault.flow.Logins;
import io.callvault.flow.Probing;
import io.callvault.gate.Gate;
import io.callvault.gate.GateKey;
import io.callvault.gate.GateWatch;
import io.callvault.gate.Gates;
import io.callvault.ledger.GateRecord;
import io.callvault.provider.Answers;
import io.callvault.provider.Lane;
import io.callvault.provider.Probe;
import io.callvault.provider.Provider;
import io.callvault.provider.ProviderParts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;

/** The providers of some customers and their gates, and nothing else at work: no ledger, no lock, no spool. */
final class ProviderCheck implements AutoCloseable {

    /** Between two clocks this much is no more than the way of an answer. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Main main = new Main();
    private final Workers workers = new Workers();
    private final Configuration configuration;
    private final Clock clock;
    private final Gates gates;
    private final Probing probing;
    private final Map<String, Customer> customers;

    private ProviderCheck(
            Configuration configuration,
            Collection<String> ids,
            Secrets secrets,
            List<GateRecord> kept,
            Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.gates = new Gates(clock, workers, workers, GateWatch.NONE);
        Dispatcher dispatcher = new Dispatcher(main::getCamelContext, workers);
        GateDoor door = new GateDoor(gates, GateBook.limits(configuration));
        this.probing = new Probing(dispatcher, door);
        Map<String, Provider> providers =
                Providers.of(configuration, new ProviderParts(clock, gates, new Logins(dispatcher), workers::pause));
        this.customers = ids.stream()
                .map(id -> Providers.customer(configuration, id, secrets, providers, List.of(), clock))
                .collect(Collectors.toMap(Customer::id, customer -> customer));
        kept.forEach(this::resume);
        main.bind("gate", door);
        main.bind("answers", new Answers());
        providers.forEach((name, provider) -> {
            main.bind(name, provider);
            provider.beans().forEach(main::bind);
        });
        start();
    }

    /**
     * Starts the gates of these customers' providers.
     *
     * @param kept what an archive kept of its gates: one that is shut stays so
     * @throws StopAllException if they cannot be started
     */
    static ProviderCheck start(
            Configuration configuration, Collection<String> ids, Secrets secrets, List<GateRecord> kept, Clock clock) {
        return new ProviderCheck(configuration, ids, secrets, kept, clock);
    }

    private void start() {
        List<Path> files = customers.values().stream()
                .map(customer -> configuration.routes().resolve(customer.providerName()).resolve("gates.camel.yaml"))
                .distinct()
                .toList();
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.putAll(configuration.others());
        properties.setProperty(
                "camel.main.routesIncludePattern",
                files.stream().map(file -> "file:" + file).collect(Collectors.joining(",")));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.configure().addRoutesBuilder(probing);
        main.addMainListener(new ContextParts(configuration.file().getParent()));
        try {
            main.start();
        } catch (Exception e) {
            close();
            throw new StopAllException(ErrorCode.CONFIGURATION, StartFailure.sentence(e, configuration.routes()), e);
        }
    }

    /** Tries each lane of a customer; what it says is told as it is known. */
    void check(String id, Consumer<Checked> said) {
        Customer customer = customers.get(id);
        List<String> feeds = customer.feeds().stream().map(feed -> feed.name()).toList();
        List<Probe> probes = new ArrayList<>(customer.provider().probes(id, feeds));
        ReleaseSettings release = configuration.customers().get(id).release();
        if (release != null) {
            probes.addAll(customer.provider().removalProbes(id, release.feeds(), release.mode()));
            said.accept(Checked.ok(id, customer.provider().removalNeeds(release.feeds(), release.mode())));
        }
        for (Lane lane : customer.lanes()) {
            String about = customer.lanes().size() == 1 ? id : id + " lane " + lane.number();
            List<String> may = new ArrayList<>();
            boolean isClockSeen = false;
            for (Probe probe : probes) {
                Instant shut = shutUntil(lane, probe.group());
                if (shut != null) {
                    said.accept(Checked.warn(about, "was not asked whether it may " + probe.subject()
                            + ": the budget of the group " + probe.group() + " is used up until " + shut));
                    continue;
                }
                try {
                    Probing.Answered answered = probing.ask(customer, lane, probe).join();
                    String problem = probe.problem().apply(answered.body());
                    if (problem == null) {
                        may.add(probe.subject());
                    } else {
                        said.accept(Checked.fail(about, problem, ErrorCode.PERMISSION_MISSING));
                    }
                    isClockSeen = isClockSeen || clock(about, answered.date(), said);
                } catch (CompletionException e) {
                    ArchiveException failure = ArchiveException.in(e);
                    if (failure == null) {
                        throw e;
                    }
                    said.accept(Checked.fail(about, failure.getMessage(), failure.code()));
                    if (failure.code() == ErrorCode.CREDENTIALS_REJECTED
                            || failure.code() == ErrorCode.PROVIDER_UNREACHABLE) {
                        break; // every other answer would be the same
                    }
                }
            }
            if (!may.isEmpty()) {
                said.accept(Checked.ok(about, "is signed in and may " + String.join(", ", may)));
            }
        }
    }

    /** @return whether the answer told the time */
    private boolean clock(String about, String date, Consumer<Checked> said) {
        if (date == null) {
            return false;
        }
        try {
            Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration ahead = Duration.between(there, clock.instant());
            if (ahead.abs().compareTo(SKEW) > 0) {
                said.accept(Checked.warn(about, "this machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " the provider's: set it, because listings end at"
                        + " what it calls now"));
            } else {
                said.accept(Checked.ok(about, "this machine's clock agrees with the provider's"));
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Instant shutUntil(Lane lane, String group) {
        Optional<Instant> until = gates.ofLane(lane.identity()).stream()
                .filter(gate -> gate.key().group().equals(group))
                .map(Gate::status)
                .map(status -> status.closedUntil())
                .filter(closed -> closed != null && closed.isAfter(clock.instant()))
                .findFirst();
        return until.orElse(null);
    }

    private void resume(GateRecord kept) {
        Customer customer = customers.get(kept.customer());
        if (customer == null) {
            return;
        }
        customer.lanes().stream()
                .filter(lane -> lane.number().equals(kept.lane()) && kept.closedUntil() != null)
                .forEach(lane -> gates.open(
                                new GateKey(lane.identity(), kept.group()),
                                GateBook.limits(configuration).apply(customer.providerName(), kept.group()))
                        .shut(kept.closedUntil()));
    }

    @Override
    public void close() {
        gates.close();
        main.stop();
        workers.close();
    }
}
