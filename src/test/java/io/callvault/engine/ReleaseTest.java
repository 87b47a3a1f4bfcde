// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.release.Reason;
import io.callvault.release.Result;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import io.callvault.sandbox.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Release at RingCentral's look-alike: real engine, real routes, real directories. */
class ReleaseTest {

    @TempDir
    Path home;

    private ReleaseHouse house;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        house = new ReleaseHouse(home);
        sandbox = Sandbox.start(
                SandboxOptions.strict()
                        .withVolume(new SandboxOptions.Volume(20, 12, 6, 12, 0))
                        .withLimits(SandboxOptions.Limits.generous()),
                house.clock);
        house.keys.put("provider", "ringcentral");
        house.keys.put("server", sandbox.server().toString());
        house.keys.put("client-id", "sandbox-client");
        house.keys.put("client-secret", "sandbox-secret");
        house.keys.put("jwt", "sandbox-jwt");
        house.keys.put("release", "delete");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private List<ReceivedRequest> changes() {
        return sandbox.requests().all().stream()
                .filter(request -> !request.method().equals("GET") && !request.path().contains("/oauth/"))
                .toList();
    }

    @Test
    void what_the_dry_run_names_goes_and_the_archive_stays_whole() throws IOException {
        house.archive();
        List<String> recordings = sandbox.truth().recordings();
        house.today();

        Result rehearsal = house.rehearse();
        assertThat(changes()).isEmpty();
        assertThat(rehearsal.failure()).isNull();
        assertThat(rehearsal.items()).isNotEmpty();

        Result release = house.release();

        assertThat(release.failure()).isNull();
        assertThat(release.items()).allMatch(item -> item.outcome().equals("released"));
        assertThat(names(release)).isEqualTo(names(rehearsal));
        assertThat(names(release)).containsAll(recordings.stream().map(id -> "recording/" + id).toList());
        assertThat(sandbox.truth().recordings()).isEmpty();
        assertThat(house.binaries("nas")).hasSameSizeAs(house.binaries("vault")).hasSizeGreaterThanOrEqualTo(release.items().size());

        int before = sandbox.requests().all().size();
        assertThat(house.archive().failures()).isEmpty();
        Map<String, Long> items = house.ledger(ledger -> ledger.counts(ReleaseHouse.ACME).get(0).items());
        assertThat(items.getOrDefault("gone", 0L) + items.getOrDefault("dead", 0L)).isZero();
        assertThat(sandbox.requests().all().subList(before, sandbox.requests().all().size()))
                .noneMatch(request -> request.path().contains("/content"));
        assertThat(house.release().items()).isEmpty();

        // A ledger that is lost knows all of it again.
        house.loseLedger();
        try (Rebuilding rebuilding = Rebuilding.start(
                house.configuration(), ReleaseHouse.ACME, Files.createDirectory(home.resolve("rebuild")), house.clock)) {
            assertThat(rebuilding.rebuild("acme").findings()).isEmpty();
            assertThat(rebuilding.ledger().releases().candidates("acme", "", 1_000)).isEmpty();
        }
        house.rehearse();
        assertThat(house.release().items()).isEmpty();
        assertThat(house.archive().failures()).isEmpty();
    }

    @Test
    void nothing_goes_that_nobody_saw_in_a_dry_run_with_these_settings() {
        house.archive();
        house.today();
        assertNotRehearsed();
        house.rehearse();
        house.keys.put("release.max", "5");
        assertNotRehearsed();
        house.keys.put("targets", "nas");
        house.rehearse();
        house.keys.put("targets", "nas, vault");
        assertNotRehearsed();
        assertThat(changes()).isEmpty();

        house.rehearse();
        assertThat(house.release().items()).hasSize(5);
        assertThat(house.release().items()).hasSize(5);
    }

    private void assertNotRehearsed() {
        assertThatThrownBy(house::release)
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("--dry-run")
                .extracting("code")
                .isEqualTo(ErrorCode.RELEASE_NOT_REHEARSED);
    }

    @Test
    void what_is_altered_or_missing_at_one_target_stays_and_all_else_goes() throws IOException {
        house.archive();
        house.today();
        List<Path> there = recordings("vault");
        byte[] bytes = Files.readAllBytes(there.get(0));
        bytes[bytes.length / 2] ^= 1;
        Files.write(there.get(0), bytes);
        Files.delete(recordings("nas").get(1));
        Files.writeString(Path.of(there.get(2) + ".json"), "{}");

        Result rehearsal = house.rehearse();
        assertThat(rehearsal.findings()).hasSize(3);
        assertThat(rehearsal.isGood()).isFalse();
        Result release = house.release();

        assertThat(names(release)).isEqualTo(names(rehearsal));
        assertThat(release.kept()).containsEntry(Reason.NOT_PROVED, 3L);
        assertThat(sandbox.truth().recordings()).hasSize(3).allMatch(id -> !names(release).contains("recording/" + id));
    }

    private List<Path> recordings(String target) {
        return house.binaries(target).stream()
                .filter(file -> file.toString().contains("/calls/"))
                .toList();
    }

    @Test
    void a_message_that_is_only_to_be_deleted_is_never_purged_however_often_it_is_asked_for() {
        house.keys.put("release", "soft-delete");
        house.archive();
        house.today();
        Result rehearsal = house.rehearse();
        assertThat(rehearsal.kept()).containsKey(Reason.MODE);
        // Each answer to a deletion is lost once: nobody knows whether it was done.
        sandbox.faults().add(ServerFaults.answerLost().on(path -> path.matches(".*/message-store/[0-9]+")).withProbability(0.4, 7));

        for (int i = 0; i < 10 && !house.release().isGood(); i++) {
            assertThat(house.rehearse().failure()).isNull();
        }

        List<Long> gone = rehearsal.items().stream()
                .map(item -> Long.valueOf(item.recordId()))
                .distinct()
                .toList();
        assertThat(gone).isNotEmpty();
        Map<String, List<Truth.MessageRow>> rows = sandbox.truth().messages().stream()
                .filter(row -> gone.contains(row.id()))
                .collect(Collectors.groupingBy(Truth.MessageRow::availability));
        assertThat(rows).containsOnlyKeys("Deleted");
        assertThat(sandbox.truth().recordings()).hasSize(6);
    }

    @Test
    void a_repeated_release_of_something_gone_is_success() {
        house.archive();
        house.today();
        house.rehearse();
        sandbox.faults().add(ServerFaults.unavailable().onPath("/call-recordings"));
        Result failed = house.release();
        assertThat(failed.failure().code()).isEqualTo(ErrorCode.PROVIDER_BUSY);
        assertThat(failed.count("asked")).isEqualTo(6);
        sandbox.faults().clear();
        // As if it had been done and the answer lost.
        assertThat(sandbox.forget(sandbox.truth().recordings().get(0))).isTrue();

        Result release = house.release();

        assertThat(release.isGood()).isTrue();
        assertThat(release.count("gone")).isEqualTo(1);
        assertThat(sandbox.truth().recordings()).isEmpty();
    }

    @Test
    void without_the_permission_the_customer_is_stopped_and_told_which() {
        house.archive();
        house.today();
        house.rehearse();
        sandbox.faults().add(ServerFaults.applicationLacks("EditCallLog").onPath("/call-recordings"));

        Result release = house.release();

        assertThat(release.failure().code()).isEqualTo(ErrorCode.PERMISSION_MISSING);
        assertThat(release.failure()).hasMessageContaining("EditCallLog");
        assertThat(release.items())
                .filteredOn(item -> item.feed().equals("calls"))
                .hasSize(6)
                .allMatch(item -> item.outcome().equals("refused") && item.code().equals("PERMISSION_MISSING"));
        assertThat(sandbox.truth().recordings()).hasSize(6);
    }

    @Test
    void a_clock_that_was_set_forward_releases_nothing() {
        house.today();
        house.archive();
        house.clock.advance(Duration.ofDays(30));
        assertThat(house.rehearse().items()).isNotEmpty();

        Result release = house.release();

        assertThat(release.failure().code()).isEqualTo(ErrorCode.CLOCK_UNSURE);
        assertThat(changes()).isEmpty();
        house.today();
        assertThat(house.release().kept()).containsOnlyKeys(Reason.YOUNG);
    }

    @Test
    void a_target_that_lacks_a_journal_or_is_gone_releases_nothing() throws IOException {
        house.archive();
        house.today();
        house.rehearse();
        try (var files = Files.walk(house.target("nas").resolve("acme/journal"))) {
            Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        assertThat(house.release().failure().code()).isEqualTo(ErrorCode.RELEASE_HELD_UP);
        Files.move(house.target("vault"), house.target("lost"));
        Result release = house.release();
        assertThat(release.failure()).isNotNull();
        assertThat(changes()).isEmpty();
    }

    @Test
    void what_is_held_or_young_stays() {
        house.archive();
        house.today();
        house.keys.put("release.after", "11d");
        assertThat(house.rehearse().kept()).containsOnlyKeys(Reason.YOUNG);
        house.keys.put("release.after", "9d");
        house.keys.put("release.hold", "2000-01-01/2000-12-31, 2020-01-01/2099-12-31");
        assertThat(house.rehearse().kept()).containsOnlyKeys(Reason.HELD);
    }

    @Test
    void without_the_setting_nothing_but_reading_is_sent() {
        house.keys.remove("release");
        house.archive();
        house.archive();
        assertThat(changes()).isEmpty();
        assertThat(RouteFiles.in(house.configuration().routes(), true, false))
                .noneMatch(file -> file.getFileName().toString().contains("release"));
        assertThat(RouteFiles.in(house.configuration().routes(), false, true))
                .anyMatch(file -> file.getFileName().toString().contains("release"));
    }

    private static TreeSet<String> names(Result result) {
        return result.items().stream().map(Result.Item::item).collect(Collectors.toCollection(TreeSet::new));
    }
}
