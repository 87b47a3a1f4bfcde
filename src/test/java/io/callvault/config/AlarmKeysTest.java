// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.StopAllException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys below {@code alarm.}, and those of a customer that take their place. */
class AlarmKeysTest {

    private static final String CUSTOMER = """
            customer.acme.provider = ringcentral
            customer.acme.client-id = x
            customer.acme.client-secret = {{env:HOME}}
            customer.acme.jwt = {{env:HOME}}
            customer.acme.targets = nas
            target.nas.kind = file
            target.nas.directory = archive
            """;

    @TempDir
    Path directory;

    private Configuration read(String text) {
        return new ConfigurationReader(null)
                .read(
                        directory.resolve("application.properties"),
                        "callvault.routes = " + Path.of("routes").toAbsolutePath() + "\n" + CUSTOMER + text);
    }

    @Test
    void the_defaults_tell_nobody_and_look_for_everything() {
        AlarmSettings alarms = read("").alarms();
        assertThat(alarms.mail()).isEqualTo(new AlarmSettings.Mail("localhost", 587, "starttls", null, null, null, "callvault@localhost"));
        assertThat(alarms.of("acme"))
                .isEqualTo(alarms.common())
                .isEqualTo(new AlarmRules(
                        List.of(),
                        null,
                        null,
                        LocalTime.of(7, 0),
                        1,
                        Duration.ofDays(3),
                        Duration.ofMinutes(30),
                        Duration.ofHours(26),
                        Duration.ofHours(2),
                        Duration.ofDays(30),
                        5L << 30));
    }

    @Test
    void every_key_can_be_set_and_a_customers_takes_its_place() {
        AlarmSettings alarms = read("""
                alarm.mail.to = a@example.com, b@example.com
                alarm.mail.server = mail.example.com
                alarm.mail.port = 465
                alarm.mail.security = tls
                alarm.mail.certificates = certificates/mail.pem
                alarm.mail.user = {{env:U}}
                alarm.mail.password = {{env:P}}
                alarm.mail.from = me@example.com
                alarm.webhook.url = {{env:URL}}
                alarm.webhook.token = {{env:T}}
                alarm.digest = off
                alarm.dead-items = 10
                alarm.first-loss-within = 1d
                alarm.target-down-for = 1m
                alarm.not-listed-for = 2h
                alarm.incomplete-for = 3h
                alarm.credentials-expire-within = 7d
                alarm.disk-free-below = 1GB
                customer.acme.alarm.mail.to = c@example.com
                customer.acme.alarm.webhook.url = {{env:OWN}}
                customer.acme.alarm.digest = 23:59
                customer.acme.alarm.dead-items = 2
                """).alarms();
        assertThat(alarms.mail())
                .isEqualTo(new AlarmSettings.Mail(
                        "mail.example.com", 465, "tls", directory.resolve("certificates/mail.pem"), new Secret("{{env:U}}"), new Secret("{{env:P}}"), "me@example.com"));
        assertThat(alarms.common())
                .isEqualTo(new AlarmRules(
                        List.of("a@example.com", "b@example.com"),
                        new Secret("{{env:URL}}"),
                        new Secret("{{env:T}}"),
                        null,
                        10,
                        Duration.ofDays(1),
                        Duration.ofMinutes(1),
                        Duration.ofHours(2),
                        Duration.ofHours(3),
                        Duration.ofDays(7),
                        1L << 30));
        AlarmRules own = alarms.of("acme");
        assertThat(own.mailTo()).containsExactly("c@example.com");
        assertThat(own.digest()).isEqualTo(LocalTime.of(23, 59));
        assertThat(own.deadItems()).isEqualTo(2);
        assertThat(own.firstLossWithin()).isEqualTo(Duration.ofDays(1));
        assertThat(own.webhookUrl()).isEqualTo(new Secret("{{env:OWN}}"));
        assertThat(own.webhookToken()).as("is for the other address").isNull();
    }

    @Test
    void what_is_wrong_is_told_all_at_once_without_a_secret() {
        assertThatThrownBy(() -> read("""
                alarm.mail.too = x@example.com
                alarm.mail.to = "Eve" <eve@example.com>
                alarm.mail.from = a@b\\nBcc: c@d
                alarm.mail.security = ssl
                alarm.mail.user = s3cr3t
                alarm.digest = 7am
                alarm.dead-items = 0
                customer.acme.alarm.digset = 07:00
                customer.acme.alarm.mail.server = x
                """))
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("alarm.mail.too = ***: nothing reads this key; did you mean alarm.mail.to?")
                .hasMessageContaining("must be a mail address such as alarms@example.com; several")
                .hasMessageContaining("alarm.mail.from = a@b Bcc: c@d: must be a mail address")
                .hasMessageContaining("must be one of starttls, tls, none")
                .hasMessageContaining("alarm.mail.password: is missing: a user and a password go together")
                .hasMessageContaining("alarm.digest = 7am: must be a time of day such as 07:00, or off")
                .hasMessageContaining("alarm.dead-items = 0: must be a whole number from 1")
                .hasMessageContaining("did you mean customer.acme.alarm.digest?")
                .hasMessageContaining("customer.acme.alarm.mail.server = ***: nothing reads this key")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void a_password_does_not_go_out_in_clear() {
        String login = "alarm.mail.security = none\nalarm.mail.user = {{env:U}}\nalarm.mail.password = {{env:P}}\n";
        assertThatThrownBy(() -> read(login + "alarm.mail.server = mail.example.com\n"))
                .hasMessageContaining("would send the password in clear");
        assertThat(read(login).alarms().mail().security()).isEqualTo("none");
    }

    @Test
    void secrets_are_resolved_for_who_sends_and_a_webhook_is_https_or_here() {
        Configuration bad = read("""
                alarm.webhook.url = {{env:CALLVAULT_NOT_SET}}
                customer.acme.alarm.webhook.url = http://hooks.example.com/s3cr3t
                """);
        assertThat(bad.resolveSecrets(List.of("acme")).problems()).as("needs none of them").isEmpty();
        assertThat(bad.resolveAlarmSecrets(List.of("acme")).problems())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("alarm.webhook.url = ***: ") && line.contains("CALLVAULT_NOT_SET"))
                .anyMatch(line -> line.startsWith("customer.acme.alarm.webhook.url = ***: must be an https address"))
                .noneMatch(line -> line.contains("s3cr3t"));
        Configuration good = read("alarm.webhook.url = https://hooks.example.com/a?b=c\n");
        Secrets secrets = good.resolveAlarmSecrets(List.of("acme"));
        assertThat(secrets.problems()).isEmpty();
        assertThat(secrets.ofAlarm("alarm.webhook.url")).isEqualTo("https://hooks.example.com/a?b=c");
        assertThat(secrets.toString()).doesNotContain("hooks.example.com");
    }
}
