// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ErrorCode;
import io.callvault.release.Reason;
import io.callvault.release.Result;
import io.callvault.sandbox.kazoo.KazooReply;
import io.callvault.sandbox.kazoo.KazooRequest;
import io.callvault.sandbox.kazoo.KazooSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Release at Kazoo's look-alike: real engine, real routes, real directories. */
class KazooReleaseTest {

    @TempDir
    Path home;

    private ReleaseHouse house;
    private KazooSandbox kazoo;
    private String child;

    @BeforeEach
    void open() {
        house = new ReleaseHouse(home);
        kazoo = KazooSandbox.start(house.clock);
        Instant call = house.clock.instant().minus(Duration.ofDays(1));
        child = kazoo.accounts().account("child", kazoo.top());
        for (String account : List.of(kazoo.top(), child)) {
            for (int i = 0; i < 3; i++) {
                kazoo.accounts().recording(account, "call" + i, call.plusSeconds(60 * i), call.plusSeconds(60 * i + 30));
            }
            kazoo.accounts().voicemail(account, "b0b0", "mail", call);
            kazoo.accounts().fax(account, "inbox", "in", call);
            kazoo.accounts().fax(account, "outbox", "out", call);
        }
        kazoo.accounts().cdr(kazoo.top(), "leg@203.0.113.7", call, 30);
        house.keys.put("provider", "kazoo");
        house.keys.put("server", kazoo.server().toString());
        house.keys.put("account", kazoo.top());
        house.keys.put("accounts", "descendants");
        house.keys.put("api-key", KazooSandbox.API_KEY);
        house.keys.put("release", "delete");
    }

    @AfterEach
    void close() {
        kazoo.close();
    }

    private List<KazooRequest> changes() {
        return kazoo.requests(request -> !request.method().equals("GET") && !request.isLogin());
    }

    private long left() {
        return kazoo.accounts().all().stream()
                .mapToLong(account -> kazoo.accounts().ids(account, "").size())
                .sum();
    }

    @Test
    void recordings_voicemails_and_faxes_of_all_accounts_go_and_call_records_stay() {
        house.archive();
        int archived = house.binaries("nas").size();
        assertThat(changes()).isEmpty();
        house.today();
        Result rehearsal = house.rehearse();
        assertThat(changes()).isEmpty();
        kazoo.when(request -> request.method().equals("DELETE"), 3, 2, good -> KazooReply.datastoreUnreachable());
        kazoo.when(request -> request.method().equals("DELETE"), 6, 1, good -> KazooReply.tooMany());

        Result release = house.release();

        assertThat(release.isGood()).isTrue();
        assertThat(names(release)).isEqualTo(names(rehearsal)).hasSize(12);
        assertThat(left()).isEqualTo(1);
        assertThat(changes()).allMatch(request -> request.method().equals("DELETE"));
        assertThat(house.archive().failures()).isEmpty();
        assertThat(house.binaries("nas")).hasSize(archived);
        assertThat(kazoo.requests(request -> request.isMedia() && request.method().equals("GET"))).hasSize(12);
    }

    @Test
    void a_server_that_does_not_know_soft_delete_is_found_out_and_nothing_is_changed() {
        house.keys.put("release", "soft-delete");
        house.archive();
        house.today();
        assertThat(house.rehearse().kept()).containsEntry(Reason.MODE, 6L);

        Result release = house.release();

        assertThat(release.failure().code()).isEqualTo(ErrorCode.RELEASE_NOT_KNOWN);
        assertThat(release.failure()).hasMessageContaining("soft_delete");
        assertThat(changes()).hasSize(1);
        assertThat(left()).isEqualTo(13);
    }

    @Test
    void a_patched_server_marks_recordings_one_and_then_many() {
        kazoo.patch();
        house.keys.put("release", "soft-delete");
        house.archive();
        house.today();
        house.rehearse();

        Result release = house.release();

        assertThat(release.isGood()).isTrue();
        assertThat(release.count("released")).isEqualTo(6);
        assertThat(changes().stream().map(KazooRequest::rest).filter(rest -> rest.endsWith("collection"))).hasSize(2);
        assertThat(left()).isEqualTo(13);
        assertThat(house.archive().failures()).isEmpty();
        assertThat(house.release().items()).isEmpty();
    }

    private static TreeSet<String> names(Result result) {
        return result.items().stream().map(Result.Item::item).collect(Collectors.toCollection(TreeSet::new));
    }
}
