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
    void what_the_dry_run_names_goes_and_the_archive_stays_whole() {
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
    }

    private static TreeSet<String> names(Result result) {
        return result.items().stream().map(Result.Item::item).collect(Collectors.toCollection(TreeSet::new));
    }
}
