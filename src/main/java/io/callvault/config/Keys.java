// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.model.ReleaseMode;
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
            Key.optional(
                    "spool.max",
                    ValueType.SIZE,
                    null,
                    "How much may lie in the spool, all customers together. Default: half of what is free."),
            Key.optional("console.port", ValueType.PORT, "8080", "Port of the console; 0 = off."),
            Key.optional("console.host", ValueType.HOST, "127.0.0.1", "Address the console listens on."),
            Key.optional("observe.token", ValueType.SECRET, null, "What metrics are shown for."),
            Key.optional(
                    "traces.endpoint",
                    ValueType.SERVER,
                    null,
                    "The OpenTelemetry collector that gets traces, by OTLP over HTTP. Not set: none are made."),
            Key.optional("traces.share", ValueType.PERCENT, "100%", "How many of them it gets."),
            Key.optional("traces.token", ValueType.SECRET, null, "What it asks for."),
            Key.choice("log.format", "text", List.of("text", "json"), "How the log is written."),
            Key.optional("log.mask-numbers", ValueType.BOOLEAN, "false", "Whether telephone numbers are kept out of it."));

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
            Key.optional("path", ValueType.STRING, DEFAULT_PATH, "Where an item lies in a target."),
            Key.choice(
                    "release",
                    null,
                    ReleaseMode.words(),
                    "What callvault release asks the provider to do with what is archived. Not set: nothing."),
            Key.optional("release.after", ValueType.DURATION, "7d", "How long it must have been stored; at least 24h."),
            Key.optional("release.max", ValueType.COUNT, "100", "At most so many items in one run."),
            Key.optional("release.hold", ValueType.STRING, null, "Days of which nothing is released, as FIRST/LAST.")
                    .formed("[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}", "two days such as 2026-01-01/2026-03-31")
                    .asList());

    /** {@code alarm.<name>} that only the installation has: the mail server. */
    public static final List<Key> MAIL = List.of(
            Key.optional("mail.server", ValueType.HOST, "localhost", "The mail server that takes alarms."),
            Key.optional("mail.port", ValueType.PORT, "587", "Its port; 0 = no mail."),
            Key.choice(
                    "mail.security",
                    "starttls",
                    List.of("starttls", "tls", "none"),
                    "How the way to it is kept secret."),
            Key.optional(
                    "mail.certificates",
                    ValueType.PATH,
                    null,
                    "File of the certificates that are believed there. Not set: those that Java believes."),
            Key.optional("mail.user", ValueType.CREDENTIAL, null, "Who signs in there. Not set: nobody does."),
            Key.optional("mail.password", ValueType.SECRET, null, "With which password."),
            Key.optional("mail.from", ValueType.MAIL, "callvault@localhost", "Who the sender is."));

    /** {@code alarm.<name>}, and {@code customer.<id>.alarm.<name>} for one customer instead. */
    public static final List<Key> ALARM = List.of(
            Key.optional("mail.to", ValueType.MAIL, null, "Who gets alarms by mail. Not set: nobody.")
                    .asList(),
            Key.optional("webhook.url", ValueType.SECRET, null, "Where alarms are posted as JSON. Not set: nowhere."),
            Key.optional("webhook.token", ValueType.SECRET, null, "Sent along as a bearer token."),
            Key.optional("digest", ValueType.TIME_OF_DAY, "07:00", "When the daily digest goes out; off for none."),
            Key.optional("dead-items", ValueType.COUNT, "1", "So many dead items are an alarm."),
            Key.optional("first-loss-within", ValueType.DURATION, "3d", "A first loss nearer than this is an alarm."),
            Key.optional("target-down-for", ValueType.DURATION, "30m", "A target down for longer is an alarm."),
            Key.optional("not-listed-for", ValueType.DURATION, "26h", "A feed not listed for longer is an alarm."),
            Key.optional("incomplete-for", ValueType.DURATION, "2h", "A listing incomplete for longer is an alarm."),
            Key.optional("credentials-expire-within", ValueType.DURATION, "30d", "Credentials that end sooner are."),
            Key.optional("disk-free-below", ValueType.SIZE, "5GB", "Less room than this on a disk is an alarm."));

    /** {@link #ALARM} as they stand in a customer's block; what is not set there is as for the installation. */
    public static final List<Key> CUSTOMER_ALARM = ALARM.stream()
            .map(key -> key.named("alarm." + key.name()))
            .toList();

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
