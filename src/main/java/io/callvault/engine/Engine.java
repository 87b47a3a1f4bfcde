// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.CamelPlaceholders;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.GateSettings;
import io.callvault.config.ProviderDeclaration;
import io.callvault.config.Secrets;
import io.callvault.config.TargetSettings;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.flow.Archive;
import io.callvault.flow.Bench;
import io.callvault.flow.ContentSteps;
import io.callvault.flow.Customer;
import io.callvault.flow.Dispatcher;
import io.callvault.flow.Exclusions;
import io.callvault.flow.Feed;
import io.callvault.flow.GateDoor;
import io.callvault.flow.Listing;
import io.callvault.flow.Logins;
import io.callvault.flow.Names;
import io.callvault.flow.OnStored;
import io.callvault.flow.OwnSteps;
import io.callvault.flow.Parts;
import io.callvault.flow.Relist;
import io.callvault.flow.Service;
import io.callvault.flow.StoreSteps;
import io.callvault.flow.Targets;
import io.callvault.gate.Alarm;
import io.callvault.gate.GateLimits;
import io.callvault.gate.Gates;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.Retention;
import io.callvault.ledger.WorkLock;
import io.callvault.observe.Observed;
import io.callvault.provider.Answers;
import io.callvault.provider.Elsewhere;
import io.callvault.provider.Lane;
import io.callvault.provider.Provider;
import io.callvault.provider.ProviderParts;
import io.callvault.spool.Spool;
import io.callvault.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Callvault at work for some customers: everything started, until it is closed. */
public final class Engine implements AutoCloseable {

    /** The command that may change something at a provider. */
    public static final String RELEASE = "release";

    private static final Duration KEEP_GATES_EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Configuration configuration;
    private final Clock clock;
    private final WorkLock workLock;
    private final Ledger ledger;
    private final Spool spool;
    private final Workers workers = new Workers();
    private final GateBook gateBook;
    private final Gates gates;
    private final Main main;
    private final Bench bench;
    private final Listing listing;
    private final List<Customer> customers = new ArrayList<>();
    private final OnStored onStored;
    private final Service service;
    private final AlarmDesk alarms;
    private volatile boolean isClosed;

    private Engine(
            Configuration configuration,
            Collection<String> ids,
            String command,
            boolean isScheduled,
            Clock clock,
            Alarm given) {
        this.configuration = configuration;
        this.clock = clock;
        Secrets secrets = configuration.resolveSecrets(ids).orStop();
        List<Path> routes = RouteFiles.in(configuration.routes(), isScheduled, command.equals(RELEASE));
        this.workLock = WorkLock.take(
                configuration.home(), configuration.ledger().value(), command, clock, () -> Runtime.getRuntime().halt(5));
        this.ledger = Ledgers.open(configuration.ledger().value(), clock);
        ledger.releaseClaims().join();
        this.spool = Spools.open(configuration);
        Alarm alarm = given == null ? workers : given;
        this.gateBook = new GateBook(ledger, clock);
        this.gates = new Gates(clock, alarm, workers, gateBook);
        this.main = new Main();
        Dispatcher dispatcher = new Dispatcher(main::getCamelContext, workers.here());
        GateDoor door = new GateDoor(gates, this::limits);
        this.listing = new Listing(ledger, workers, clock);
        Targets targets = new Targets(() -> main.getCamelContext().createProducerTemplate());
        this.bench = new Bench(ledger, spool, dispatcher, door, new Names(), targets, workers, alarm, clock);
        Map<String, Provider> providers = Providers.of(
                configuration, new ProviderParts(clock, gates, new Logins(dispatcher), bench::after));
        for (String id : ids) {
            customers.add(Providers.customer(
                    configuration, id, secrets, providers, ledger.retention(id), clock));
        }
        customers.forEach(customer -> {
            Spools.resume(spool, ledger, customer.id());
            gateBook.add(customer);
        });
        gateBook.resume(gates, this::limits);
        this.onStored = new OnStored(ledger, spool, dispatcher, () -> isFilled("on-stored"));
        this.service = new Service(bench, listing, customers, onStored);
        AlarmChannels channels = isScheduled
                ? new AlarmChannels(
                        configuration.alarms(),
                        List.copyOf(ids),
                        configuration.resolveAlarmSecrets(ids),
                        main::getCamelContext)
                : null;
        start(routes, ids, isScheduled, providers, door, channels);
        if (isScheduled) {
            service.begin();
            this.alarms = new AlarmDesk(
                    configuration,
                    List.copyOf(ids),
                    ledger,
                    service,
                    providers,
                    channels.all(),
                    clock,
                    Disks.Gauge.REAL);
            alarms.begin(alarm);
        } else {
            this.alarms = null;
        }
        keepGatesNowAndThen();
    }

    /**
     * Starts everything.
     *
     * @param ids the customers to work for
     * @param command for whoever wants to know who holds the lock
     * @param isScheduled true for the service: each customer's schedule triggers it
     * @throws StopAllException if nothing can work
     */
    public static Engine start(
            Configuration configuration, Collection<String> ids, String command, boolean isScheduled, Clock clock) {
        return start(configuration, ids, command, isScheduled, clock, null);
    }

    /**
     * The same with another alarm, one that goes by the given clock.
     *
     * @param alarm null for one that goes by the machine's
     */
    public static Engine start(
            Configuration configuration,
            Collection<String> ids,
            String command,
            boolean isScheduled,
            Clock clock,
            Alarm alarm) {
        return new Engine(configuration, ids, command, isScheduled, clock, alarm);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** A target by its name. */
    public Store store(String target) {
        return bench.targets().store(target);
    }

    /** What other programs may see of the service; null when this engine is not one. */
    public Observed observed() {
        return alarms == null ? null : new Observatory(configuration, customers, ledger, gates, service, alarms, clock).pages();
    }

    /** A pass for all customers of this engine, of all there is. */
    public Archive archive() {
        return archive(id -> null, id -> null);
    }

    /**
     * A pass for all customers of this engine.
     *
     * @param from see {@link Archive}
     * @param to see {@link Archive}
     */
    public Archive archive(Function<String, Instant> from, Function<String, Instant> to) {
        return new Archive(bench, listing, customers, onStored, from, to);
    }

    /**
     * Lists again for all customers of this engine, and compares.
     *
     * @param from see {@link Relist}
     * @param to see {@link Relist}
     */
    public Relist relist(Function<String, Instant> from, Function<String, Instant> to) {
        return new Relist(bench, listing, customers, from, to);
    }

    /** Releases of this engine's customers; only of one that was started as {@link #RELEASE}. */
    public ReleaseWork release(Path directory) {
        return new ReleaseWork(configuration, bench, customers, directory);
    }

    /** Keeps what the gates counted and learned. */
    public void keepGates() {
        gateBook.keepAll(gates, false);
    }

    private void keepGatesNowAndThen() {
        workers.after(KEEP_GATES_EVERY, () -> workers.execute(() -> {
            if (!isClosed) {
                keepGates();
                keepGatesNowAndThen();
            }
        }));
    }

    /** Stops everything and gives the lock back. */
    @Override
    public void close() {
        isClosed = true;
        if (alarms != null) {
            alarms.close();
        }
        gates.close();
        main.stop();
        gateBook.keepAll(gates, true);
        workers.close();
        ledger.close();
        workLock.close();
    }

    /** Ends a pass early: what runs is waited for, what waits at a gate is not. */
    public void halt(Archive archive) {
        archive.halt();
        gates.close();
    }

    /** Ends a comparison early, in the same way. */
    public void halt(Relist relist) {
        relist.halt();
        gates.close();
    }

    /** Ends releases early, in the same way. */
    public void halt(ReleaseWork work) {
        work.halt();
        gates.close();
    }

    /** Ends the service: what runs is waited for, what waits at a gate is not. */
    public void endService() {
        if (alarms != null) {
            alarms.close(); // what is cancelled now is nothing to be told
        }
        gates.close();
        service.end(PATIENCE);
    }

    private void start(
            List<Path> routes,
            Collection<String> ids,
            boolean isScheduled,
            Map<String, Provider> providers,
            GateDoor door,
            AlarmChannels channels) {
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.putAll(configuration.others());
        properties.setProperty(
                "camel.main.routesIncludePattern",
                routes.stream().map(file -> "file:" + file).collect(Collectors.joining(",")));
        properties.setProperty(
                "camel.component.kamelet.location",
                "file:" + configuration.routes().resolve("store"));
        Set<String> names = new LinkedHashSet<>();
        ids.forEach(id -> names.addAll(configuration.customers().get(id).targets()));
        List<TargetSettings> targets =
                names.stream().map(name -> configuration.targets().get(name)).toList();
        for (TargetSettings target : targets) {
            target.values()
                    .forEach((key, value) -> properties.setProperty(
                            "camel.kamelet.store-" + target.kind() + "." + target.name() + "." + key, value));
        }
        main.setDefaultPropertyPlaceholderLocation("false");
        if (channels != null) {
            channels.bind(main, properties);
        }
        main.setInitialProperties(properties);
        main.bind("gate", door);
        main.bind("answers", new Answers());
        main.bind("elsewhere", new Elsewhere());
        main.bind("listing", listing);
        main.bind("parts", new Parts());
        main.bind("content", new ContentSteps());
        main.bind("service", service);
        main.bind("ownSteps", new OwnSteps(this::isFilled));
        main.bind("storing", new StoreSteps(ledger, spool));
        providers.forEach((name, provider) -> {
            main.bind(name, provider);
            provider.beans().forEach(main::bind);
        });
        List<CustomerSettings> scheduled = isScheduled
                ? ids.stream().map(id -> configuration.customers().get(id)).toList()
                : List.of();
        main.configure().addRoutesBuilder(new CustomerRoutes(scheduled, targets));
        main.addMainListener(ContextParts.traced(configuration));
        try {
            main.start();
        } catch (Exception e) {
            throw new StopAllException(ErrorCode.CONFIGURATION, StartFailure.sentence(e, configuration.routes()), e);
        }
        requireListeners();
    }

    /** Camel would find out only when the first message gets there. */
    private void requireListeners() {
        Set<String> heard = main.getCamelContext().getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .collect(Collectors.toSet());
        List<String> unheard = main.getCamelContext().getEndpoints().stream()
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith("direct:") && !heard.contains(uri))
                .map(uri -> uri.replace("direct://", "direct:"))
                .sorted()
                .toList();
        if (!unheard.isEmpty()) {
            main.stop();
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "Tried to start the routes in " + configuration.routes() + " but no route begins with "
                            + String.join(", ", unheard) + ". Mend the name and run again");
        }
    }

    private GateLimits limits(String provider, String group) {
        GateSettings settings = configuration.gate(provider, group);
        return new GateLimits(settings.limit(), settings.window(), settings.share());
    }

    /** False while an operators' route holds only the step that it was shipped with. */
    private boolean isFilled(String route) {
        RouteDefinition definition =
                ((ModelCamelContext) main.getCamelContext()).getRouteDefinition(route);
        return definition != null
                && definition.getOutputs().stream().anyMatch(step -> !(route + "-empty").equals(step.getId()));
    }
}
