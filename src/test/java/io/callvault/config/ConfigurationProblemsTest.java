// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake and the sentence it leads to; @ stands for the directory of the configuration file. */
class ConfigurationProblemsTest {

    @TempDir
    Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("callvault.consle.port = 1", "callvault.consle.port = ***: nothing reads this key; did you mean callvault.console.port?"),
                mistake("callvault.spool.max = 20", "callvault.spool.max = 20: must be a size such as 512KB, 16MB or 2GB"),
                mistake("callvault.zzzzzz = 1", "callvault.zzzzzz = ***: nothing reads this key; known here: console.host, console.port, home, ledger, log.format, log.mask-numbers, observe.token, routes, spool.max, traces.endpoint, traces.share, traces.token"),
                mistake("callvault.home =", "callvault.home = : is empty; must be a path"),
                mistake("callvault.home = a # b", "callvault.home = a # b: contains \" #\"; comments stand on lines of their own"),
                mistake("callvault.home = a\ncallvault.home = b", "callvault.home: is set in the lines 6, 7; keep one"),
                mistake("callvault.home = \\uZZZZ", "application.properties, line 6: has a broken \\u escape; write \\\\ for a backslash"),
                mistake("callvault.routes = elsewhere", "callvault.routes = elsewhere: there is no directory @/elsewhere"),
                mistake("callvault.console.port = 65536", "callvault.console.port = 65536: must be a whole number from 0 to 65535, 0 for off"),
                mistake("callvault.console.port = {{env:NOT_THERE}}", "callvault.console.port = {{env:NOT_THERE}}: the environment variable NOT_THERE is not set"),
                mistake("callvault.console.host = 0.0.0.0", "callvault.console.host = 0.0.0.0: others than this machine could reach the console, and it would ask nobody for a password: set callvault.console.user.<name>.password, or 127.0.0.1, or callvault.console.port = 0"),
                mistake("callvault.console.user.ann.password = geheim", "callvault.console.user.ann.password = ***: must be a bcrypt hash, as htpasswd -nB writes it behind the name, or a reference to one"),
                mistake("callvault.console.user.ann.customers = acme", "callvault.console.user.ann.password: is missing; must be a bcrypt hash, as htpasswd -nB writes it behind the name, or a reference to one"),
                mistake("callvault.console.host = a b", "callvault.console.host = a b: must be a host name or an IP address"),
                mistake("callvault.ledger = jdbc:mysql://me:hush@h/x?password=hush", "callvault.ledger = jdbc:mysql://***@h/x?***: must be jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE"),
                mistake("callvault.ledger = jdbc:sqlite::memory:", "callvault.ledger = jdbc:sqlite::memory:: must be jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE"),
                mistake("customer.acme = x", "customer.acme = ***: nothing reads this key; a key is customer.<name>.<key>"),
                mistake("customer.Acme.since = 9d\ncustomer.Acme.path = x", "customer.Acme: is no name for a customer: lower-case letters, digits and hyphens, at most 63"),
                mistake("customer.acme.provider = -", "customer.acme.provider: is missing; must be one of voipco"),
                mistake("customer.acme.provider = voipc", "customer.acme.provider = voipc: must be one of voipco (did you mean voipco?)"),
                mistake("customer.acme.feeds = calls, txts", "customer.acme.feeds = calls, txts: must be one of calls, texts; several are separated by commas (did you mean texts?)"),
                mistake("customer.acme.feeds = calls,,texts", "customer.acme.feeds = calls,,texts: must be one of calls, texts; several are separated by commas"),
                mistake("customer.acme.schedule = 0 0/15 * * *", "customer.acme.schedule = 0 0/15 * * *: must be a Quartz cron expression such as 0 0/15 * * * ? (seconds, minutes, hours, day, month, weekday) (Unexpected end of expression.)"),
                mistake("customer.acme.since = soon", "customer.acme.since = soon: must be a duration such as 90d, a date such as 2026-01-31 or an instant such as 2026-01-31T08:00:00Z"),
                mistake("customer.acme.since = 2026-02-30", "customer.acme.since = 2026-02-30: must be a duration such as 90d, a date such as 2026-01-31 or an instant such as 2026-01-31T08:00:00Z"),
                mistake("customer.acme.look-back = 36", "customer.acme.look-back = 36: must be a duration such as 60s, 15m, 36h or 90d"),
                mistake("customer.acme.look-back = 0h", "customer.acme.look-back = 0h: must be a duration such as 60s, 15m, 36h or 90d"),
                mistake("customer.acme.lookBack = 36h", "customer.acme.lookBack = ***: nothing reads this key; did you mean customer.acme.look-back?"),
                mistake("customer.acme.time-zone = America/NewYork", "customer.acme.time-zone = America/NewYork: must be a time zone such as UTC or America/New_York (did you mean America/New_York?)"),
                mistake("customer.acme.targets = -", "customer.acme.targets: is missing; must be one of nas; several are separated by commas"),
                mistake("customer.acme.targets = nsa", "customer.acme.targets = nsa: must be one of nas; several are separated by commas (did you mean nas?)"),
                mistake("customer.acme.key = -", "customer.acme.key: is missing; must be a secret, best a reference such as {{env:NAME}} or {{file:PATH}}; several are separated by commas"),
                mistake("customer.acme.kye = hush", "customer.acme.kye = ***: nothing reads this key; did you mean customer.acme.key?"),
                mistake("customer.acme.key = hush # hush", "customer.acme.key = ***: contains \" #\"; comments stand on lines of their own"),
                mistake("customer.acme.key = hush,,hush", "customer.acme.key = ***: must be a secret, best a reference such as {{env:NAME}} or {{file:PATH}}; several are separated by commas"),
                mistake("customer.acme.server = http://api.voipco.example", "customer.acme.server = http://api.voipco.example: must be an address such as https://host or https://host:8443, without path, user or query; plain http for this machine only"),
                mistake("customer.acme.server = https://me:hush@h", "customer.acme.server = https://***@h: must be an address such as https://host or https://host:8443, without path, user or query; plain http for this machine only"),
                mistake("customer.acme.server = https://h/v1", "customer.acme.server = https://h/v1: must be an address such as https://host or https://host:8443, without path, user or query; plain http for this machine only"),
                mistake("customer.acme.server = http://localhost.evil.example", "customer.acme.server = http://localhost.evil.example: must be an address such as https://host or https://host:8443, without path, user or query; plain http for this machine only"),
                mistake("customer.acme.extras = yes", "customer.acme.extras = yes: must be true or false"),
                mistake("customer.acme.pages = many", "customer.acme.pages = many: must be a whole number"),
                mistake("customer.acme.patience = 3", "customer.acme.patience = 3: must be a duration such as 60s, 15m, 36h or 90d"),
                mistake("customer.acme.largest = 3 apples", "customer.acme.largest = 3 apples: must be a size such as 512KB, 16MB or 2GB"),
                mistake("target.nas.kind = -", "target.nas.kind: is missing; must be one of box, disk"),
                mistake("target.nas.kind = dsik", "target.nas.kind = dsik: must be one of box, disk (did you mean disk?)"),
                mistake("target.nas.directory = -", "target.nas.directory: is missing; must be a path"),
                mistake("target.nas.folder = x", "target.nas.folder = ***: nothing reads this key; known here: directory, kind"),
                mistake("target.vault.kind = box\ntarget.vault.bucket = b\ntarget.vault.secretkey = hush", "target.vault.secretkey = ***: nothing reads this key; did you mean target.vault.secretKey?"),
                mistake("target.vault.kind = box\ntarget.vault.bucket = b\ntarget.vault.storageClass = CLOD", "target.vault.storageClass = CLOD: must be one of STANDARD, COLD (did you mean COLD?)"),
                mistake("target.vault.kind = box\ntarget.vault.bucket = b\ntarget.vault.partSize = x\ntarget.vault.pathStyle = 1", "target.vault.partSize = x: must be a whole number", "target.vault.pathStyle = 1: must be true or false"),
                mistake("target.vault.kind = box\ntarget.vault.bucket = b\ntarget.vault.door = http://h.example\ntarget.vault.rest = 3\ntarget.vault.largest = 3", "target.vault.door = http://h.example: must be an address such as https://host or https://host:8443, without path, user or query; plain http for this machine only", "target.vault.rest = 3: must be a duration such as 60s, 15m, 36h or 90d", "target.vault.largest = 3: must be a size such as 512KB, 16MB or 2GB"),
                mistake("gate.voipco.slow.limit = 0", "gate.voipco.slow.limit = 0: must be a whole number from 1 to 1000000"),
                mistake("gate.voipco.slow.window = 60", "gate.voipco.slow.window = 60: must be a duration such as 60s, 15m, 36h or 90d"),
                mistake("gate.voipco.slow.share = 101%", "gate.voipco.slow.share = 101%: must be a percentage from 1% to 100%"),
                mistake("gate.voipco.solw.limit = 3", "gate.voipco.solw.limit = 3: nothing reads this key; did you mean gate.voipco.slow.limit?"),
                mistake("gate.voipco.slow.limmit = 3", "gate.voipco.slow.limmit = ***: nothing reads this key; did you mean gate.voipco.slow.limit?"),
                mistake("gate.other.x.limit = 3", "gate.other.x.limit = 3: nothing reads this key; the gates are voipco.slow, voipco.quick"));
    }

    private static Arguments mistake(String lines, String... sentences) {
        return Arguments.of(lines, List.of(sentences));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void says_what_is_wrong(String lines, List<String> sentences) {
        List<String> told = new ConfigurationHome(directory).problems(lines.split("\n"));

        assertThat(told)
                .containsExactlyElementsOf(sentences.stream()
                        .map(sentence -> sentence.replace("@/", directory + "/"))
                        .toList())
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void finds_nothing_wrong_with_a_good_file() {
        assertThat(new ConfigurationHome(directory).problems()).isEmpty();
    }

    @Test
    void tells_all_at_once() {
        assertThat(new ConfigurationHome(directory)
                        .problems(
                                "callvault.console.port = x",
                                "target.nas.directory = -",
                                "customer.acme.since = x",
                                "customer.beta.provider = voipco",
                                "gate.voipco.slow.share = x"))
                .extracting(line -> line.split("[ :]", 2)[0])
                .containsExactly(
                        "callvault.console.port",
                        "target.nas.directory",
                        "customer.acme.since",
                        "customer.beta.targets",
                        "customer.beta.key",
                        "gate.voipco.slow.share");
    }

    @Test
    void names_a_file_that_is_not_there() {
        assertThat(ConfigurationHome.problemsOf(
                        () -> new ConfigurationReader(null).read(directory.resolve("missing.properties"))))
                .containsExactly(directory.resolve("missing.properties")
                        + ": there is no such file; name one with --config, or have one written by callvault init");
    }

    @Test
    void refuses_a_file_that_is_not_utf_8() throws Exception {
        Path file = Files.write(directory.resolve("latin.properties"), new byte[] {'a', '=', (byte) 0xfc});

        assertThat(ConfigurationHome.problemsOf(() -> new ConfigurationReader(null).read(file)))
                .containsExactly(file + ": is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void names_no_target_when_there_is_none() {
        assertThat(new ConfigurationHome(directory).problems("target.nas.kind = -", "target.nas.directory = -"))
                .containsExactly("customer.acme.targets = nas: must be one of those that are declared, and none is");
    }

    @Test
    void does_not_judge_keys_by_a_declaration_that_cannot_be_read() {
        ConfigurationHome home = new ConfigurationHome(directory);
        Path file = home.write("routes/voipco/provider.yaml", "provider: [\n");

        assertThat(home.problems("gate.voipco.slow.limit = 3"))
                .singleElement()
                .asString()
                .startsWith(file + ": is not YAML: ");
    }
}
