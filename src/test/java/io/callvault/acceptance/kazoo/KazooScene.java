// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Distribution;
import io.callvault.acceptance.Outcome;
import io.callvault.acceptance.Running;
import io.callvault.acceptance.Settings;
import io.callvault.acceptance.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** One Kazoo with any accounts, and one installation whose customers archive them to the directory nas. */
final class KazooScene implements AutoCloseable {

    static final String ALL = "recordings, cdrs, voicemails, faxes";

    final Kazoo kazoo;
    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final Distribution callvault;
    private final Settings settings = new Settings();

    KazooScene(Path temporary) {
        this(temporary, new Kazoo());
    }

    KazooScene(Path temporary, Kazoo kazoo) {
        this.kazoo = kazoo;
        callvault = new Distribution(temporary);
        settings.fileTarget("nas");
    }

    /** One more directory, which nobody has until a customer names it. */
    KazooScene target(String name) {
        settings.fileTarget(name);
        return this;
    }

    /** A customer who has the account's API key, in the environment under its own name; the last twenty days. */
    KazooScene customer(String id, Account account, String feeds) {
        common(id, account, feeds);
        secret(id, "API_KEY", account.apiKey());
        return set(id, "api-key", "{{env:" + variable(id, "API_KEY") + "}}");
    }

    /** A customer who signs in as a user. */
    KazooScene customer(String id, Account account, String feeds, String username, String password) {
        common(id, account, feeds);
        secret(id, "PASSWORD", password);
        set(id, "username", username).set(id, "account-name", account.name());
        return set(id, "password", "{{env:" + variable(id, "PASSWORD") + "}}");
    }

    private void common(String id, Account account, String feeds) {
        set(id, "provider", "kazoo").set(id, "server", kazoo.base()).set(id, "account", account.id());
        set(id, "feeds", feeds).set(id, "schedule", "0 0/15 * * * ?").set(id, "since", "20d").set(id, "targets", "nas");
    }

    KazooScene set(String customer, String key, String value) {
        settings.set("customer." + customer + "." + key, value);
        return this;
    }

    /** Another value for what stands in the environment. */
    KazooScene secret(String customer, String what, String value) {
        callvault.environment(variable(customer, what), value);
        return this;
    }

    private static String variable(String customer, String what) {
        return customer.toUpperCase(Locale.ROOT) + "_" + what;
    }

    Instant ago(Duration duration) {
        return now.minus(duration);
    }

    /** The latest beginning of a month, UTC, that lies at least so far back. */
    Instant monthStart(Duration atLeast) {
        YearMonth month = YearMonth.from(ago(atLeast).atZone(ZoneOffset.UTC));
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Target nas() {
        return callvault.target("nas");
    }

    Outcome run(String... arguments) {
        callvault.configure(settings);
        return callvault.run(arguments);
    }

    Running start(String... arguments) {
        callvault.configure(settings);
        return callvault.start(arguments);
    }

    Outcome archive() {
        return run("archive");
    }

    /** The customer's part of what {@code status --json} or {@code report --json} said. */
    static JsonNode of(Outcome outcome, String customer) {
        for (JsonNode each : outcome.json().path("customers")) {
            if (each.path("customer").asText().equals(customer)) {
                return each;
            }
        }
        throw new AssertionError("nothing of " + customer + " in " + outcome);
    }

    @Override
    public void close() {
        kazoo.close();
    }
}
