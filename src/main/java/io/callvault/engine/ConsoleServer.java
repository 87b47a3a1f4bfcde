// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.observe.Observed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Properties;
import org.apache.camel.main.Main;

/**
 * The web server of the service, in a Camel context of its own, so that what archives does not wait for it. Nothing of it is
 * loaded when there is to be none.
 */
public final class ConsoleServer implements AutoCloseable {

    private final Main main = new Main();

    private ConsoleServer(Configuration configuration, Observed observed) {
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.setProperty("camel.main.name", "callvault-console");
        properties.setProperty("camel.main.routesIncludePattern", "false");
        properties.setProperty("camel.server.enabled", "true");
        properties.setProperty("camel.server.host", configuration.consoleHost());
        properties.setProperty("camel.server.port", String.valueOf(configuration.consolePort()));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.configure().addRoutesBuilder(new ObserveRoute(observed));
        try {
            requireFree(configuration.consoleHost(), configuration.consolePort());
            main.start();
        } catch (Exception e) {
            main.stop();
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "Tried to listen at " + configuration.consoleHost() + ", port " + configuration.consolePort()
                            + ", but it failed: " + reason(e) + ". Set callvault.console.port to a free port, or to 0 to do"
                            + " without",
                    e);
        }
    }

    /**
     * Listens as it is configured.
     *
     * @return null when it is not to
     * @throws StopAllException if it cannot listen there
     */
    public static ConsoleServer start(Configuration configuration, Engine engine) {
        return configuration.consolePort() == 0 ? null : open(configuration, engine.observed());
    }

    static ConsoleServer open(Configuration configuration, Observed observed) {
        return new ConsoleServer(configuration, observed);
    }

    /** The server itself only logs that its port is taken, and goes on without (measured with Camel 4.18.0). */
    private static void requireFree(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        }
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
        main.stop();
    }
}
