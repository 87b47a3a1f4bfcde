// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.log.LogOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; default: application.properties in this directory.")
    Path config = Path.of("application.properties");

    @Option(names = "--customer", paramLabel = "ID", description = "Only this customer; may be given again.")
    List<String> customers = new ArrayList<>();

    @Option(names = "--help", usageHelp = true, description = "Shows this and exits.")
    boolean help;

    private Configuration.Log log = new Configuration.Log(false, false);

    /** Reads the configuration; the log is written as it says from here on. */
    Configuration configuration() {
        Configuration configuration = reader().read(file());
        log(configuration);
        return configuration;
    }

    /** The configuration file, absolute. */
    Path file() {
        return config.toAbsolutePath().normalize();
    }

    ConfigurationReader reader() {
        String installation = System.getProperty("callvault.installation");
        return new ConfigurationReader(installation == null ? null : Path.of(installation));
    }

    /**
     * The log is written as a configuration says from here on.
     *
     * @throws StopAllException if it wants what the log cannot do
     */
    void log(Configuration configuration) {
        Configuration.Log wanted = configuration.log();
        if (wanted.equals(log)) {
            return;
        }
        if (!LogOutput.write(wanted.isJson(), wanted.isMasked()) && !wanted.isPlain()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "callvault.log.format and callvault.log.mask-numbers need the log that Callvault comes with, and"
                            + " -Dlogback.configurationFile names another. Take them out, or that");
        }
        log = wanted;
    }

    /**
     * The customers meant.
     *
     * @throws StopAllException if one of them is not configured
     */
    List<String> customers(Configuration configuration) {
        List<String> unknown = customers.stream()
                .filter(id -> !configuration.customers().containsKey(id))
                .toList();
        if (!unknown.isEmpty()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "--customer " + String.join(", ", unknown) + ": not in " + configuration.file() + ", which has "
                            + (configuration.customers().isEmpty()
                                    ? "no customer"
                                    : String.join(", ", configuration.customers().keySet())));
        }
        return customers.isEmpty()
                ? List.copyOf(configuration.customers().keySet())
                : customers.stream().distinct().toList();
    }

    /** The customers meant, of whom there must be one. */
    List<String> someCustomers(Configuration configuration) {
        List<String> ids = customers(configuration);
        if (ids.isEmpty()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    configuration.file() + " has no customer: set customer.<id>.provider and what belongs to it");
        }
        return ids;
    }
}
