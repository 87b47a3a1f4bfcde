// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.due;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.proof;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static io.callvault.ledger.LedgerSamples.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a ledger does with journals, gates and passes, and with many callers at once. */
interface WholeContract extends LedgerSamples {

    // --- journal ------------------------------------------------------------------------------------------------

    @Test
    default void a_record_stands_in_the_journal_as_it_came() {
        String raw = "{\n \"id\": 1.10, \"n\": 12345678901234567890.0, \"s\": \"Zoë\\u0000\"\r\n}";
        list(revision(call("1", raw, NOW)));
        assertThat(ledger().events("acme", "vault", 0, 9)).extracting(JournalEvent::line)
                .containsExactly("{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"record\",\"feed\":\"calls\","
                        + "\"id\":\"1\",\"revision\":1,\"record\":"
                        + "{  \"id\": 1.10, \"n\": 12345678901234567890.0, \"s\": \"Zoë\\u0000\"  }}");
    }

    @Test
    default void a_record_that_is_no_json_stands_in_the_journal_as_a_string() {
        list(revision(call("1", "{\"id\":\"1\"", NOW)), revision(call("2", "", NOW)), revision(call("3", "{} {}", NOW)));
        assertThat(ledger().events("acme", "vault", 0, 9))
                .extracting(event -> event.line().replaceFirst(".*\"record\":", ""))
                .containsExactly("\"{\\\"id\\\":\\\"1\\\"\"}", "\"\"}", "\"{} {}\"}");
    }

    @Test
    default void events_are_paged_in_order_without_a_gap() {
        list(IntStream.range(0, 25)
                .mapToObj(id -> revision(call(Integer.toString(id))))
                .toArray(NewRevision[]::new));
        List<Long> numbers = new ArrayList<>();
        long after = 0;
        for (List<JournalEvent> page = ledger().events("acme", "vault", 0, 10);
                !page.isEmpty();
                page = ledger().events("acme", "vault", after, 10)) {
            page.forEach(event -> numbers.add(event.number()));
            after = numbers.get(numbers.size() - 1);
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(25);
        assertThat(ledger().events("other", "vault", 0, 10)).isEmpty();
    }

    private JournalObject object(long number, String previous) {
        byte[] bytes = {1, 2, (byte) number};
        return new JournalObject(
                "acme", "vault", number, "acme/journal/" + number, sha256("" + number), previous, bytes, 10, NOW);
    }

    @Test
    default void an_object_is_fixed_before_it_is_put_and_its_bytes_go_when_it_is_published() {
        assertThat(ledger().newestObject("acme", "vault")).isEmpty();
        assertThat(ledger().isUnpublished("acme", "vault")).isFalse();
        JournalObject first = object(1, null);
        done(ledger().fixObject(first));
        assertThat(ledger().isUnpublished("acme", "vault")).isTrue();
        JournalObject found = ledger().newestObject("acme", "vault").orElseThrow();
        assertThat(found).usingRecursiveComparison().isEqualTo(first);
        done(ledger().published(first, NOW));
        done(ledger().published(first, NOW));
        assertThat(ledger().isUnpublished("acme", "vault")).isFalse();
        assertThat(ledger().newestObject("acme", "vault").orElseThrow().bytes()).isNull();
        assertThat(ledger().newestObject("acme", "nas")).isEmpty();
    }

    @Test
    default void a_chain_takes_no_object_that_does_not_follow_its_newest() {
        JournalObject first = object(1, null);
        assertThatThrownBy(() -> done(ledger().published(first, NOW))).isInstanceOf(IllegalStateException.class);
        done(ledger().fixObject(first));
        assertThatThrownBy(() -> done(ledger().fixObject(object(2, first.sha256()))))
                .as("while the newest is not published")
                .isInstanceOf(IllegalStateException.class);
        done(ledger().published(first, NOW));
        for (JournalObject wrong : List.of(object(1, null), object(3, first.sha256()), object(2, sha256("x")))) {
            assertThatThrownBy(() -> done(ledger().fixObject(wrong))).isInstanceOf(IllegalStateException.class);
        }
        done(ledger().fixObject(object(2, first.sha256())));
    }

    // --- gates and passes ---------------------------------------------------------------------------------------

    @Test
    default void a_gate_is_kept_as_it_was_last_and_never_opens_early() {
        GateRecord gate = new GateRecord("acme", "1", "heavy", 10, 60, 371, 1, NOW.plusNanos(1));
        done(ledger().keepGate(gate));
        assertThat(ledger().gates())
                .containsExactly(new GateRecord("acme", "1", "heavy", 10, 60, 371, 1, NOW.plusMillis(1)));
        GateRecord open = new GateRecord("acme", "1", "heavy", 40, 60, 372, 1, null);
        done(ledger().keepGate(open));
        assertThat(ledger().gates()).containsExactly(open);
        assertThat(counts().gates()).containsExactly(open);
    }

    @Test
    default void what_a_gate_sent_lately_is_kept_and_never_counted_early() {
        List<GateRecord.Sent> sent = List.of(new GateRecord.Sent(NOW.plusNanos(1), 32), new GateRecord.Sent(null, 8));
        GateRecord.Pace pace = new GateRecord.Pace("heavy-plus", true, true, NOW, sent);
        done(ledger().keepGate(new GateRecord("acme", "1", "heavy", 40, 60, 371, 1, null, pace)));
        assertThat(another().gates()).singleElement().satisfies(gate -> {
            assertThat(gate.pace().reportedAs()).isEqualTo("heavy-plus");
            assertThat(gate.pace().isLearned()).isTrue();
            assertThat(gate.pace().isClean()).isTrue();
            assertThat(gate.pace().keptAt()).isEqualTo(NOW);
            assertThat(gate.pace().sent())
                    .containsExactly(new GateRecord.Sent(NOW.plusMillis(1), 32), new GateRecord.Sent(null, 8));
        });
    }

    @Test
    default void passes_are_numbered_upwards_over_a_restart() {
        long first = done(ledger().beginPass(NOW));
        assertThat(first).isPositive();
        assertThat(done(another().beginPass(NOW))).isGreaterThan(first);
    }

    @Test
    default void claims_of_an_unclean_stop_are_due_again() {
        planned("1", "vault");
        done(another().releaseClaims());
        assertThat(states()).isEqualTo(Map.of("due", 1L));
        claim();
        assertThat(done(ledger().plan(key("1"), plan("1"), List.of("vault"), NOW))).hasSize(1);
    }

    @Test
    default void what_stopped_a_customer_is_shown_until_it_is_cleared() {
        done(ledger().stopped("acme", "CREDENTIALS_REJECTED", "The token was refused.", NOW));
        done(ledger().stopped("acme", "CREDENTIALS_REJECTED", "Refused again. [CREDENTIALS_REJECTED]", NOW));
        assertThat(counts().stopped()).isEqualTo("Refused again. [CREDENTIALS_REJECTED]");
        done(ledger().stopped("acme", null, null, NOW));
        assertThat(counts().stopped()).isNull();
    }

    @Test
    default void counts_say_what_is_oldest_and_what_is_lost_first() {
        list(revision(call("1", recording("1"))), revision(call("2", "{}", null, recording("2"))));
        CustomerCounts counts = counts();
        assertThat(counts.oldestUnstored()).isEqualTo(NOW.minusSeconds(600));
        assertThat(counts.firstLoss()).isEqualTo(NOW.minusSeconds(600).plus(Duration.ofDays(90)));
        assertThat(ledger().counts(List.of("none", "acme")))
                .extracting(CustomerCounts::customer)
                .containsExactly("none", "acme");
        assertThat(ledger().counts(List.of("none")).get(0).firstLoss()).isNull();
    }

    @Test
    default void an_item_without_a_plan_is_pending_at_every_target() {
        planned("1", "vault");
        list(revision(call("2", recording("2"))));
        assertThat(counts().targets()).containsExactly(new CustomerCounts.TargetCounts("vault", 0, 2));
    }

    // --- group commit -------------------------------------------------------------------------------------------

    @Test
    default void a_result_is_seen_by_others_once_it_is_reported() {
        Ledger other = another();
        for (int i = 0; i < 50; i++) {
            String id = Integer.toString(i);
            list(revision(call(id)));
            assertThat(other.raw("acme", "calls", id, 1)).isNotEmpty();
        }
    }

    @Test
    default void only_the_guilty_operation_of_a_group_fails() {
        List<CompletableFuture<Long>> good = new ArrayList<>();
        List<CompletableFuture<Void>> guilty = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            good.add(ledger().beginPass(NOW));
            if (i % 10 == 5) {
                guilty.add(ledger().itemFailed(key("unknown"), due(1, NOW), 0, NOW));
            }
        }
        assertThat(good).allSatisfy(future -> assertThat(done(future)).isPositive());
        assertThat(good.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
        assertThat(guilty).allSatisfy(future -> assertThatThrownBy(future::join).isNotNull());
    }

    @Test
    default void sixteen_threads_claim_each_item_once() throws InterruptedException {
        list(IntStream.range(0, 500)
                .mapToObj(id -> revision(call("" + id, recording("" + id))))
                .toArray(NewRevision[]::new));
        List<DueItem> claimed = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(new Thread(() -> {
                List<DueItem> some;
                do {
                    some = done(ledger().claimItems("acme", "heavy", ALL, 7, NOW));
                    claimed.addAll(some);
                    for (DueItem item : some) {
                        DueReceipt receipt = done(ledger().plan(
                                        item.key(), plan(item.key().id()), List.of("vault"), NOW))
                                .get(0);
                        assertThat(done(ledger().stored(receipt, proof(receipt), false, NOW))).isTrue();
                    }
                } while (!some.isEmpty());
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(claimed).hasSize(500);
        assertThat(new HashSet<>(claimed)).hasSize(500);
        assertThat(states()).isEqualTo(Map.of("stored", 500L));
        assertThat(lines("vault")).hasSize(500);
    }

    @Test
    default void closing_finishes_what_is_queued_even_when_interrupted() {
        Ledger other = another();
        List<CompletableFuture<Long>> queued =
                IntStream.range(0, 2000).mapToObj(i -> other.beginPass(NOW)).toList();
        Thread.currentThread().interrupt();
        other.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(queued).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        assertThatThrownBy(() -> done(other.beginPass(NOW))).isInstanceOf(IllegalStateException.class);
        other.close();
    }
}
