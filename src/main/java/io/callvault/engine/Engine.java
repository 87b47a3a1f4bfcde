// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.Secrets;
import io.callvault.config.TargetSettings;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.flow.Archive;
import io.callvault.flow.Bench;
import io.callvault.flow.ContentSteps;
import io.callvault.flow.Customer;
import io.callvault.flow.Dispatcher;
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
import io.callvault.gate.Gates;
import io.callvault.ledger.Ledger;
import io.callvault.observe.Observed;
import io.callvault.provider.Answers;
import io.callvault.provider.Elsewhere;
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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Callvault at work for some customers: everything started, until it is closed. */
public final class Engine implements AutoCloseable {

    /** The command that may change something at a provider. */
    public static final String RELEASE = "release";

    private static final Duration KEEP_GATES_EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** For what is on its way when the configuration changes; what is not over then is cut off. */
    private static final Duration CHANGE_PATIENCE = Duration.ofMinutes(2);

    /** For what was cut off to come to its end. */
    private static final Duration CUT_PATIENCE = Duration.ofSeconds(20);

    private final Configuration configuration;
    private final Clock clock;
    private final Ground ground;
    private final Loan loan; // null when the ground is this engine's alone, and closed with it
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
    private final Map<String, Boolean> filled = new ConcurrentHashMap<>();
    private final Service service;
    private final List<String> ids;
    private final boolean isScheduled;
    private final List<Path> routes;
    private final Alarm alarm;
    private final Map<String, Provider> providers;
    private final GateDoor door;
    private AlarmDesk alarms; // null unless this is a service
    private volatile boolean isClosed;

    /** Makes everything; nothing is at work yet. */
    private Engine(
            Ground ground,
            boolean isGuest,
            Configuration configuration,
            Collection<String> ids,
            boolean isScheduled,
            boolean mayRelease,
            Clock clock,
            Alarm given) {
        this.configuration = configuration;
        this.clock = clock;
        this.ids = List.copyOf(ids);
        this.isScheduled = isScheduled;
        Secrets secrets = configuration.resolveSecrets(ids).orStop();
        this.routes = RouteFiles.in(configuration.routes(), isScheduled, mayRelease);
        this.ground = ground;
        this.loan = isGuest ? new Loan(ground.ledger()) : null;
        this.ledger = isGuest ? loan.ledger() : ground.ledger();
        this.spool = Spools.open(configuration);
        this.alarm = given == null ? workers : given;
        this.gateBook = new GateBook(ledger, clock);
        this.gates = new Gates(clock, alarm, workers, gateBook);
        this.main = new Main();
        Dispatcher dispatcher = new Dispatcher(main::getCamelContext, workers.here());
        this.door = new GateDoor(gates, GateBook.limits(configuration));
        this.listing = new Listing(ledger, workers, clock);
        Targets targets = new Targets(() -> main.getCamelContext().createProducerTemplate());
        this.bench = new Bench(ledger, spool, dispatcher, door, new Names(), targets, workers, alarm, clock);
        this.providers =
                Providers.of(configuration, new ProviderParts(clock, gates, new Logins(dispatcher), bench::after));
        for (String id : ids) {
            customers.add(Providers.customer(
                    configuration, id, secrets, providers, ledger.retentions().of(id), clock));
        }
        this.onStored = new OnStored(ledger, spool, dispatcher, () -> isFilled("on-stored"));
        this.service = new Service(bench, listing, customers, onStored);
    }

    private void begin() {
        ledger.releaseClaims().join();
        customers.forEach(customer -> {
            Spools.resume(spool, ledger, customer.id());
            gateBook.add(customer);
        });
        Ground.Legacy legacy = ground.legacy();
        gateBook.resume(gates, GateBook.limits(configuration), legacy.gates());
        AlarmChannels channels = load(false);
        if (isScheduled) {
            service.begin(legacy.service().and(Missed.since(legacy.restedAt(), clock.instant(), configuration, ids)));
            alarms = new AlarmDesk(
                    configuration,
                    ids,
                    ledger,
                    service,
                    providers,
                    channels.all(),
                    clock,
                    Disks.Gauge.REAL,
                    ground::refused);
            alarms.begin(alarm);
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
        return begun(new Engine(
                new Ground(configuration, command, clock),
                false,
                configuration,
                ids,
                isScheduled,
                command.equals(RELEASE),
                clock,
                alarm));
    }

    /**
     * A service on ground where another one may have been, which goes on where that one rested.
     *
     * @param alarm null for one that goes by the machine's clock
     * @throws StopAllException if nothing can work; the ground is free then
     */
    static Engine on(Ground ground, Configuration configuration, Collection<String> ids, Clock clock, Alarm alarm) {
        return begun(new Engine(ground, true, configuration, ids, true, false, clock, alarm));
    }

    private static Engine begun(Engine engine) {
        try {
            engine.begin();
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Makes all that a service needs, its routes too, and has none of it do anything. May be done beside another service on
     * the same ground.
     *
     * @throws StopAllException why such a service could not work
     */
    static void rehearse(Ground ground, Configuration configuration, Collection<String> ids, Clock clock) {
        try (Engine engine = new Engine(ground, true, configuration, ids, true, false, clock, Alarm.NEVER)) {
            engine.load(true);
        }
    }

    public Ledger ledger() {
        return ground.ledger();
    }

    /** A target by its name. */
    public Store store(String target) {
        return bench.targets().store(target);
    }

    /** What other programs may see of the service; null when this engine is not one. */
    public Observed observed() {
        return alarms == null ? null : new Observatory(configuration, customers, ledger(), gates, service, alarms, clock).pages();
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

    /** Stops everything, and gives back what it worked on. */
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
        if (loan == null) {
            ground.close();
        } else {
            loan.end();
        }
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

    /**
     * Ends the service and leaves the ground to the next one. Nothing new is begun and nothing waits at a gate any more;
     * what runs is waited for, two minutes at most, and then cut off, to be done again. Blocks.
     *
     * @param isHurried asked now and then: true when the process is to end, so that there is less time
     */
    void handOver(BooleanSupplier isHurried) {
        alarms.close();
        Instant restedAt = clock.instant();
        gates.close();
        service.rest(CHANGE_PATIENCE, isHurried);
        main.stop();
        service.rest(CUT_PATIENCE, isHurried);
        ground.leave(service.memory(), gates, restedAt);
        close();
    }

    /** @param isRehearsal true when routes are only to be made */
    private AlarmChannels load(boolean isRehearsal) {
        AlarmChannels channels = isScheduled
                ? new AlarmChannels(
                        configuration.alarms(), ids, configuration.resolveAlarmSecrets(ids), main::getCamelContext)
                : null;
        List<TargetSettings> targets = configuration.targetsOf(ids);
        Properties properties = CamelDefaults.properties(configuration, routes, targets);
        main.setDefaultPropertyPlaceholderLocation("false");
        if (channels != null) {
            channels.bind(main, properties);
        }
        if (isRehearsal) {
            properties.putAll(CamelDefaults.rehearsal());
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
        List<CustomerSettings> scheduled = isScheduled && !isRehearsal
                ? ids.stream().map(id -> configuration.customers().get(id)).toList()
                : List.of();
        main.configure().addRoutesBuilder(new CustomerRoutes(scheduled, targets));
        main.addMainListener(ContextParts.traced(configuration));
        try {
            main.start();
        } catch (Exception e) {
            throw new StopAllException(ErrorCode.CONFIGURATION, StartFailure.sentence(e, configuration.routes()), e);
        }
        Listeners.require(main.getCamelContext(), configuration.routes(), customers);
        return channels;
    }

    /** False while an operators' route holds only the step that it was shipped with. For when the routes are loaded. */
    private boolean isFilled(String route) {
        return filled.computeIfAbsent(route, this::hasSteps);
    }

    private boolean hasSteps(String route) {
        RouteDefinition definition =
                ((ModelCamelContext) main.getCamelContext()).getRouteDefinition(route);
        return definition != null
                && definition.getOutputs().stream().anyMatch(step -> !(route + "-empty").equals(step.getId()));
    }
}
