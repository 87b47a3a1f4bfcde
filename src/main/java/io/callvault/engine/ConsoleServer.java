// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.console.Console;
import io.callvault.console.Desk;
import io.callvault.console.Indexer;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Search;
import io.callvault.model.ListedItem;
import io.callvault.observe.Observed;
import io.callvault.provider.Provider;
import io.callvault.store.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.camel.main.Main;

/**
 * The console, metrics and health on the network, in a Camel context of its own, so that what archives does not wait for
 * it; and the filling of the console's search. Nothing of it is loaded when there is to be none.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final int LARGEST_BODY = 64 * 1024; // bytes: forms only

    private final Main main = new Main();
    private final String address;
    private volatile Console console;
    private volatile Observed observed;
    private Indexer indexer; // null when nothing is searched

    /** @param first what it shows until told otherwise; null for none, and then there never is one */
    private ConsoleServer(Configuration configuration, Console first, Observed firstObserved) {
        this.address = address(configuration);
        show(first, firstObserved);
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.setProperty("camel.main.name", "callvault-console");
        properties.setProperty("camel.main.routesIncludePattern", "false");
        properties.setProperty("camel.server.enabled", "true");
        properties.setProperty("camel.server.host", configuration.consoleHost());
        properties.setProperty("camel.server.port", String.valueOf(configuration.consolePort()));
        properties.setProperty("camel.server.maxBodySize", String.valueOf(LARGEST_BODY));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.bind("consoleHeaders", new ConsoleRoute.Headers());
        // In this order: the console answers every path that nobody before it does.
        if (firstObserved != null) {
            main.configure().addRoutesBuilder(
                    new ObserveRoute((name, authorization) -> observed.page(name, authorization)));
        }
        if (first != null) {
            main.configure().addRoutesBuilder(new ConsoleRoute(ask -> console.answer(ask)));
        }
        try {
            requireFree(configuration.consoleHost(), configuration.consolePort());
            main.start();
        } catch (Exception e) {
            main.stop();
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "Tried to open the console at " + configuration.consoleHost() + ", port " + configuration.consolePort()
                            + ", but it failed: " + reason(e) + ". Set callvault.console.port to a free port, or to 0 to do"
                            + " without",
                    e);
        }
    }

    private static String address(Configuration configuration) {
        String host = configuration.consoleHost();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + configuration.consolePort() + "/";
    }

    /** The server itself only logs that its port is taken, and goes on without (measured with Camel 4.18.0). */
    private static void requireFree(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        }
    }

    /**
     * Opens the console as it is configured.
     *
     * @param ids the customers that the engine works for
     * @return null when there is to be none
     * @throws StopAllException if it cannot listen there
     */
    public static ConsoleServer start(
            Configuration configuration, Collection<String> ids, Engine engine, Clock clock) {
        if (configuration.consolePort() == 0) {
            return null;
        }
        Console console = console(configuration, ids, engine.ledger(), engine::store, clock, null);
        ConsoleServer server = open(configuration, console, engine.observed());
        server.index(engine.ledger().search());
        return server;
    }

    /**
     * What there is to see and to do.
     *
     * @param before the console that this one takes the place of; null for none
     */
    static Console console(
            Configuration configuration,
            Collection<String> ids,
            Ledger ledger,
            Function<String, Store> stores,
            Clock clock,
            Console before) {
        Map<String, Provider> providers = Providers.silent(configuration, clock);
        Desk desk = new Desk(
                configuration,
                List.copyOf(ids),
                ledger,
                stores,
                (customer, feed, recordId, raw) ->
                        providers.get(configuration.customers().get(customer).provider())
                                .record(customer, feed, recordId, raw).items().stream().map(ListedItem::id).toList(),
                directory(configuration),
                clock);
        return new Console(desk, before);
    }

    /** Listens where it is configured to. @param observed null when there is nothing to observe */
    static ConsoleServer open(Configuration configuration, Console console, Observed observed) {
        return new ConsoleServer(configuration, console, observed);
    }

    /** Metrics and health alone. */
    static ConsoleServer open(Configuration configuration, Observed observed) {
        return new ConsoleServer(configuration, null, observed);
    }

    /** Whether it listens where this configuration wants it. */
    boolean isAt(Configuration configuration) {
        return address.equals(address(configuration));
    }

    /** Shows this from now on; what is being answered is not disturbed. */
    void show(Console newConsole, Observed newObserved) {
        console = newConsole;
        observed = newObserved;
    }

    Console console() {
        return console;
    }

    /** Takes in for the search what is new, from now on. To be called once. */
    void index(Search search) {
        indexer = Indexer.start(search);
    }

    private static Path directory(Configuration configuration) {
        Path directory = configuration.home().resolve("console");
        try {
            return Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE, "Tried to make " + directory + " for the console but it failed: " + e, e);
        }
    }

    /** What to type into a browser. */
    public String address() {
        return address;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public void close() {
        if (indexer != null) {
            indexer.close();
        }
        main.stop();
    }
}
