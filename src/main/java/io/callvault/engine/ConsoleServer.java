// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.console.Console;
import io.callvault.console.Desk;
import io.callvault.console.Indexer;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.model.ListedItem;
import io.callvault.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.main.Main;

/**
 * The console on the network, in a Camel context of its own, so that what archives does not wait for it; and the filling of
 * its search. Nothing of it is loaded when there is to be none.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final int LARGEST_BODY = 64 * 1024; // bytes: forms only

    private final Main main = new Main();
    private final String address;
    private final Indexer indexer;

    private ConsoleServer(Configuration configuration, Desk desk, Engine engine) {
        String host = configuration.consoleHost();
        this.address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + configuration.consolePort() + "/";
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
        main.configure().addRoutesBuilder(new ConsoleRoute(new Console(desk)));
        try {
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
        this.indexer = Indexer.start(engine.ledger().search());
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
        Map<String, Provider> providers = Providers.silent(configuration, clock);
        Desk desk = new Desk(
                configuration,
                List.copyOf(ids),
                engine.ledger(),
                engine::store,
                (customer, feed, recordId, raw) ->
                        providers.get(configuration.customers().get(customer).provider())
                                .record(customer, feed, recordId, raw).items().stream().map(ListedItem::id).toList(),
                directory(configuration),
                clock);
        return new ConsoleServer(configuration, desk, engine);
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
        indexer.close();
        main.stop();
    }
}
