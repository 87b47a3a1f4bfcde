// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resellers, whose one key opens many accounts: one takes all of twenty below it, one the level below, one a few by name.
 * The first is not let into one of them, and another keeps no recordings.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KazooResellerIT {

    private KazooScene scene;
    private Account reseller;
    private Account forbidden;
    private Account withoutModule;
    private Account parent;
    private Account grandchild;
    private Account chooser;
    private final List<Account> chosen = new ArrayList<>();
    private Outcome first;
    private Outcome report;
    private Outcome status;
    private Map<String, Set<String>> storedFirst;
    private int requestsOfFirst;
    private Outcome second;
    private Outcome secondReport;

    @BeforeAll
    void archive(@TempDir Path temporary) {
        scene = new KazooScene(temporary);
        aResellerOfTwenty();
        oneWithAGrandchild();
        oneWhoChooses();
        first = scene.archive();
        requestsOfFirst = scene.kazoo.requests();
        report = scene.run("report", "--json");
        status = scene.run("status", "--json");
        storedFirst = Map.of("all", Proofs.sums(scene.nas(), "all"));
        forbidden.switches().permit();
        withoutModule.switches().start(Feed.RECORDINGS);
        second = scene.archive();
        secondReport = scene.run("report", "--json");
    }

    private void aResellerOfTwenty() {
        reseller = filled(scene.kazoo.account("Reseller"));
        reseller.switches().mostRows(5);
        for (int i = 0; i < 14; i++) {
            filled(scene.kazoo.account("Customer " + (char) ('A' + i), reseller));
        }
        // Of one name, so that a page may end between them: the key to the next page is the name.
        for (int i = 0; i < 3; i++) {
            filled(scene.kazoo.account("Customer G", reseller));
        }
        Account middle = reseller.children().get(4);
        for (int i = 0; i < 3; i++) {
            filled(scene.kazoo.account("Branch " + i, middle));
        }
        assertThat(reseller.descendants()).hasSize(20);
        forbidden = reseller.children().get(2);
        forbidden.switches().forbid();
        withoutModule = reseller.children().get(9);
        withoutModule.switches().stop(Feed.RECORDINGS);
        scene.customer("all", reseller, KazooScene.ALL).set("all", "accounts", "descendants");
    }

    private void oneWithAGrandchild() {
        parent = filled(scene.kazoo.account("Parent"));
        Account child = filled(scene.kazoo.account("Child", parent));
        grandchild = filled(scene.kazoo.account("Grandchild", child));
        scene.customer("near", parent, "recordings, cdrs").set("near", "accounts", "children");
    }

    private void oneWhoChooses() {
        chooser = filled(scene.kazoo.account("Chooser"));
        for (int i = 0; i < 3; i++) {
            chosen.add(filled(scene.kazoo.account("Choice " + i, chooser)));
        }
        filled(chosen.remove(1));
        scene.customer("some", chooser, "recordings, cdrs")
                .set("some", "accounts", chosen.get(0).id() + ", " + chosen.get(1).id());
    }

    private Account filled(Account account) {
        account.recording(scene.ago(Duration.ofDays(2)));
        account.cdr(scene.ago(Duration.ofDays(2)));
        account.voicemail(account.box("1000"), scene.ago(Duration.ofDays(3)));
        account.fax("inbox", scene.ago(Duration.ofDays(4)));
        return account;
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void everything_that_may_be_seen_is_complete_and_the_archive_ends_with_three() {
        assertThat(first.exit()).as(first.toString()).isEqualTo(3);
        Set<String> expected = new HashSet<>();
        for (Account account : accounts()) {
            for (Row row : account.rows()) {
                boolean hidden = account == forbidden || account == withoutModule && row.feed() == Feed.RECORDINGS;
                if (row.blob() != null && !hidden) {
                    expected.add(row.blob().sha256());
                }
            }
        }
        assertThat(storedFirst.get("all")).isEqualTo(expected);
        assertThat(KazooScene.of(status, "all").path("items").path("stored").asInt()).isEqualTo(expected.size());
    }

    @Test
    void the_forbidden_account_and_the_one_without_its_module_are_named_and_no_other() {
        assertThat(report.exit()).as(report.toString()).isEqualTo(3);
        JsonNode all = KazooScene.of(report, "all");
        assertThat(all.path("complete").asBoolean()).isFalse();
        Set<Account> named = new HashSet<>();
        for (JsonNode each : all.path("not-visible")) {
            Account account = accounts().stream()
                    .filter(one -> each.toString().contains(one.id()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("names no account: " + each));
            assertThat(each.path("status").asInt()).as(each.toString()).isEqualTo(account == forbidden ? 403 : 404);
            assertThat(each.path("reason").asText()).isNotBlank();
            named.add(account);
        }
        assertThat(named).containsExactlyInAnyOrder(forbidden, withoutModule);
        assertThat(KazooScene.of(status, "all").path("not-visible").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(first.said()).contains(forbidden.id(), withoutModule.id());
    }

    @Test
    void customers_who_see_everything_are_complete() {
        for (String customer : List.of("near", "some")) {
            assertThat(KazooScene.of(report, customer).path("complete").asBoolean()).as(customer).isTrue();
            assertThat(KazooScene.of(report, customer).path("not-visible")).isEmpty();
        }
    }

    @Test
    void children_are_the_account_and_the_level_below() {
        List<Row> expected = new ArrayList<>(parent.rows(Feed.RECORDINGS));
        expected.addAll(parent.children().get(0).rows(Feed.RECORDINGS));
        Proofs.storedExactlyOnce(scene.nas(), "near", expected);
        assertThat(scene.kazoo.log(grandchild)).isEmpty();
    }

    @Test
    void accounts_by_id_are_these_alone() {
        List<Row> expected = new ArrayList<>();
        chosen.forEach(account -> expected.addAll(account.rows(Feed.RECORDINGS)));
        Proofs.storedExactlyOnce(scene.nas(), "some", expected);
        chooser.children().stream()
                .filter(account -> !chosen.contains(account))
                .forEach(account -> assertThat(scene.kazoo.log(account)).isEmpty());
    }

    @Test
    void when_the_doors_are_opened_what_is_behind_them_is_archived_too() {
        assertThat(second.exit()).as(second.toString()).isZero();
        List<Row> everything = new ArrayList<>();
        accounts().forEach(account -> account.rows().stream()
                .filter(row -> row.blob() != null)
                .forEach(everything::add));
        Proofs.storedExactlyOnce(scene.nas(), "all", everything);
        for (Account account : accounts()) {
            Proofs.journalHolds(scene.nas(), "all", Feed.CDRS, account.rows(Feed.CDRS));
        }
        assertThat(secondReport.exit()).as(secondReport.toString()).isZero();
        assertThat(KazooScene.of(secondReport, "all").path("not-visible")).isEmpty();
    }

    @Test
    void each_item_costs_one_request_however_often_the_accounts_are_listed() {
        for (Account account : accounts()) {
            for (Row row : account.rows()) {
                assertThat(scene.kazoo.contentRequests(row))
                        .as(row.toString())
                        .isEqualTo(row.blob() == null ? 0 : 1);
            }
        }
        assertThat(scene.kazoo.logSince(requestsOfFirst))
                .filteredOn(asked -> asked.kind() == Asked.Kind.CONTENT)
                .allMatch(asked -> asked.account().equals(forbidden.id())
                        || asked.account().equals(withoutModule.id()));
    }

    @Test
    void one_token_opens_all_accounts_and_nobody_is_asked_too_fast() {
        Proofs.goodManners(scene.kazoo);
        assertThat(scene.kazoo.tokens().issued(reseller)).isBetween(1, 2);
        assertThat(reseller.descendants()).allMatch(account -> scene.kazoo.tokens().issued(account) == 0);
        assertThat(scene.kazoo.buckets().refused()).isZero();
        Proofs.secretsAreNowhere(scene);
    }

    /** All that the first customer has to do with. */
    private List<Account> accounts() {
        List<Account> accounts = new ArrayList<>(reseller.descendants());
        accounts.add(reseller);
        return accounts;
    }
}
