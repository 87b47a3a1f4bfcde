// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.List;

/** Every key that is not a provider's or a kind of target's own. {@code application.properties} is its manual. */
public final class Keys {

    /** Where an item lies in a target unless the customer says otherwise. */
    public static final String DEFAULT_PATH =
            "{customer}/{feed}/{date}/{time}_{direction}_{from}_{to}_{id}.{ext}";

    /** {@code callvault.<name>}. */
    public static final List<Key> CALLVAULT = List.of(
            Key.optional("home", ValueType.PATH, "data", "Directory of the ledger, the spool and the lock."),
            Key.optional(
                    "routes",
                    ValueType.PATH,
                    null,
                    "Directory of the routes. Default: routes beside the configuration file if there is such a"
                            + " directory, else the installation's."),
            Key.optional(
                    "ledger",
                    ValueType.LEDGER,
                    null,
                    "JDBC URL of the ledger. Default: the SQLite file ledger.db in the home directory."),
            Key.optional("console.port", ValueType.PORT, "8080", "Port of the console; 0 = off."),
            Key.optional("console.host", ValueType.HOST, "127.0.0.1", "Address the console listens on."));

    /** {@code callvault.console.user.<user>.<name>}. */
    public static final List<Key> CONSOLE_USER = List.of(
            Key.required("password", ValueType.PASSWORD_HASH, "The bcrypt hash of the user's password."),
            Key.optional("customers", ValueType.STRING, null, "Whom the user may see. Default: all.")
                    .asList());

    /** {@code customer.<id>.<name>}, beside the keys of its provider. */
    public static final List<Key> CUSTOMER = List.of(
            Key.required("provider", ValueType.STRING, "Whose phone system it is."),
            Key.optional("feeds", ValueType.STRING, null, "What is archived. Default: all the provider has.")
                    .asList(),
            Key.optional("schedule", ValueType.CRON, "0 0/15 * * * ?", "When a run starts, in the customer's zone."),
            Key.optional("since", ValueType.SINCE, "90d", "How far back the first run goes."),
            Key.optional("look-back", ValueType.DURATION, "36h", "How much is listed again, since records change."),
            Key.optional("time-zone", ValueType.ZONE, "UTC", "Of the schedule and of the dates in paths."),
            Key.optional("exclude", ValueType.RULE, null, "What is listed and kept as a record, but not fetched.")
                    .asList(),
            Key.required("targets", ValueType.STRING, "Where everything is stored.").asList(),
            Key.optional("path", ValueType.STRING, DEFAULT_PATH, "Where an item lies in a target."));

    /** {@code target.<name>.<name>}, beside the properties of its kind's Kamelet. */
    public static final List<Key> TARGET =
            List.of(Key.required("kind", ValueType.STRING, "Which routes/store/store-<kind>.kamelet.yaml serves it."));

    /** {@code gate.<provider>.<group>.<name>}; the defaults of limit and window are the provider's. */
    public static final List<Key> GATE = List.of(
            Key.optional("limit", ValueType.COUNT, null, "Requests in one window, until the provider says its own."),
            Key.optional("window", ValueType.DURATION, null, "Length of the window, until the provider says its own."),
            Key.optional("share", ValueType.PERCENT, "100%", "How much of the budget may be used."));

    private Keys() {}
}
