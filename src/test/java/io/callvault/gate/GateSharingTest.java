// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who gets what of a gate that many want, and what many gates cost. */
class GateSharingTest {

    private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
    private static final GateLimits LIMITS = new GateLimits(10, Duration.ofSeconds(60), 100);

    private final SettableClock clock = new SettableClock(NOW);
    private final HandAlarm alarm = new HandAlarm(clock);
    private final Gates gates = new Gates(clock, alarm, Runnable::run, GateWatch.NONE);
    private final Map<String, Integer> served = new TreeMap<>();

    @Test
    void customers_that_share_a_credential_get_equal_shares_whatever_is_lost_first() {
        Gate gate = gates.open(new GateKey("shared", "heavy"), LIMITS);
        for (int i = 0; i < 20; i++) {
            ask(gate, Kind.CONTENT, "urgent", NOW.plusSeconds(i));
            ask(gate, Kind.CONTENT, "patient", NOW.plusSeconds(1_000_000));
            ask(gate, Kind.CONTENT, "never", null);
        }
        alarm.advance(Duration.ofHours(1));
        assertThat(served).containsOnlyKeys("urgent", "patient", "never");
        assertThat(served.values()).allMatch(count -> count == 20);
        assertThat(order.subList(0, 30)).containsOnly("urgent", "patient", "never");
        for (String customer : List.of("urgent", "patient", "never")) {
            assertThat(order.subList(0, 30).stream().filter(customer::equals))
                    .hasSizeBetween(9, 11);
        }
    }

    @Test
    void a_customer_that_comes_late_waits_for_one_turn_only() {
        Gate gate = gates.open(new GateKey("shared", "heavy"), LIMITS);
        for (int i = 0; i < 100; i++) {
            ask(gate, Kind.CONTENT, "big", NOW);
        }
        alarm.advance(Duration.ofMinutes(2));
        int before = order.size();
        ask(gate, Kind.CONTENT, "small", null);
        alarm.advance(Duration.ofMinutes(2));
        assertThat(order.subList(before, before + 2)).contains("small");
    }

    @Test
    void neither_listing_nor_fetching_starves() {
        Gate gate = gates.open(new GateKey("lane", "heavy"), LIMITS);
        for (int i = 0; i < 400; i++) {
            ask(gate, Kind.LISTING, "acme", null);
            ask(gate, Kind.CONTENT, "acme", NOW);
        }
        alarm.advance(Duration.ofMinutes(30));
        assertThat(order).hasSizeGreaterThan(250);
        assertThat(served.get("acme")).isEqualTo(order.size());
        long listings = kinds.stream().filter(Kind.LISTING::equals).count();
        assertThat(listings).isEqualTo((order.size() + 4) / 5);
    }

    @Test
    void two_lanes_do_not_wait_for_each_other_and_one_credential_has_one_gate() {
        Gate one = gates.open(new GateKey("one", "heavy"), LIMITS);
        Gate other = gates.open(new GateKey("other", "heavy"), LIMITS);
        assertThat(gates.open(new GateKey("one", "heavy"), LIMITS)).isSameAs(one);
        CompletableFuture<Gate.Entry> refused = one.enter(Kind.CONTENT, "acme", null);
        one.answered(refused.join(), new RateAnswer(true, "heavy", 10, 0, null, null));
        assertThat(one.enter(Kind.CONTENT, "acme", null)).isNotDone();
        assertThat(other.enter(Kind.CONTENT, "acme", null)).isDone();
    }

    @Test
    void a_lane_that_is_shut_shuts_its_gates_that_are_opened_later_too() {
        Gate light = gates.open(new GateKey("lane", "light"), LIMITS);
        gates.shut("lane", NOW.plusSeconds(60));
        Gate heavy = gates.open(new GateKey("lane", "heavy"), LIMITS);
        Gate other = gates.open(new GateKey("other", "heavy"), LIMITS);
        assertThat(light.enter(Kind.LISTING, "acme", null)).isNotDone();
        assertThat(heavy.enter(Kind.LISTING, "acme", null)).isNotDone();
        assertThat(other.enter(Kind.LISTING, "acme", null)).isDone();
        alarm.advance(Duration.ofSeconds(61));
        assertThat(light.status().requests() + heavy.status().requests()).isEqualTo(2);
    }

    @Test
    void a_thousand_gates_with_ten_waiters_each_cost_no_thread() {
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<CompletableFuture<Gate.Entry>> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Gate gate = gates.open(new GateKey("lane" + i, "heavy"), LIMITS);
            for (int k = 0; k < 11; k++) {
                entries.add(gate.enter(Kind.CONTENT, "customer" + i, null));
            }
        }
        assertThat(entries.stream().filter(CompletableFuture::isDone)).hasSize(1_000);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 20);
        gates.close();
        assertThat(entries).allMatch(CompletableFuture::isDone);
    }

    private final List<String> order = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();

    /** Its answer comes a tenth of a second after it was let in. */
    private void ask(Gate gate, Kind kind, String customer, Instant lossAt) {
        gate.enter(kind, customer, lossAt).thenAccept(entry -> {
            served.merge(customer, 1, Integer::sum);
            order.add(customer);
            kinds.add(kind);
            alarm.after(Duration.ofMillis(100), () -> gate.answered(entry, RateAnswer.SILENT));
        });
    }
}
