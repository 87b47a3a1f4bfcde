// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Deletions.Trouble;
import io.callvault.acceptance.RateGroups.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is archived is deleted at the provider, when that is wanted and safe, and nothing else is.
 *
 * <p>Each case is a customer of its own, and they go through the same days together: an archive, a first time too early,
 * eight days later with this and that changed, seventeen days later. The days pass in one step, on the clock of the
 * program's processes and on the provider's, which its answers' Date tells. Whatever is to be deleted, a witness looks
 * first whether every target holds it and every journal says so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseIT {

    private static final String EXCLUDED = "700800903";

    private final SteppedClock clock = new SteppedClock();
    private final Witness witness = new Witness();
    private final Map<String, Company> companies = new LinkedHashMap<>();
    private final Map<String, List<Media>> expected = new LinkedHashMap<>();
    private Scene scene;
    private Media flipped;
    private Message text;
    private List<Media> excluded;
    private Media late;

    private Outcome archived;
    private Outcome checked;
    private Outcome untried;
    private Outcome early;
    private Outcome dry;
    private Outcome otherwise;
    private Outcome real;
    private Outcome listed;
    private Outcome verified;
    private Outcome report;
    private Outcome status;
    private int deletionsBeforeTheirTime;
    private int deletionsOfTheDryRun;
    private int deletionsBeforeTheKill;
    private int contentBefore;
    private final Map<String, List<Integer>> goneAfter = new LinkedHashMap<>();
    private Set<String> namesOfWhatWent;

    @BeforeAll
    void days_go_by(@TempDir Path temporary) throws Exception {
        assumeTrue(Distribution.hasFaketime(), "needs Debian's faketime");
        scene = new Scene(temporary, "calls, messages", Lookalike.dated(clock));
        scene.settings.fileTarget("vault").fileTarget("bare");
        cases();
        archived = scene.archive();
        contentBefore = contentRequests();
        tooEarly();
        later(Duration.ofDays(8));
        // Without it the last listing would be so long ago that there is an alarm.
        scene.archive();
        mishaps();
        dry = scene.run("release", "--dry-run", "--json");
        deletionsOfTheDryRun = deletions();
        otherwise();
        killed();
        scene.lookalike.groups().limit(Group.HEAVY, 1_000_000, Duration.ofSeconds(60), Duration.ofSeconds(1));
        scene.lookalike.groups().storm(Group.HEAVY, 1);
        real = scene.run("release", "--json");
        remember();
        namesOfWhatWent = names();
        listed = scene.archive();
        scene.run("release");
        remember();
        later(Duration.ofDays(17));
        late = companies.get("plain").recording();
        companies.get("plain")
                .call(scene.now.plus(Duration.ofDays(17)).minus(Duration.ofHours(20)))
                .recorded(late);
        scene.archive();
        scene.run("release");
        remember();
        String[] clean = {"--customer", "plain", "--customer", "capped", "--customer", "added", "--customer", "killed",
            "--customer", "troubled", "--customer", "acme"};
        verified = scene.run(with("verify", clean));
        report = scene.run(with("report", clean));
        status = scene.run("status", "--json");
        // The machine's clock alone says that the last recording has been stored for long.
        scene.callvault.clockAhead(Duration.ofDays(60));
        scene.run("release", "--customer", "plain");
    }

    @AfterAll
    void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    // --- what is set up ---------------------------------------------------------------------------------------------

    private void cases() {
        scene.acme.permitDeleting();
        scene.recordedCalls(2);
        text = everything("plain").message("700800900", Message.Type.SMS, scene.ago(Duration.ofDays(3))).saying("On my way");
        Media shared = companies.get("plain").recording();
        companies.get("plain").call(scene.ago(Duration.ofDays(6))).recorded(shared);
        companies.get("plain").call(scene.ago(Duration.ofDays(6))).recorded(shared).outbound();
        expected.get("plain").add(shared);
        expected.put("capped", scene.recordedCalls(customer("capped"), 5));
        scene.settings.set("customer.capped.release.max", "2");
        everything("flipped");
        everything("bare");
        scene.settings.set("customer.bare.targets", "nas, bare");
        expected.put("added", scene.recordedCalls(customer("added"), 2));
        scene.settings.set("customer.added.targets", "nas");
        everything("killed");
        everything("troubled");
        scene.recordedCalls(customer("poor", false), 2);
        List<Media> held = scene.recordedCalls(customer("held"), 2);
        expected.put("held", held.subList(0, 1));
        // One is a day old and the other half a month.
        scene.settings.set(
                "customer.held.release.hold",
                LocalDate.ofInstant(scene.ago(Duration.ofDays(18)), ZoneOffset.UTC) + "/"
                        + LocalDate.ofInstant(scene.ago(Duration.ofDays(13)), ZoneOffset.UTC));
        everything("excluded").extension(EXCLUDED, "User");
        Media recording = companies.get("excluded").recording();
        companies.get("excluded").call(scene.ago(Duration.ofDays(4))).recorded(recording).of(EXCLUDED);
        Media voicemail = companies.get("excluded").attachment(Media.Kind.MP3, 7_000);
        companies.get("excluded")
                .message(EXCLUDED, Message.Type.VoiceMail, scene.ago(Duration.ofDays(4)))
                .attach(9_001, "AudioRecording", voicemail);
        excluded = List.of(recording, voicemail);
    }

    /** A customer whose recordings and messages are to be deleted at the provider, and may be. */
    private Company customer(String id) {
        return customer(id, true);
    }

    private Company customer(String id, boolean mayDelete) {
        Company company = scene.customer(id, scene.lookalike, "calls, messages");
        if (mayDelete) {
            company.permitDeleting();
        }
        scene.settings
                .set("customer." + id + ".targets", "nas, vault")
                .set("customer." + id + ".release", "delete")
                .set("customer." + id + ".release.max", "100");
        company.deletions().witness(media -> witness.deletes(id, targets(id), sums(media)));
        companies.put(id, company);
        return company;
    }

    /** The same with two recordings, a fax and a voicemail of two parts. */
    private Company everything(String id) {
        Company company = customer(id);
        List<Media> items = new ArrayList<>(scene.recordedCalls(company, 2));
        Media fax = company.attachment(Media.Kind.PDF, 6_000);
        Media voice = company.attachment(Media.Kind.MP3, 8_000);
        Media transcript = company.attachment(Media.Kind.TEXT, 0);
        company.message("700800900", Message.Type.Fax, scene.ago(Duration.ofDays(5))).attach(1, "RenderedDocument", fax);
        company.message("700800900", Message.Type.VoiceMail, scene.ago(Duration.ofDays(7)))
                .attach(9_001, "AudioRecording", voice)
                .attach(9_002, "AudioTranscription", transcript);
        items.addAll(List.of(fax, voice, transcript));
        expected.put(id, items);
        return company;
    }

    private List<Target> targets(String customer) {
        return List.of(scene.nas(), scene.callvault.target(customer.equals("bare") ? "bare" : "vault"));
    }

    private void tooEarly() {
        checked = scene.run("check", "--customer", "acme", "--customer", "poor");
        untried = scene.run("release", "--customer", "plain");
        early = scene.run("release", "--dry-run", "--json");
        scene.run("release");
        deletionsBeforeTheirTime = deletions();
    }

    private void later(Duration days) {
        clock.ahead(days);
        scene.callvault.clockAhead(days);
    }

    private void mishaps() throws IOException {
        flipped = expected.get("flipped").get(4);
        Path file = scene.callvault
                .target("vault")
                .directory()
                .resolve(Witness.storedBySum(scene.callvault.target("vault"), "flipped")
                        .get(flipped.sha256())
                        .path("path")
                        .asText());
        byte[] bytes = Target.read(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
        for (Path lost : Target.files(scene.callvault.target("bare").directory())) {
            Files.delete(lost);
        }
        scene.settings.set("customer.added.targets", "nas, vault");
        scene.settings.set("customer.excluded.exclude", "extension:" + EXCLUDED);
        companies.get("troubled").deletions().trouble(Trouble.BEFORE, Trouble.AFTER, Trouble.CUT_AFTER);
    }

    /** With other settings than those of the dry run. */
    private void otherwise() {
        scene.settings.set("customer.capped.release.max", "3");
        otherwise = scene.run("release", "--customer", "capped");
        scene.settings.set("customer.capped.release.max", "2");
    }

    /** At its second deletion, which the provider does all the same. */
    private void killed() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(2);
        scene.lookalike.onRequest(seen -> {
            if (seen.kind() == Seen.Kind.DELETION && left.decrementAndGet() == 0) {
                second.countDown();
                TwoAtOnceIT.await(over);
            }
        });
        int before = deletions();
        try (Running run = scene.start("release", "--customer", "killed")) {
            second.await(Distribution.LIMIT.toSeconds(), TimeUnit.SECONDS);
            run.kill();
        } finally {
            over.countDown();
            scene.lookalike.onRequest(seen -> {});
        }
        deletionsBeforeTheKill = deletions() - before;
    }

    private void remember() {
        companies.forEach((customer, company) -> goneAfter
                .computeIfAbsent(customer, key -> new ArrayList<>())
                .add(gone(customer).size()));
    }

    // --- what is seen -----------------------------------------------------------------------------------------------

    @Test
    void without_the_setting_nothing_is_asked_but_what_only_reads() {
        assertThat(archived.exit()).as(archived.toString()).isZero();
        assertThat(scene.acme.deletions().gone()).isEmpty();
        assertThat(scene.lookalike.violations()).isEmpty();
        assertThat(scene.lookalike.groups().intoPenalty()).isZero();
        assertThat(scene.lookalike.log())
                .allMatch(seen -> seen.method().equals("GET")
                        || seen.kind() == Seen.Kind.TOKEN
                        || seen.kind() == Seen.Kind.DELETION);
    }

    @Test
    void nothing_is_deleted_that_any_target_does_not_hold_or_any_journal_does_not_name() {
        assertThat(witness.looks()).isGreaterThan(10);
        assertThat(witness.complaints()).isEmpty();
    }

    @Test
    void a_check_names_the_permissions_it_takes_and_deletes_nothing() {
        assertThat(checked.out()).contains("EditCallLog").contains("EditMessages");
        assertThat(checked.exit()).as(checked.toString()).isEqualTo(4);
        assertThat(real.exit()).as(real.toString()).isEqualTo(4);
        assertThat(gone("poor")).isEmpty();
    }

    @Test
    void the_first_time_needs_a_dry_run_with_the_same_settings() {
        assertThat(untried.exit()).as(untried.toString()).isEqualTo(2);
        assertThat(untried.said()).contains("--dry-run");
        assertThat(otherwise.exit()).as(otherwise.toString()).isEqualTo(2);
        assertThat(otherwise.said()).contains("--dry-run");
    }

    @Test
    void nothing_goes_before_its_time_and_a_dry_run_deletes_nothing() {
        assertThat(Witness.named(early.json())).isEmpty();
        assertThat(deletionsBeforeTheirTime).isZero();
        assertThat(deletionsOfTheDryRun).isZero();
    }

    @Test
    void a_dry_run_and_the_real_one_name_the_same_and_that_is_what_goes() {
        List<String> names = Witness.named(dry.json());
        assertThat(names).doesNotHaveDuplicates();
        // Of the killed one some were gone by then, the troubled one may take longer, and the poor one is not let.
        assertThat(settled(names)).isNotEmpty().isEqualTo(settled(Witness.named(real.json())));
        assertThat(settled(namesOfWhatWent)).containsExactlyInAnyOrderElementsOf(settled(names));
    }

    @Test
    void everything_that_is_proved_goes_and_what_no_item_belongs_to_stays() {
        List<Media> all = new ArrayList<>(expected.get("plain"));
        assertThat(gone("plain")).isEqualTo(sums(all));
        assertThat(companies.get("plain").deletions().gone()).doesNotHaveDuplicates();
        assertThat(text.json().path("availability").asText()).isEqualTo("Alive");
    }

    @Test
    void no_more_go_in_a_run_than_the_cap_says_and_the_next_goes_on() {
        assertThat(goneAfter.get("capped")).containsExactly(2, 4, 5);
        assertThat(gone("capped")).isEqualTo(sums(expected.get("capped")));
    }

    @Test
    void a_bit_that_flipped_in_one_target_keeps_its_item_and_no_other() {
        List<Media> others = new ArrayList<>(expected.get("flipped"));
        // The message goes or stays as a whole, so the other part stays too.
        others.removeAll(List.of(flipped, expected.get("flipped").get(3)));
        assertThat(gone("flipped")).isEqualTo(sums(others));
        assertThat(flipped.isGone()).isFalse();
    }

    @Test
    void from_a_target_that_was_emptied_nothing_is_taken_for_proved() {
        assertThat(gone("bare")).isEmpty();
    }

    @Test
    void a_target_added_later_keeps_everything_until_it_has_it() {
        assertThat(goneAfter.get("added").get(0)).isZero();
        assertThat(listed.exit()).as(listed.toString()).isIn(0, 3);
        assertThat(gone("added")).isEqualTo(sums(expected.get("added")));
    }

    @Test
    void what_is_excluded_or_held_stays() {
        assertThat(gone("held")).isEqualTo(sums(expected.get("held")));
        assertThat(gone("excluded")).isEqualTo(sums(expected.get("excluded")));
        assertThat(excluded).noneMatch(Media::isGone);
    }

    @Test
    void a_release_that_was_killed_is_gone_on_with() {
        assertThat(deletionsBeforeTheKill).isEqualTo(2);
        assertThat(goneAfter.get("killed").get(0)).isEqualTo(5);
        assertThat(gone("killed")).isEqualTo(sums(expected.get("killed")));
    }

    @Test
    void what_a_troubled_provider_deleted_is_not_taken_for_a_failure_for_ever() {
        assertThat(goneAfter.get("troubled").get(1)).isEqualTo(5);
        assertThat(witness.complaints()).isEmpty();
    }

    @Test
    void a_clock_that_was_put_forward_ages_nothing() {
        assertThat(late.isGone()).isFalse();
        assertThat(goneAfter.get("plain").get(2)).isEqualTo(expected.get("plain").size());
    }

    @Test
    void each_is_journalled_before_and_after_and_the_archive_stays_whole() {
        for (String customer : List.of("plain", "capped", "added", "killed", "troubled")) {
            for (Target target : targets(customer)) {
                Map<String, Long> said = target.journal(customer).events("released").stream()
                        .collect(Collectors.groupingBy(
                                event -> event.path("item").asText(), Collectors.counting()));
                assertThat(said.keySet()).as(customer).isEqualTo(items(customer, gone(customer)));
                assertThat(said.values()).as(customer).allMatch(times -> times >= 2);
                Proof.journalMatchesObjects(target, customer);
            }
        }
    }

    @Test
    void nobody_calls_it_lost_or_fetches_it_again() {
        assertThat(verified.exit()).as(verified.toString()).isZero();
        assertThat(report.exit()).as(report.toString()).isZero();
        assertThat(contentRequests()).as("and the one that came later").isEqualTo(contentBefore + 1);
        for (JsonNode customer : status.json().path("customers")) {
            String id = customer.path("customer").asText();
            JsonNode items = customer.path("items");
            assertThat(items.path("gone").asInt()).as(id).isZero();
            assertThat(items.path("dead").asInt()).as(id).isZero();
            if (List.of("capped", "added", "killed", "troubled").contains(id)) {
                assertThat(items.path("stored").asInt()).as(id).isEqualTo(expected.get(id).size());
            }
        }
    }

    // --- how it is seen ---------------------------------------------------------------------------------------------

    private int deletions() {
        return (int) scene.lookalike.log().stream()
                .filter(seen -> seen.kind() == Seen.Kind.DELETION)
                .count();
    }

    private int contentRequests() {
        return (int) scene.lookalike.log().stream()
                .filter(seen -> seen.kind() == Seen.Kind.CONTENT)
                .count();
    }

    /** SHA-256 of what is gone at the provider. */
    private Set<String> gone(String customer) {
        return sums(companies.get(customer).deletions().gone());
    }

    private static Set<String> sums(Collection<Media> media) {
        return media.stream().map(Media::sha256).collect(Collectors.toSet());
    }

    /** What the journal calls these. */
    private Set<String> items(String customer, Set<String> sums) {
        Map<String, JsonNode> stored = Witness.storedBySum(scene.nas(), customer);
        return sums.stream().map(sum -> stored.get(sum).path("item").asText()).collect(Collectors.toSet());
    }

    /** Everything that is gone by now, as the program names it. */
    private Set<String> names() {
        return companies.keySet().stream()
                .flatMap(customer -> items(customer, gone(customer)).stream().map(item -> customer + " " + item))
                .collect(Collectors.toSet());
    }

    private static List<String> settled(Collection<String> names) {
        return names.stream()
                .filter(name -> !List.of("killed", "troubled", "poor").contains(name.substring(0, name.indexOf(' '))))
                .sorted()
                .toList();
    }

    private static String[] with(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
