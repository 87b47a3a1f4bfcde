// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.CamelPlaceholders;
import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.console.Console;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.gate.Alarm;
import io.callvault.ledger.Ledger;
import io.callvault.observe.Observed;
import io.callvault.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service and its console, whose configuration and routes may be changed on disk while it works.
 *
 * <p>What has changed and lay the same at two looks is checked whole beside the service at work: it is read, its secrets
 * are fetched and its routes are made. When that fails it is refused and nothing else happens. When not, what runs is
 * brought to its end, and a new service takes over the lock, the ledger, the gates and the spool as if the process had been
 * started anew. Used by one thread at a time.
 */
public final class LiveEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEngine.class);

    private final ConfigurationReader reader;
    private final Path file;
    private final Function<Configuration, List<String>> choice;
    private final Consumer<Configuration> taken;
    private final BooleanSupplier isEnding;
    private final Clock clock;
    private final Alarm alarm;
    private final Ground ground;

    private Sources inForce;
    private Sources seen;
    private Sources judged;
    private Configuration configuration;
    private volatile Engine engine;
    private boolean isOver; // true while there is no engine at work
    private ConsoleServer console; // null when there is none

    private LiveEngine(
            ConfigurationReader reader,
            Path file,
            Function<Configuration, List<String>> choice,
            Consumer<Configuration> taken,
            BooleanSupplier isEnding,
            Clock clock,
            Alarm alarm) {
        this.reader = reader;
        this.file = file;
        this.choice = choice;
        this.taken = taken;
        this.isEnding = isEnding;
        this.clock = clock;
        this.alarm = alarm;
        this.inForce = Sources.read(reader, file, null);
        this.seen = inForce;
        this.judged = inForce;
        this.configuration = configuration(inForce);
        List<String> ids = choice.apply(configuration);
        taken.accept(configuration);
        this.ground = new Ground(configuration, "run", clock);
        try {
            this.engine = Engine.on(ground, configuration, ids, clock, alarm);
            release(configuration);
            this.console = ConsoleServer.start(configuration, ids, engine, clock);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the service.
     *
     * @param choice the customers to work for; throws {@link StopAllException} when there is none
     * @param taken told each configuration before it is in force; throws {@link StopAllException} to refuse it
     * @param isEnding asked from when on a change is not worth its time any more
     * @param alarm null for one that goes by the machine's clock
     * @throws StopAllException if nothing can work
     */
    public static LiveEngine start(
            ConfigurationReader reader,
            Path file,
            Function<Configuration, List<String>> choice,
            Consumer<Configuration> taken,
            BooleanSupplier isEnding,
            Clock clock,
            Alarm alarm) {
        return new LiveEngine(reader, file, choice, taken, isEnding, clock, alarm);
    }

    public Ledger ledger() {
        return ground.ledger();
    }

    /** What is in force now. */
    public Configuration configuration() {
        return configuration;
    }

    /** What to type into a browser; null when there is no console. */
    public String consoleAddress() {
        return console == null ? null : console.address();
    }

    /** What lies changed on disk and is not in force, and why; null when nothing does. */
    public String refused() {
        return ground.refused();
    }

    /**
     * Looks once at what lies on disk; to be called every few seconds. Quick unless something was changed, lies as it lay
     * at the last look, and was not judged yet: then it blocks until that is in force, or refused.
     *
     * @throws StopAllException if nothing can work any more
     */
    public void look() {
        Sources now = Sources.read(reader, file, seen);
        boolean isSettled = now.equals(seen);
        seen = now;
        if (!isSettled || now.equals(judged) || isOver) {
            return;
        }
        judged = now;
        if (now.equals(inForce)) {
            ground.refused(null);
            LOG.info("What was changed is as it was before, and that is in force");
        } else {
            change(now);
        }
    }

    private void change(Sources now) {
        String what = String.join(", ", now.changedSince(inForce));
        Candidate candidate;
        try {
            candidate = candidate(now);
        } catch (RuntimeException e) {
            refuse(what, e);
            return;
        }
        ground.refused(null);
        if (candidate == null) {
            inForce = now;
            LOG.info("A change of {} has no effect", what);
            return;
        }
        LOG.info("A change of {} can be used: what is on its way is brought to its end first", what);
        replace(candidate, now, what);
    }

    /** @return null when the change has no effect */
    private Candidate candidate(Sources now) {
        Configuration changed = configuration(now);
        if (now.hasSameBesideText(inForce)
                && ConfigurationReader.entries(now.text()).equals(ConfigurationReader.entries(inForce.text()))) {
            return null;
        }
        requireSame("callvault.home", configuration.home(), changed.home());
        requireSame("callvault.ledger", configuration.ledger(), changed.ledger());
        try {
            List<String> ids = choice.apply(changed);
            changed.resolveObserveToken();
            Engine.rehearse(ground, changed, ids, clock);
            Console shown = changed.consolePort() == 0
                    ? null
                    : ConsoleServer.console(
                            changed, ids, ledger(), this::store, clock, console == null ? null : console.console());
            Candidate candidate = new Candidate(changed, ids, shown, server(changed, shown));
            try {
                taken.accept(changed);
            } catch (RuntimeException e) {
                candidate.closeServer(console);
                throw e;
            }
            return candidate;
        } finally {
            release(changed);
        }
    }

    /** What its placeholders needed; they get it again when they are asked. */
    private static void release(Configuration configuration) {
        if (configuration.placeholders() instanceof CamelPlaceholders camel) {
            camel.close();
        }
    }

    /** The server that it will be seen at: the same one, or another that shows nothing new yet; null for none. */
    private ConsoleServer server(Configuration changed, Console shown) {
        if (shown == null) {
            return null;
        }
        return console != null && console.isAt(changed)
                ? console
                : ConsoleServer.open(changed, shown, engine.observed());
    }

    private void requireSame(String key, Object before, Object after) {
        if (!before.equals(after)) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    key + " cannot be changed while callvault run works; stop it, and start it again");
        }
    }

    private void replace(Candidate candidate, Sources now, String what) {
        engine.handOver(isEnding);
        isOver = true;
        if (isEnding.getAsBoolean()) {
            candidate.closeServer(console);
            return;
        }
        try {
            engine = Engine.on(ground, candidate.configuration(), candidate.ids(), clock, alarm);
        } catch (RuntimeException e) {
            candidate.closeServer(console);
            goBack(now);
            refuse(what, e);
            return;
        } finally {
            release(candidate.configuration());
        }
        isOver = false;
        inForce = now;
        candidate.configuration().warnings().stream()
                .filter(warning -> !configuration.warnings().contains(warning))
                .forEach(warning -> LOG.warn("{}", warning));
        configuration = candidate.configuration();
        show(candidate);
        LOG.info("The change of {} is in force, for {}", what, String.join(", ", candidate.ids()));
    }

    /** Its routes could be made but not started, so those before have to be, wherever they are now. */
    private void goBack(Sources now) {
        Configuration before = now.hasSameRoutes(inForce)
                ? configuration
                : configuration.withRoutes(inForce.restoreRoutes(configuration.home().resolve("routes-before")));
        List<String> ids = choice.apply(before);
        engine = Engine.on(ground, before, ids, clock, alarm);
        release(before);
        isOver = false;
        if (console != null) {
            show(new Candidate(
                    before,
                    ids,
                    ConsoleServer.console(before, ids, ledger(), this::store, clock, console.console()),
                    console));
        }
    }

    private void show(Candidate candidate) {
        ConsoleServer before = console;
        console = candidate.server();
        if (console != null) {
            console.show(candidate.shown(), engine.observed());
        }
        if (before == console) {
            return;
        }
        if (before != null) {
            before.close();
        }
        if (console != null) {
            console.index(ledger().search());
            LOG.info("The console is at {}", console.address());
        }
    }

    private void refuse(String what, RuntimeException failure) {
        ArchiveException ours = ArchiveException.in(failure);
        String reason = ours == null
                ? "it cannot be used: " + failure
                : ours.getMessage().strip().replaceAll("\\s*\\R\\s*", " | ");
        String sentence = "A change of " + what + " is refused and what was before stays in force: " + reason;
        ground.refused(sentence);
        LOG.warn("{} [{}]", sentence, ErrorCode.CONFIGURATION);
        if (ours == null) {
            LOG.debug("Refused for this", failure);
        }
    }

    private Configuration configuration(Sources sources) {
        if (sources.text() != null) {
            return reader.read(file, sources.text());
        }
        reader.read(file); // says what is wrong
        throw new StopAllException(ErrorCode.CONFIGURATION, file + ": was changed while it was read");
    }

    private Store store(String target) {
        return engine.store(target);
    }

    /** Ends the service: what runs is waited for, what waits at a gate is not. */
    public void end() {
        if (!isOver) {
            engine.endService();
        }
    }

    /** Stops everything and gives the lock back. A second call does nothing. */
    @Override
    public void close() {
        if (console != null) {
            console.close();
            console = null;
        }
        if (engine != null && !isOver) {
            isOver = true;
            engine.close();
        }
        ground.close();
    }

    /**
     * What is to take over.
     *
     * @param ids its customers
     * @param shown what its console shows; null when it has none
     * @param server where; null when nowhere
     */
    private record Candidate(Configuration configuration, List<String> ids, Console shown, ConsoleServer server) {

        /** It is not to be opened after all. */
        private void closeServer(ConsoleServer kept) {
            if (server != null && server != kept) {
                server.close();
            }
        }
    }
}
