// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import java.util.Map;

/** What Camel is told unless the configuration file says otherwise. */
final class CamelDefaults {

    private CamelDefaults() {}

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
