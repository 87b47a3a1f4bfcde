// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Distribution;
import io.callvault.acceptance.Outcome;
import io.callvault.acceptance.SteppedClock;
import io.callvault.acceptance.Target;
import io.callvault.acceptance.Witness;
import io.callvault.acceptance.kazoo.Deletions.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is archived of Kazoo is deleted there, or marked where the server knows the mark; each case an account of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KazooReleaseIT {

    private final SteppedClock clock = new SteppedClock();
    private final Witness witness = new Witness();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Outcome> marked = new LinkedHashMap<>();
    private KazooScene scene;
    private Row flipped;
    private Row deletedBySomebody;
    private Outcome archived;
    private Outcome dry;
    private Outcome real;
    private Outcome listed;
    private Outcome verified;
    private Outcome report;
    private Outcome status;
    private int deletionsOfTheDryRun;
    private int contentBefore;
    private Set<String> goneFirst;

    @BeforeAll
    void eight_days_go_by(@TempDir Path temporary) throws IOException {
        assumeTrue(Distribution.hasFaketime(), "needs Debian's faketime");
        scene = new KazooScene(temporary, Kazoo.dated(clock)).target("vault");
        cases();
        archived = scene.archive();
        contentBefore = contentRequests();
        clock.ahead(Duration.ofDays(8));
        scene.callvault.clockAhead(Duration.ofDays(8));
        // Without it the last listing would be so long ago that there is an alarm.
        scene.archive();
        mishaps();
        dry = scene.run("release", "--dry-run", "--json");
        deletionsOfTheDryRun = deletions(null).size();
        for (String customer : List.of("stock", "five", "patched")) {
            marked.put(customer, scene.run("release", "--customer", customer));
        }
        real = scene.run(with("release", "--json", "plain", "off", "flipped", "gone", "troubled", "shut"));
        goneFirst = goneNames();
        accounts.get("shut").switches().permit();
        listed = scene.archive();
        scene.run(with("release", "--json", "plain", "troubled"));
        verified = scene.run(with("verify", null, "plain", "off", "gone", "troubled", "patched"));
        report = scene.run(with("report", null, "plain", "off", "gone", "troubled", "patched"));
        status = scene.run("status", "--json");
    }

    @AfterAll
    void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    // --- what is set up ---------------------------------------------------------------------------------------------

    private void cases() {
        everything(customer("plain", "delete"));
        everything(customer("off", null));
        recordings(customer("flipped", "delete"), 3);
        recordings(customer("gone", "delete"), 2);
        recordings(customer("troubled", "delete"), 5);
        recordings(customer("shut", "delete"), 1);
        recordings(customer("stock", "soft-delete"), 2);
        recordings(customer("five", "soft-delete"), 2).switches().five();
        recordings(customer("patched", "soft-delete"), 3).switches().patched();
    }

    private Account customer(String id, String release) {
        Account account = scene.kazoo.account("Company " + id);
        accounts.put(id, account);
        boolean marks = "soft-delete".equals(release);
        scene.customer(id, account, marks ? "recordings" : KazooScene.ALL).set(id, "targets", "nas, vault");
        if (release != null) {
            scene.set(id, "release", release).set(id, "release.max", "100");
        }
        account.deletions().witness(rows -> witness.deletes(
                id, targets(), rows.stream().map(row -> row.blob().sha256()).toList()));
        return account;
    }

    private Account recordings(Account account, int count) {
        for (int i = 0; i < count; i++) {
            account.recording(scene.ago(Duration.ofHours(40 + 31L * i)));
        }
        return account;
    }

    private void everything(Account account) {
        recordings(account, 3);
        String box = account.box("Reception");
        for (int i = 0; i < 2; i++) {
            account.cdr(scene.ago(Duration.ofHours(50 + i)));
            account.voicemail(box, scene.ago(Duration.ofHours(60 + i)));
        }
        account.fax("inbox", scene.ago(Duration.ofHours(70)));
        account.fax("outbox", scene.ago(Duration.ofHours(71)));
    }

    private void mishaps() throws IOException {
        flipped = accounts.get("flipped").rows(Feed.RECORDINGS).get(1);
        Target vault = scene.callvault.target("vault");
        String path = Witness.storedBySum(vault, "flipped")
                .get(flipped.blob().sha256())
                .path("path")
                .asText();
        byte[] bytes = Target.read(vault.directory().resolve(path));
        bytes[bytes.length / 2] ^= 1;
        Files.delete(vault.directory().resolve(path));
        Files.write(vault.directory().resolve(path), bytes);
        deletedBySomebody = accounts.get("gone").rows(Feed.RECORDINGS).get(0).delete();
        accounts.get("troubled")
                .deletions()
                .trouble(Trouble.BEFORE, Trouble.AFTER, Trouble.CUT_AFTER, Trouble.REFUSED);
        accounts.get("shut").switches().forbid();
    }

    private List<Target> targets() {
        return List.of(scene.nas(), scene.callvault.target("vault"));
    }

    // --- what is seen -----------------------------------------------------------------------------------------------

    @Test
    void without_the_setting_nothing_is_asked_but_what_only_reads() {
        assertThat(archived.exit()).as(archived.toString()).isZero();
        assertThat(scene.kazoo.violations()).isEmpty();
        assertThat(scene.kazoo.storage().tokens()).isEmpty();
        assertThat(scene.kazoo.log(accounts.get("off"))).allMatch(asked -> asked.method().equals("GET"));
        assertThat(scene.kazoo.log())
                .allMatch(asked -> asked.method().equals("GET")
                        || asked.kind() == Asked.Kind.TOKEN
                        || asked.kind() == Asked.Kind.DELETION);
        assertThat(accounts.get("off").rows()).noneMatch(Row::isDeleted);
    }

    @Test
    void nothing_is_deleted_that_any_target_does_not_hold_or_any_journal_does_not_name() {
        assertThat(witness.looks()).isGreaterThan(10);
        assertThat(witness.complaints()).isEmpty();
    }

    @Test
    void a_dry_run_and_the_real_one_name_the_same_and_that_is_what_goes() {
        List<String> names = Witness.named(dry.json());
        assertThat(deletionsOfTheDryRun).isZero();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(of(names, "plain", "flipped", "gone"))
                .isNotEmpty()
                .isEqualTo(of(Witness.named(real.json()), "plain", "flipped", "gone"));
        assertThat(of(goneFirst, "plain", "flipped", "gone"))
                .containsExactlyInAnyOrderElementsOf(of(names, "plain", "flipped", "gone"));
    }

    @Test
    void what_has_been_stored_goes_once_and_call_detail_records_stay() {
        Account plain = accounts.get("plain");
        for (Feed feed : List.of(Feed.RECORDINGS, Feed.VOICEMAILS, Feed.FAXES)) {
            assertThat(plain.rows(feed)).as(feed.key()).isEmpty();
        }
        assertThat(plain.rows(Feed.CDRS)).hasSize(2);
        assertThat(deletions(plain)).hasSize(7).allMatch(asked -> asked.method().equals("DELETE"));
    }

    @Test
    void a_bit_that_flipped_in_one_target_keeps_its_item_and_no_other() {
        assertThat(accounts.get("flipped").rows(Feed.RECORDINGS)).containsExactly(flipped);
    }

    @Test
    void what_somebody_deleted_before_is_released_like_the_rest() {
        assertThat(accounts.get("gone").rows(Feed.RECORDINGS)).isEmpty();
        String item = Witness.storedBySum(scene.nas(), "gone")
                .get(deletedBySomebody.blob().sha256())
                .path("item")
                .asText();
        assertThat(Witness.released(scene.nas().journal("gone"))).contains(item);
    }

    @Test
    void troubles_are_waited_out_and_what_was_deleted_in_them_counts() {
        assertThat(accounts.get("troubled").rows(Feed.RECORDINGS)).isEmpty();
    }

    @Test
    void an_account_that_shows_nothing_any_more_loses_nothing_and_stops_no_other() {
        assertThat(real.exit()).as(real.toString()).isIn(3, 4);
        assertThat(accounts.get("shut").rows(Feed.RECORDINGS)).hasSize(1);
    }

    @Test
    void a_server_that_does_not_know_the_mark_is_told_of_and_nothing_is_deleted_instead() {
        for (String customer : List.of("stock", "five")) {
            Outcome outcome = marked.get(customer);
            assertThat(outcome.exit()).as(outcome.toString()).isIn(3, 4);
            assertThat(outcome.said()).containsPattern("soft[-_]delete");
            Account account = accounts.get(customer);
            assertThat(account.rows(Feed.RECORDINGS)).hasSize(2).noneMatch(Row::isHidden);
            assertThat(deletions(account)).hasSizeBetween(1, 2).allMatch(asked -> asked.method()
                    .equals("PATCH"));
        }
    }

    @Test
    void a_server_that_knows_the_mark_has_it_on_everything_stored() {
        Outcome outcome = marked.get("patched");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Account account = accounts.get("patched");
        assertThat(account.rows(Feed.RECORDINGS)).hasSize(3).allMatch(Row::isHidden);
        assertThat(deletions(account)).allMatch(asked -> asked.method().equals("PATCH"));
    }

    @Test
    void each_is_journalled_before_and_after_and_the_archive_stays_whole() {
        for (String customer : List.of("plain", "troubled", "gone", "patched")) {
            for (Target target : targets()) {
                Map<String, Long> said = target.journal(customer).events("released").stream()
                        .collect(Collectors.groupingBy(
                                event -> event.path("item").asText(), Collectors.counting()));
                Map<String, JsonNode> stored = Witness.storedBySum(target, customer);
                assertThat(said).as(customer).hasSize(stored.size());
                assertThat(said.values()).as(customer).allMatch(times -> times >= 2);
            }
        }
    }

    @Test
    void nobody_calls_it_lost_or_fetches_it_again() {
        assertThat(listed.exit()).as(listed.toString()).isIn(0, 3);
        assertThat(verified.exit()).as(verified.toString()).isZero();
        assertThat(report.exit()).as(report.toString()).isZero();
        assertThat(contentRequests()).isEqualTo(contentBefore);
        for (String customer : accounts.keySet()) {
            JsonNode items = KazooScene.of(status, customer).path("items");
            assertThat(items.path("gone").asInt()).as(customer).isZero();
            assertThat(items.path("dead").asInt()).as(customer).isZero();
        }
    }

    // --- how it is seen ---------------------------------------------------------------------------------------------

    /** @param account null for all */
    private List<Asked> deletions(Account account) {
        return (account == null ? scene.kazoo.log() : scene.kazoo.log(account))
                .stream().filter(asked -> asked.kind() == Asked.Kind.DELETION).toList();
    }

    private int contentRequests() {
        return (int) scene.kazoo.log().stream()
                .filter(asked -> asked.kind() == Asked.Kind.CONTENT)
                .count();
    }

    /** Everything that is gone by now, as the program names it. */
    private Set<String> goneNames() {
        return accounts.entrySet().stream()
                .flatMap(each -> {
                    Map<String, JsonNode> stored = Witness.storedBySum(scene.nas(), each.getKey());
                    return each.getValue().rows().stream()
                            .filter(Row::isDeleted)
                            .map(row -> each.getKey() + " "
                                    + stored.get(row.blob().sha256()).path("item").asText());
                })
                .collect(Collectors.toSet());
    }

    private static List<String> of(Collection<String> names, String... customers) {
        return names.stream()
                .filter(name -> List.of(customers).contains(name.substring(0, name.indexOf(' '))))
                .sorted()
                .toList();
    }

    /** @param option or null */
    private static String[] with(String command, String option, String... customers) {
        List<String> all = new ArrayList<>(List.of(command));
        if (option != null) {
            all.add(option);
        }
        for (String customer : customers) {
            all.addAll(List.of("--customer", customer));
        }
        return all.toArray(String[]::new);
    }
}
