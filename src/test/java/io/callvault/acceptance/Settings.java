// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An application.properties in the making. */
public final class Settings {

    private final Map<String, String> values = new LinkedHashMap<>();

    public Settings() {
        set("callvault.home", "data");
        set("callvault.ledger", "jdbc:sqlite:data/ledger.db");
        set("callvault.console.port", "0");
    }

    /** A RingCentral customer whose secrets come from the environment, under its own name. */
    Settings customer(String id, String server, String feeds, String... targets) {
        String key = "customer." + id + ".";
        set(key + "provider", "ringcentral");
        set(key + "server", server);
        set(key + "client-id", "{{env:" + variable(id, "CLIENT_ID") + "}}");
        set(key + "client-secret", "{{env:" + variable(id, "CLIENT_SECRET") + "}}");
        set(key + "jwt", "{{env:" + variable(id, "JWT") + "}}");
        set(key + "feeds", feeds);
        set(key + "schedule", "0 0/15 * * * ?");
        set(key + "since", "60d");
        set(key + "targets", String.join(", ", targets));
        return this;
    }

    /** A directory of that name beside the configuration. */
    public Settings fileTarget(String name) {
        set("target." + name + ".kind", "file");
        return set("target." + name + ".directory", name);
    }

    public Settings set(String key, String value) {
        values.put(key, value);
        return this;
    }

    Settings without(String key) {
        values.remove(key);
        return this;
    }

    static String variable(String customer, String what) {
        return customer.toUpperCase(Locale.ROOT) + "_" + what;
    }

    String text() {
        StringBuilder text = new StringBuilder("# Written by a test.\n");
        values.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return text.toString();
    }
}
