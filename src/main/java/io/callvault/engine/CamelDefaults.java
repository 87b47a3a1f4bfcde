// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.TargetSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What Camel is told unless the configuration file says otherwise. */
final class CamelDefaults {

    private CamelDefaults() {}

    /**
     * All that it is told for a configuration.
     *
     * @param routes files of routes; may be empty
     * @param targets whose Kamelets get their values
     */
    static Properties properties(Configuration configuration, List<Path> routes, List<TargetSettings> targets) {
        Properties properties = new Properties();
        properties.putAll(properties());
        properties.putAll(configuration.others());
        properties.setProperty(
                "camel.main.routesIncludePattern",
                routes.isEmpty()
                        ? "false"
                        : routes.stream().map(file -> "file:" + file).collect(Collectors.joining(",")));
        properties.setProperty(
                "camel.component.kamelet.location",
                "file:" + configuration.routes().resolve("store"));
        for (TargetSettings target : targets) {
            target.values()
                    .forEach((key, value) -> properties.setProperty(
                            "camel.kamelet.store-" + target.kind() + "." + target.name() + "." + key, value));
        }
        return properties;
    }

    /**
     * What it is told beside that when routes are made only to see whether they can be: it starts none of them. A name of
     * its own, because two schedulers of one name are the same one.
     */
    static Map<String, String> rehearsal() {
        return Map.of(
                "camel.main.name", "callvault-rehearsal",
                "camel.main.autoStartup", "false",
                "camel.component.quartz.autoStartScheduler", "false", // it would, with triggers of routes that do not run
                "camel.main.startupSummaryLevel", "Off",
                "camel.server.enabled", "false",
                "camel.management.enabled", "false");
    }

    static Map<String, String> properties() {
        return Map.ofEntries(
                Map.entry("camel.main.name", "callvault"),
                Map.entry("camel.main.autoConfigurationLogSummary", "false"),
                Map.entry("camel.main.startupSummaryLevel", "Oneline"),
                Map.entry("camel.main.shutdownTimeout", "30"),
                // Bodies are streamed into the spool once; a copy of a recording in memory would be one too many.
                Map.entry("camel.main.streamCachingEnabled", "false"),
                Map.entry("camel.main.routesReloadEnabled", "false"),
                // One layer repeats, and it is not the HTTP client: a hidden repetition would spend the budget.
                Map.entry("camel.component.http.automaticRetriesDisabled", "true"),
                // No provider needs what one answer would leave behind for the next request, perhaps another customer's.
                Map.entry("camel.component.http.cookieManagementDisabled", "true"),
                Map.entry("camel.component.http.authCachingDisabled", "true"),
                Map.entry("camel.component.http.connectionStateDisabled", "true"),
                Map.entry("camel.component.http.connectTimeout", "10000"),
                Map.entry("camel.component.http.responseTimeout", "60000"),
                Map.entry("camel.component.http.soTimeout", "60000"),
                Map.entry("camel.component.http.connectionsPerRoute", "64"),
                Map.entry("camel.component.http.maxTotalConnections", "512"));
    }
}
