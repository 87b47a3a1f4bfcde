// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.ledger.AlarmNotice;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The day's summary: at its time in the customer's zone, once a day, whatever is restarted. */
class DigestTest {

    @TempDir
    Path home;

    /** 06:59 in New York, where summer time began four days before. */
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T10:59:00Z"));

    private Ledger ledger;
    private Configuration configuration;

    @BeforeEach
    void open() {
        ledger = Ledgers.open("jdbc:sqlite:" + home.resolve("ledger.db"), clock);
        configuration = read("07:00");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Configuration read(String time) {
        return new ConfigurationReader(null).read(home.resolve("application.properties"), """
                callvault.routes = %s
                alarm.digest = %s
                customer.acme.provider = ringcentral
                customer.acme.client-id = {{env:HOME}}
                customer.acme.client-secret = {{env:HOME}}
                customer.acme.jwt = {{env:HOME}}
                customer.acme.targets = nas
                customer.acme.time-zone = America/New_York
                target.nas.kind = file
                target.nas.directory = archive
                """.formatted(Path.of("routes").toAbsolutePath(), time));
    }

    /** Begins anew with what the ledger remembers. */
    private void write() {
        Lookout lookout = new Lookout(ledger.alarms(), configuration.alarms(), customer -> List.of("mail"), clock);
        new Digest(ledger, lookout, configuration.alarms(), clock).write(configuration.customers().values());
    }

    private List<AlarmNotice> unsent() {
        return ledger.alarms().unsent(99);
    }

    @Test
    void comes_once_a_day_when_its_time_has_come() {
        write();
        assertThat(unsent()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        write();
        write();
        assertThat(unsent()).hasSize(1);
        clock.advance(Duration.ofHours(23).plusMinutes(59));
        write();
        assertThat(unsent()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        write();
        assertThat(unsent()).hasSize(2);
    }

    @Test
    void says_what_was_done_and_which_alarms_stand() {
        Lookout lookout = new Lookout(ledger.alarms(), configuration.alarms(), customer -> List.of("mail"), clock);
        ledger.stopped("acme", "CREDENTIALS_REJECTED", "Sign-in was refused", clock.instant()).join();
        lookout.look(List.of(new Situation(
                "acme",
                ledger.alarms().facts("acme", List.of("nas")),
                List.of(),
                List.of(),
                java.util.Map.of(),
                java.util.Map.of(),
                null)));
        clock.advance(Duration.ofMinutes(1));
        write();
        AlarmNotice digest = unsent().get(1);
        assertThat(digest.kind()).isEqualTo("digest");
        assertThat(digest.sentence())
                .contains("0 items were stored in the last 24 hours", "CUSTOMER_STOPPED since 2026-03-12T10:59:00Z", "refused");
        assertThat(Letter.of(List.of(digest)).text()).contains("Digest of acme", "\n- CUSTOMER_STOPPED");
    }

    @Test
    void never_comes_when_it_is_off() {
        configuration = read("off");
        clock.advance(Duration.ofHours(12));
        write();
        assertThat(unsent()).isEmpty();
    }
}
