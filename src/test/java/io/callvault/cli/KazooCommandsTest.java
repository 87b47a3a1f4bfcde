// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import io.callvault.sandbox.kazoo.KazooAccounts;
import io.callvault.sandbox.kazoo.KazooReply;
import io.callvault.sandbox.kazoo.KazooSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a customer at Kazoo. */
class KazooCommandsTest {

    private static final int SUB_ACCOUNTS = 20;

    private final KazooSandbox sandbox = KazooSandbox.start(Clock.systemUTC());
    private final Instant yesterday = Clock.systemUTC().instant().minus(Duration.ofDays(1));
    private final List<String> below = new ArrayList<>();

    @TempDir
    Path folder;

    private Path configuration;

    @BeforeEach
    void fill() throws IOException {
        fill(sandbox.top(), "top");
        for (int i = 0; i < SUB_ACCOUNTS; i++) {
            below.add(sandbox.accounts().account("sub" + i, sandbox.top()));
            fill(below.get(i), "s" + i);
        }
        configuration = folder.resolve("application.properties");
        configure("customer.acme.api-key = " + KazooSandbox.API_KEY);
    }

    /** Two recordings, a call detail record, a voicemail, a fax. */
    private void fill(String account, String name) {
        KazooAccounts accounts = sandbox.accounts();
        accounts.recording(account, name + "a", yesterday, yesterday.plusSeconds(9));
        accounts.recording(account, name + "b", yesterday.plusSeconds(9), yesterday.plusSeconds(20));
        accounts.cdr(account, name + "@203.0.113.7", yesterday, 9);
        accounts.voicemail(account, KazooAccounts.hex("box"), "v" + name, yesterday);
        accounts.fax(account, "inbox", "f" + name, yesterday);
    }

    private void configure(String... lines) throws IOException {
        Files.writeString(
                configuration,
                """
                callvault.routes = %s
                callvault.console.port = 0
                customer.acme.provider = kazoo
                customer.acme.server = %s
                customer.acme.account = %s
                customer.acme.since = 5d
                customer.acme.targets = nas
                target.nas.kind = file
                target.nas.directory = nas
                gate.kazoo.api.limit = 100000
                """
                                .formatted(Path.of("routes").toAbsolutePath(), sandbox.server(), sandbox.top())
                        + String.join("\n", lines) + "\n");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_dry_run_where_there_is_nothing_to_fetch_says_so() throws IOException {
        configure("customer.acme.api-key = " + KazooSandbox.API_KEY, "customer.acme.feeds = cdrs");
        assertThat(run("archive").exit()).isZero();

        Said said = run("archive", "--dry-run");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out()).isEqualTo(String.format("acme: 0 items due; at the present budget this takes about 0 min 0 s%n"));
    }

    @Test
    void of_a_reseller_with_twenty_accounts_one_forbidden_and_one_without_a_module_all_else_is_complete() throws IOException {
        String forbidden = below.get(3);
        String without = below.get(11);
        sandbox.when(one -> forbidden.equals(one.account()), KazooReply.forbidden());
        sandbox.when(
                one -> without.equals(one.account()) && one.rest().startsWith("recordings"), KazooReply.badIdentifier());
        configure("customer.acme.api-key = " + KazooSandbox.API_KEY, "customer.acme.accounts = children");

        Said archived = run("archive");
        assertThat(archived.exit()).as(archived.toString()).isEqualTo(3);

        Said said = run("report", "--json");
        assertThat(said.exit()).isEqualTo(3);
        JsonNode acme = ExactJson.MAPPER.readTree(said.out()).path("customers").path(0);
        assertThat(acme.path("gaps")).as("listings that wait for the two").hasSize(5).allSatisfy(gap -> assertThat(
                        gap.path("item").asText())
                .startsWith("listing ")
                .containsAnyOf(forbidden, without));
        List<String> hidden = new ArrayList<>();
        acme.path("not-visible").forEach(each -> {
            hidden.add(each.path("extension").asText());
            assertThat(each.path("reason").asText())
                    .contains(each.path("status").asInt() == 403 ? "credentials" : "start_module cb_recordings");
        });
        assertThat(hidden).contains(forbidden, without).containsOnly(forbidden, without);
        long stored = 0;
        List<String> shown = new ArrayList<>();
        for (JsonNode day : acme.path("days")) {
            stored += day.path("stored").path("nas").asLong();
            assertThat(day.path("items").asLong()).isEqualTo(day.path("stored").path("nas").asLong());
            shown.add(day.path("extension").asText());
        }
        assertThat(stored).isEqualTo(4 * (SUB_ACCOUNTS + 1) - 4 - 2);
        assertThat(shown).contains(sandbox.top(), without, below.get(0)).doesNotContain(forbidden);
        assertThat(run("report").out()).contains(forbidden, without);
    }

    @Test
    void a_ledger_is_rebuilt_with_every_account_in_its_place() throws IOException {
        configure(
                "customer.acme.api-key = " + KazooSandbox.API_KEY,
                "customer.acme.accounts = descendants",
                "customer.acme.path = {customer}/{extension}/{feed}/{id}.{ext}");
        assertThat(run("archive").exit()).isZero();
        String before = run("report", "--json").out();
        Files.move(folder.resolve("data"), folder.resolve("lost"));

        assertThat(run("rebuild").exit()).isZero();

        assertThat(run("report", "--json").out()).isEqualTo(before);
        assertThat(run("verify").exit()).isZero();
        long asked = sandbox.requests(one -> one.isMedia()).size();
        assertThat(run("archive").exit()).isZero();
        assertThat(sandbox.requests(one -> one.isMedia())).hasSize((int) asked);
    }

    @Test
    void a_check_signs_in_and_tries_the_account_and_each_module() {
        sandbox.when(one -> one.rest().equals("recordings"), KazooReply.badIdentifier());

        Said said = run("check");

        assertThat(said.exit()).as(said.toString()).isEqualTo(4);
        assertThat(said.out())
                .contains("is signed in and may see account " + sandbox.top() + ", list its cdrs, list its voicemails, list its faxes")
                .contains("FAIL acme: Tried to list its recordings")
                .contains("sup crossbar_maintenance start_module cb_recordings");
        sandbox.heal();
        assertThat(run("check").exit()).isZero();
    }

    @Test
    void a_check_says_that_a_key_is_refused_without_the_key() throws IOException {
        String wrong = "e".repeat(64);
        configure("customer.acme.api-key = " + wrong);

        Said said = run("check");

        assertThat(said.exit()).isEqualTo(4);
        assertThat(said.out()).contains("Check api-key").doesNotContain(wrong);
    }

    @Test
    void mistakes_in_keys_are_told_all_at_once() throws IOException {
        configure("customer.acme.accounts = childen", "customer.acme.username = ann", "customer.acme.users = Ann");

        Said said = run("archive");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("customer.acme.accounts = childen: must be self, children, descendants or ids of accounts")
                .contains("customer.acme.users = Ann: must be the id of a user, 32 hexadecimal digits")
                .contains("customer.acme.password: is missing; set api-key, or username, password and account-name")
                .contains("customer.acme.account-name: is missing");
        configure("customer.acme.api-key = x", "customer.acme.password = y");
        assertThat(run("archive").err())
                .contains("customer.acme.password = ***: does not go together with api-key");
        configure();
        assertThat(run("archive").err()).contains("customer.acme.api-key: is missing; set api-key, or username");
    }

    private record Said(int exit, String out, String err) {}

    private Said run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, "--config", configuration.toString()));
        line.addAll(List.of(arguments));
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int exit = Callvault.execute(line.toArray(String[]::new));
            return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }
}
