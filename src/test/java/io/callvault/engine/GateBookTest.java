// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.flow.Customer;
import io.callvault.gate.Gate;
import io.callvault.gate.GateKey;
import io.callvault.gate.GateLimits;
import io.callvault.gate.GateMemory;
import io.callvault.gate.GateStatus;
import io.callvault.gate.Gates;
import io.callvault.gate.Kind;
import io.callvault.gate.RateAnswer;
import io.callvault.ledger.GateRecord;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.provider.Lane;
import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates over a restart, with a real ledger between two processes. */
class GateBookTest {

    private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
    private static final GateKey KEY = new GateKey("server/app/user", "heavy");
    private static final GateLimits LIMITS = new GateLimits(10, Duration.ofSeconds(60), 100);

    private final SettableClock clock = new SettableClock(NOW);
    private final HandAlarm alarm = new HandAlarm(clock);

    @TempDir
    Path folder;

    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledgers.open("jdbc:sqlite:" + folder.resolve("ledger.db"), clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_two_customers_sent_through_one_gate_is_found_again_once() {
        Process first = new Process();
        first.send("acme", 3, new RateAnswer(false, "heavy", 40, 37, Duration.ofSeconds(60), null));
        first.send("bolt", 2, new RateAnswer(false, "heavy", 40, 35, Duration.ofSeconds(60), null));
        assertThat(ledger.gates()).extracting(GateRecord::customer).containsExactly("acme", "bolt");
        Process second = new Process();
        assertThat(second.gate().status().limit()).isEqualTo(40);
        assertThat(second.gate().status().requests()).isEqualTo(5);
        assertThat(second.gate().status().used()).isEqualTo(5);
    }

    @Test
    void a_process_that_ends_well_says_so_and_the_next_one_takes_it_back_at_once() {
        Process first = new Process();
        first.send("acme", 1, RateAnswer.SILENT);
        assertThat(pace().isClean()).isFalse();
        first.book.keepAll(first.gates, true);
        assertThat(pace().isClean()).isTrue();
        Process second = new Process();
        assertThat(second.gate().memory().isWindowKnown()).isTrue();
        assertThat(pace().isClean()).isFalse();
        Process third = new Process();
        assertThat(third.gate().memory().isWindowKnown())
                .as("the second was killed")
                .isFalse();
    }

    @Test
    void what_has_not_changed_is_not_written_again() {
        Process first = new Process();
        first.send("acme", 1, new RateAnswer(false, "heavy", 40, 39, Duration.ofSeconds(60), null));
        clock.set(NOW.plusSeconds(120));
        first.book.keepAll(first.gates, false);
        assertThat(pace().keptAt()).as("the window has emptied").isEqualTo(NOW.plusSeconds(120));
        clock.set(NOW.plusSeconds(180));
        first.book.keepAll(first.gates, false);
        assertThat(pace().keptAt()).as("nothing is new").isEqualTo(NOW.plusSeconds(120));
        first.send("acme", 1, new RateAnswer(false, "heavy", 40, 39, Duration.ofSeconds(60), null));
        first.book.keepAll(first.gates, false);
        assertThat(pace().keptAt()).isEqualTo(NOW.plusSeconds(180));
        assertThat(new Process().gate().status().requests()).isEqualTo(2);
    }

    @Test
    void the_end_is_written_though_nothing_else_is_new() {
        Process first = new Process();
        first.send("acme", 1, RateAnswer.SILENT);
        clock.set(NOW.plusSeconds(120));
        first.book.keepAll(first.gates, false);
        clock.set(NOW.plusSeconds(180));
        first.book.keepAll(first.gates, true);
        assertThat(pace().isClean()).isTrue();
        assertThat(pace().keptAt()).isEqualTo(NOW.plusSeconds(180));
    }

    @Test
    void a_penalty_is_in_the_ledger_before_the_answer_is_used() {
        Process first = new Process();
        first.send("acme", 1, new RateAnswer(true, "heavy", 10, 0, Duration.ofSeconds(60), Duration.ofSeconds(30)));
        assertThat(ledger.gates().get(0).closedUntil()).isEqualTo(NOW.plusSeconds(32));
        assertThat(new Process().gate().status().closedUntil()).isEqualTo(NOW.plusSeconds(32));
        clock.set(NOW.minus(Duration.ofHours(3)));
        assertThat(new Process().gate().status().closedUntil())
                .as("never longer than it was to be")
                .isEqualTo(clock.instant().plusSeconds(32));
    }

    @Test
    void what_an_engine_before_knew_goes_to_whoever_has_the_lane_now() {
        Process first = new Process();
        first.send("acme", 4, new RateAnswer(false, "heavy", 40, 36, Duration.ofSeconds(60), null));
        first.book.keepAll(first.gates, true);
        Map<GateKey, GateMemory> inherited = Map.of(KEY, first.gate().memory());
        GateBook book = new GateBook(ledger, clock);
        book.add(customer("acme-of-another-name"));
        Gates gates = new Gates(clock, alarm, Runnable::run, book);
        book.resume(gates, (provider, group) -> new GateLimits(10, Duration.ofSeconds(60), 50), inherited);
        GateStatus status = gates.open(KEY, LIMITS).status();
        assertThat(status.used()).isEqualTo(4);
        assertThat(status.limit()).as("as learned").isEqualTo(40);
        assertThat(status.share()).as("as configured now").isEqualTo(50);
        Gates without = new Gates(clock, alarm, Runnable::run, new GateBook(ledger, clock));
        new GateBook(ledger, clock).resume(without, (provider, group) -> LIMITS, inherited);
        assertThat(without.all()).as("of a lane that nobody has any more").isEmpty();
    }

    private static Customer customer(String id) {
        List<Lane> lanes = List.of(new Lane(id, "1", KEY.lane()));
        return new Customer(
                id, "ringcentral", null, lanes, List.of(), List.of(), null, null, ZoneOffset.UTC, NOW, null);
    }

    private GateRecord.Pace pace() {
        return ledger.gates().get(0).pace();
    }

    /** As one start of the program has it. */
    private final class Process {

        private final GateBook book = new GateBook(ledger, clock);
        private final Gates gates = new Gates(clock, alarm, Runnable::run, book);

        Process() {
            for (String id : List.of("acme", "bolt")) {
                book.add(customer(id));
            }
            book.resume(gates, (provider, group) -> LIMITS, Map.of());
        }

        Gate gate() {
            return gates.open(KEY, LIMITS);
        }

        void send(String customer, int requests, RateAnswer answer) {
            for (int i = 0; i < requests; i++) {
                gate().answered(gate().enter(Kind.CONTENT, customer, null).join(), answer);
            }
        }
    }
}
