// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One provider with one company, one installation that archives it as customer acme to the directory nas. */
final class Scene implements AutoCloseable {

    final Lookalike lookalike = new Lookalike();
    final Company acme = lookalike.company("100200300");
    final String jwt = lookalike.jwt(acme);
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final Settings settings = new Settings();
    final Distribution callvault;

    /** @param feeds as in {@code customer.acme.feeds} */
    Scene(Path temporary, String feeds) {
        callvault = new Distribution(temporary);
        settings.customer("acme", lookalike.base(), feeds, "nas").fileTarget("nas");
        credentials("acme", jwt);
    }

    Scene credentials(String customer, String credential) {
        callvault.environment(Settings.variable(customer, "CLIENT_ID"), lookalike.clientId());
        callvault.environment(Settings.variable(customer, "CLIENT_SECRET"), lookalike.clientSecret());
        callvault.environment(Settings.variable(customer, "JWT"), credential);
        return this;
    }

    /** That many recorded calls, spread over the last thirty days, none younger than a day. */
    List<Media> recordedCalls(int count) {
        List<Media> recordings = new ArrayList<>();
        Duration apart = Duration.ofDays(29).dividedBy(Math.max(1, count));
        for (int i = 0; i < count; i++) {
            Media recording = acme.recording();
            acme.call(ago(Duration.ofDays(1).plus(apart.multipliedBy(i)))).recorded(recording);
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

    @Override
    public void close() {
        lookalike.close();
    }
}
