// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One provider with one company, one installation that archives it as customer acme to the directory nas. */
final class Scene implements AutoCloseable {

    final Lookalike lookalike;
    final Company acme;
    final String jwt;
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final Settings settings = new Settings();
    final Distribution callvault;
    private int companies;

    /** @param feeds as in {@code customer.acme.feeds} */
    Scene(Path temporary, String feeds) {
        this(temporary, feeds, new Lookalike());
    }

    Scene(Path temporary, String feeds, Lookalike provider) {
        lookalike = provider;
        acme = lookalike.company("100200300");
        jwt = lookalike.jwt(acme);
        callvault = new Distribution(temporary);
        settings.customer("acme", lookalike.base(), feeds, "nas").fileTarget("nas");
        credentials("acme", jwt);
    }

    Scene credentials(String customer, String credential) {
        return credentials(customer, lookalike, credential);
    }

    private Scene credentials(String customer, Lookalike provider, String credential) {
        callvault.environment(Settings.variable(customer, "CLIENT_ID"), provider.clientId());
        callvault.environment(Settings.variable(customer, "CLIENT_SECRET"), provider.clientSecret());
        callvault.environment(Settings.variable(customer, "JWT"), credential);
        return this;
    }

    /** One more customer, a company of that provider, archived to the directory nas too. Returns the company. */
    Company customer(String id, Lookalike provider, String feeds) {
        Company company = provider.company("1003" + "%05d".formatted(++companies));
        settings.customer(id, provider.base(), feeds, "nas");
        credentials(id, provider, provider.jwt(company));
        return company;
    }

    List<Media> recordedCalls(int count) {
        return recordedCalls(acme, count);
    }

    /** That many recorded calls, spread over the last thirty days, none younger than a day. */
    List<Media> recordedCalls(Company company, int count) {
        List<Media> recordings = new ArrayList<>();
        Duration apart = Duration.ofDays(29).dividedBy(Math.max(1, count));
        for (int i = 0; i < count; i++) {
            Media recording = company.recording();
            company.call(ago(Duration.ofDays(1).plus(apart.multipliedBy(i)))).recorded(recording);
            recordings.add(recording);
        }
        return recordings;
    }

    Instant ago(Duration duration) {
        return now.minus(duration);
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

    /** The one customer in {@code status --json}. */
    JsonNode status() {
        return run("status", "--json").json().path("customers").path(0);
    }

    /** Each customer in {@code status --json}, by its id. */
    Map<String, JsonNode> statuses() {
        Map<String, JsonNode> statuses = new HashMap<>();
        run("status", "--json")
                .json()
                .path("customers")
                .forEach(customer -> statuses.put(customer.path("customer").asText(), customer));
        return statuses;
    }

    @Override
    public void close() {
        lookalike.close();
    }
}
