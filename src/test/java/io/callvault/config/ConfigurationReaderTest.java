// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @TempDir
    Path directory;

    private ConfigurationHome home;

    @BeforeEach
    void prepare() {
        home = new ConfigurationHome(directory);
    }

    @Test
    void defaults_are_these() {
        Configuration configuration = home.read();
        CustomerSettings acme = configuration.customers().get("acme");

        assertThat(configuration.home()).isEqualTo(directory.resolve("data"));
        assertThat(configuration.routes()).isEqualTo(directory.resolve("routes"));
        assertThat(configuration.ledger().value())
                .isEqualTo("jdbc:sqlite:" + directory.resolve("data").resolve("ledger.db"));
        assertThat(configuration.consoleHost()).isEqualTo("127.0.0.1");
        assertThat(configuration.consolePort()).isEqualTo(8080);
        assertThat(configuration.spoolMax()).isNull();
        assertThat(acme.feeds()).containsExactly("calls", "texts");
        assertThat(acme.schedule()).isEqualTo("0 0/15 * * * ?");
        assertThat(acme.since().ago()).isEqualTo(Duration.ofDays(90));
        assertThat(acme.lookBack()).isEqualTo(Duration.ofHours(36));
        assertThat(acme.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(acme.path()).isEqualTo("{customer}/{feed}/{date}/{time}_{direction}_{from}_{to}_{id}.{ext}");
        assertThat(acme.own().server("server")).isEqualTo(URI.create("https://api.voipco.example"));
        assertThat(acme.own().flag("extras")).isFalse();
        assertThat(acme.own().number("pages")).isEqualTo(100);
        assertThat(acme.own().duration("patience")).isEqualTo(Duration.ofSeconds(30));
        assertThat(acme.own().number("largest")).isEqualTo(2L << 30);
        assertThat(acme.own().text("brand")).isNull();
        assertThat(configuration.gate("voipco", "slow"))
                .isEqualTo(new GateSettings("voipco", "slow", 10, Duration.ofSeconds(60), 100));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void every_key_can_be_set() {
        Configuration configuration = home.read(
                "callvault.home = state",
                "callvault.routes = ./routes",
                "callvault.ledger = jdbc:postgresql://db/callvault",
                "callvault.console.port = 0",
                "callvault.spool.max = 20GB",
                "callvault.console.host = ::1",
                "customer.acme.feeds = texts",
                "customer.acme.schedule = 0 30 2 * * ?",
                "customer.acme.since = 2026-01-31",
                "customer.acme.look-back = 4h",
                "customer.acme.time-zone = America/New_York",
                "customer.acme.targets = nas, vault",
                "customer.acme.path = {year}/{id}",
                "customer.acme.server = http://127.0.0.1:8081/",
                "customer.acme.user = me",
                "customer.acme.extras = true",
                "customer.acme.pages = 5",
                "customer.acme.patience = 5m",
                "customer.acme.largest = 16MB",
                "customer.acme.certificate = ca.pem",
                "customer.acme.brand = Ünïcode",
                "target.vault.kind = box",
                "target.vault.bucket = calls",
                "target.vault.storageClass = COLD",
                "target.vault.partSize = 16",
                "target.vault.pathStyle = true",
                "target.vault.secretKey = {{env:NOT_THERE}}",
                "gate.voipco.slow.limit = 5",
                "gate.voipco.slow.window = 30s",
                "gate.voipco.slow.share = 50%");
        CustomerSettings acme = configuration.customers().get("acme");

        assertThat(configuration.home()).isEqualTo(directory.resolve("state"));
        assertThat(configuration.ledger().value()).isEqualTo("jdbc:postgresql://db/callvault");
        assertThat(configuration.consolePort()).isZero();
        assertThat(configuration.spoolMax()).isEqualTo(20L << 30);
        assertThat(configuration.consoleHost()).isEqualTo("::1");
        assertThat(acme.feeds()).containsExactly("texts");
        assertThat(acme.schedule()).isEqualTo("0 30 2 * * ?");
        assertThat(acme.firstRunFrom(NOW)).isEqualTo(Instant.parse("2026-01-31T05:00:00Z"));
        assertThat(acme.lookBack()).isEqualTo(Duration.ofHours(4));
        assertThat(acme.targets()).containsExactly("nas", "vault");
        assertThat(acme.path()).isEqualTo("{year}/{id}");
        assertThat(acme.own().server("server")).isEqualTo(URI.create("http://127.0.0.1:8081"));
        assertThat(acme.own().secret("user").raw()).isEqualTo("me");
        assertThat(acme.own().flag("extras")).isTrue();
        assertThat(acme.own().number("pages")).isEqualTo(5);
        assertThat(acme.own().duration("patience")).isEqualTo(Duration.ofMinutes(5));
        assertThat(acme.own().number("largest")).isEqualTo(16L << 20);
        assertThat(acme.own().path("certificate")).isEqualTo(directory.resolve("ca.pem"));
        assertThat(acme.own().text("brand")).isEqualTo("Ünïcode");
        assertThat(configuration.targets().get("vault").values())
                .isEqualTo(Map.of(
                        "bucket", "calls",
                        "storageClass", "COLD",
                        "partSize", "16",
                        "pathStyle", "true",
                        "secretKey", "{{env:NOT_THERE}}"));
        assertThat(configuration.targets().get("vault").secretKeys()).containsExactlyInAnyOrder("secretKey", "keyId");
        assertThat(configuration.gate("voipco", "slow"))
                .isEqualTo(new GateSettings("voipco", "slow", 5, Duration.ofSeconds(30), 50));
    }

    @Test
    void a_target_holds_only_what_the_file_sets_and_its_paths_are_absolute() {
        TargetSettings nas = home.read().targets().get("nas");

        assertThat(nas.kind()).isEqualTo("disk");
        assertThat(nas.values())
                .isEqualTo(Map.of("directory", directory.resolve("archive").toString()));
    }

    @Test
    void an_empty_text_of_a_target_is_kept() {
        assertThat(home.read("target.vault.kind = box", "target.vault.bucket = b", "target.vault.owner =")
                        .targets()
                        .get("vault")
                        .values())
                .containsEntry("owner", "");
    }

    @Test
    void nothing_where_nothing_is_the_default_is_the_same_as_not_written() {
        assertThat(home.read("target.vault.kind = box", "target.vault.bucket = b", "target.vault.door =")
                        .targets()
                        .get("vault")
                        .values())
                .containsOnlyKeys("bucket");
    }

    @Test
    void units_of_a_target_are_checked_and_handed_over_as_they_are_written() {
        TargetSettings vault = home.read(
                        "target.vault.kind = box",
                        "target.vault.bucket = b",
                        "target.vault.door = http://127.0.0.1:8333/",
                        "target.vault.rest = {{env:REST:36h}}",
                        "target.vault.largest = 16MB",
                        "target.vault.keyId = {{env:KEY_ID}}")
                .targets()
                .get("vault");

        assertThat(vault.values())
                .containsEntry("door", "http://127.0.0.1:8333")
                .containsEntry("rest", "36h")
                .containsEntry("largest", "16MB")
                .containsEntry("keyId", "{{env:KEY_ID}}");
        assertThat(vault.secretKeys()).containsExactlyInAnyOrder("secretKey", "keyId");
    }

    @Test
    void relative_paths_start_at_the_configuration_file() {
        Configuration configuration = home.read("callvault.home = ../state", "callvault.ledger = jdbc:sqlite:l.db?x=1");

        assertThat(configuration.home()).isEqualTo(directory.getParent().resolve("state"));
        assertThat(configuration.ledger().sqliteFile()).isEqualTo(directory.resolve("l.db"));
        assertThat(configuration.ledger().value()).endsWith("l.db?x=1");
    }

    @Test
    void the_installations_routes_are_used_when_there_are_none_beside_the_file() throws Exception {
        Path file = directory.resolve("elsewhere").resolve("application.properties");
        Files.createDirectories(file.getParent());

        assertThat(new ConfigurationReader(directory).read(file, "").routes()).isEqualTo(directory.resolve("routes"));
    }

    @Test
    void the_first_run_starts_a_duration_ago_or_at_an_instant() {
        assertThat(home.read("customer.acme.since = 2h").customers().get("acme").firstRunFrom(NOW))
                .isEqualTo(Instant.parse("2026-03-10T10:00:00Z"));
        assertThat(home.read("customer.acme.since = 2026-01-01T00:00:00+02:00")
                        .customers()
                        .get("acme")
                        .firstRunFrom(NOW))
                .isEqualTo(Instant.parse("2025-12-31T22:00:00Z"));
    }

    @Test
    void placeholders_are_replaced_in_what_is_no_secret() {
        System.setProperty("callvault.test.port", "9000");
        home.write("name.txt", "x\n");
        Configuration configuration = home.read(
                "callvault.console.port = {{sys:callvault.test.port}}",
                "customer.acme.feeds = {{env:CALLVAULT_TEST_NOT_SET:calls, texts}}",
                "customer.acme.brand = {{our.brand}} ({{file:name.txt}})",
                "our.brand = Acme");

        assertThat(configuration.consolePort()).isEqualTo(9000);
        assertThat(configuration.customers().get("acme").feeds()).containsExactly("calls", "texts");
        assertThat(configuration.customers().get("acme").own().text("brand")).isEqualTo("Acme (x)");
    }

    @Test
    void foreign_keys_are_left_alone_as_written() {
        Configuration configuration = home.read("camel.main.name = {{env:NOT_THERE}} # x", "own.key = 1");

        assertThat(configuration.others()).containsOnlyKeys("camel.main.name", "own.key");
        assertThat(configuration.others()).containsEntry("camel.main.name", "{{env:NOT_THERE}} # x");
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void warns_of_what_works_but_should_be_otherwise() {
        assertThat(home.read(
                                "customer.acme.key = hush, {{env:KEY}}",
                                "customers.acme.key = hush",
                                "target.old.kind = disk",
                                "target.old.directory = /old")
                        .warnings())
                .containsExactly(
                        "customer.acme.key = ***: works, but a secret should be a reference such as {{env:NAME}} or"
                                + " {{file:PATH}}",
                        "target.old: no customer stores there",
                        "customers.acme.key = ***: Callvault does not read this key; did you mean customer.acme.key?");
    }

    @Test
    void no_text_form_shows_a_value_that_may_be_secret() {
        Configuration configuration = home.read(
                "customer.acme.key = hush",
                "customer.acme.targets = vault",
                "target.vault.kind = box",
                "target.vault.bucket = b",
                "target.vault.secretKey = hush",
                "callvault.ledger = jdbc:postgresql://u:hush@db/x?password=hush");

        assertThat(List.of(
                        configuration,
                        configuration.customers(),
                        configuration.targets(),
                        configuration.ledger(),
                        configuration.warnings(),
                        configuration.resolveSecrets(List.of("acme"))))
                .allSatisfy(part -> assertThat(part.toString()).doesNotContain("hush"));
    }
}
