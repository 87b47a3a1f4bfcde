// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.due;
import static io.callvault.ledger.LedgerSamples.ended;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.proof;
import static io.callvault.ledger.LedgerSamples.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.model.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ledger does with plans and receipts. */
interface StoringContract extends LedgerSamples {

    private List<DueReceipt> claimReceipts(String target, Selection selection) {
        return done(ledger().claimReceipts("acme", target, selection, 64, NOW));
    }

    @Test
    default void a_plan_gives_a_receipt_to_store_at_each_target() {
        assertThat(planned("1", "vault", "nas"))
                .containsExactly(
                        new DueReceipt(key("1"), "vault", "calls", "1", 1, null, plan("1"), 0),
                        new DueReceipt(key("1"), "nas", "calls", "1", 1, null, plan("1"), 0));
        assertThat(claimReceipts("vault", ALL)).isEmpty();
        assertThat(ledger().plannedSpoolFiles("acme")).containsExactly("1.part");
    }

    @Test
    default void an_item_is_stored_when_its_last_target_has_it() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        assertThat(done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW))).isFalse();
        assertThat(states()).isEqualTo(Map.of("fetching", 1L));
        assertThat(counts().targets())
                .containsExactly(
                        new CustomerCounts.TargetCounts("nas", 0, 1), new CustomerCounts.TargetCounts("vault", 1, 0));
        assertThat(done(ledger().stored(receipts.get(1), proof(receipts.get(1)), false, NOW))).isTrue();
        assertThat(states()).isEqualTo(Map.of("stored", 1L));
        assertThat(counts().bytes()).isEqualTo(100);
        assertThat(ledger().plannedSpoolFiles("acme")).isEmpty();
    }

    @Test
    default void what_no_target_has_or_one_is_getting_now_stays_in_the_spool() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        assertThat(ledger().spooled("acme")).isEqualTo(Map.of(key("1"), false));
        assertThat(done(ledger().evict(key("1"), NOW, 0))).isFalse();
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        assertThat(ledger().spooled("acme")).isEqualTo(Map.of(key("1"), true));
        assertThat(done(ledger().evict(key("1"), NOW, 0)))
                .as("it is on its way to nas")
                .isFalse();
        assertThat(states()).isEqualTo(Map.of("fetching", 1L));
    }

    @Test
    default void what_left_the_spool_early_is_due_again_with_its_plan_later_and_not_in_the_same_pass() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        done(ledger().giveBackReceipts(List.of(receipts.get(1))));
        assertThat(done(ledger().evict(key("1"), NOW.plusSeconds(900), 7))).isTrue();
        assertThat(states()).isEqualTo(Map.of("due", 1L));
        assertThat(claimReceipts("nas", ALL)).as("its file is not there").isEmpty();
        assertThat(done(ledger().claimItems("acme", "heavy", new Selection(null, 7, null, null), 64, NOW)))
                .isEmpty();
        assertThat(done(ledger().claimItems("acme", "heavy", Selection.due(NOW), 64, NOW)))
                .isEmpty();
        List<DueItem> later = done(
                ledger().claimItems("acme", "heavy", Selection.due(NOW.plusSeconds(900)), 64, NOW));
        assertThat(later).singleElement().satisfies(item -> assertThat(item.plan()).isEqualTo(plan("1")));
        assertThat(done(ledger().plan(key("1"), plan("1"), List.of("vault", "nas"), NOW)))
                .extracting(DueReceipt::target)
                .containsExactly("nas");
    }

    @Test
    default void stored_is_told_to_its_own_chain_alone_and_once() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        assertThat(lines("nas")).isEmpty();
        assertThat(lines("vault"))
                .containsExactly("{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"stored\",\"feed\":\"calls\","
                        + "\"item\":\"recording/1\",\"record-id\":\"1\",\"path\":\"acme/calls/1.mp3\",\"length\":100,"
                        + "\"sha256\":\"" + sha256("bytes of 1") + "\",\"type\":\"audio/mpeg\","
                        + "\"location\":\"/acme/calls/1.mp3\",\"checksum\":\"read-back:ok\"}");
    }

    @Test
    default void proof_of_other_bytes_is_refused() {
        DueReceipt receipt = planned("1", "vault").get(0);
        for (Receipt wrong : List.of(
                new Receipt("/x", 100, sha256("other"), "read-back:ok"),
                new Receipt("/x", 99, receipt.plan().sha256(), "read-back:ok"))) {
            assertThatThrownBy(() -> done(ledger().stored(receipt, wrong, false, NOW)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("recording/1 of acme at vault");
        }
        assertThat(states()).isEqualTo(Map.of("fetching", 1L));
        assertThat(lines("vault")).isEmpty();
    }

    @Test
    default void a_failed_receipt_is_claimed_again_with_its_plan_when_its_time_has_come() {
        DueReceipt receipt = planned("1", "vault").get(0);
        Instant later = NOW.plusSeconds(60);
        done(ledger().receiptFailed(receipt, due(1, later), 0, NOW));
        assertThat(ledger().nextTime("acme")).contains(later);
        assertThat(claimReceipts("vault", Selection.due(NOW))).isEmpty();
        assertThat(ledger().claimable("acme", Selection.due(later))).isEqualTo(1);
        assertThat(claimReceipts("nas", Selection.due(later))).isEmpty();
        assertThat(claimReceipts("vault", Selection.due(later)))
                .containsExactly(new DueReceipt(key("1"), "vault", "calls", "1", 1, null, plan("1"), 1));
        assertThat(ledger().claimable("acme", ALL)).isZero();
    }

    @Test
    default void the_longest_due_receipt_goes_first() {
        DueReceipt one = planned("1", "vault").get(0);
        DueReceipt two = planned("2", "vault").get(0);
        done(ledger().receiptFailed(one, due(1, NOW.plusSeconds(9)), 0, NOW));
        done(ledger().receiptFailed(two, due(1, NOW.plusSeconds(3)), 0, NOW));
        assertThat(claimReceipts("vault", ALL))
                .extracting(receipt -> receipt.item().id())
                .containsExactly("2", "1");
    }

    @Test
    default void a_pass_takes_no_receipt_twice_unless_it_was_given_back_untried() {
        long pass = done(ledger().beginPass(NOW));
        Selection taken = new Selection(null, pass, null, null);
        DueReceipt receipt = planned("1", "vault").get(0);
        done(ledger().giveBackReceipts(List.of(receipt)));
        assertThat(claimReceipts("vault", taken)).containsExactly(receipt);
        done(ledger().receiptFailed(receipt, due(1, NOW), pass, NOW));
        assertThat(claimReceipts("vault", taken)).isEmpty();
        assertThat(ledger().claimable("acme", taken)).isZero();
    }

    @Test
    default void receipts_keep_to_the_bounds_of_a_selection() {
        done(ledger().giveBackReceipts(planned("1", "vault")));
        assertThat(claimReceipts("vault", new Selection(null, 0, NOW, null))).isEmpty();
        assertThat(claimReceipts("vault", new Selection(null, 0, null, NOW))).hasSize(1);
    }

    @Test
    default void a_dead_receipt_keeps_its_item_from_being_stored() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        done(ledger().receiptFailed(receipts.get(1), ended("dead", "STORE_CONFLICT", "other bytes"), 0, NOW));
        assertThat(done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW))).isFalse();
        assertThat(states()).isEqualTo(Map.of("dead", 1L));
        assertThat(ledger().plannedSpoolFiles("acme")).containsExactly("1.part");
        assertThat(lines("nas"))
                .containsExactly("{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"dead\",\"feed\":\"calls\","
                        + "\"item\":\"recording/1\",\"record-id\":\"1\",\"target\":\"nas\","
                        + "\"code\":\"STORE_CONFLICT\",\"evidence\":\"other bytes\"}");
    }

    @Test
    default void the_first_plan_stands_when_the_same_bytes_come_again() {
        DueReceipt first = planned("1", "vault").get(0);
        done(ledger().releaseClaims());
        assertThat(claimReceipts("vault", ALL)).as("its spool file is to be proved first").isEmpty();
        assertThat(claim()).extracting(DueItem::plan).containsExactly(plan("1"));
        Plan renamed = new Plan("acme/other.mp3", 100, plan("1").sha256(), "audio/x", "2.part");
        DueReceipt again = done(ledger().plan(key("1"), renamed, List.of("vault"), NOW)).get(0);
        assertThat(again.plan())
                .isEqualTo(new Plan(first.plan().path(), 100, plan("1").sha256(), "audio/mpeg", "2.part"));
    }

    @Test
    default void other_bytes_take_their_own_name_and_leave_proved_ones_alone() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        done(ledger().releaseClaims());
        claim();
        Plan other = new Plan("acme/calls/1.mp3~12345678", 90, sha256("others"), "audio/mpeg", "2.part");
        List<DueReceipt> left = done(ledger().plan(key("1"), other, List.of("vault", "nas"), NOW));
        assertThat(left).extracting(DueReceipt::target).containsExactly("nas");
        assertThat(done(ledger().stored(left.get(0), proof(left.get(0)), false, NOW))).isTrue();
        assertThat(lines("vault")).hasSize(1).first().asString().contains("acme/calls/1.mp3\"");
        assertThat(lines("nas")).hasSize(1).first().asString().contains("acme/calls/1.mp3~12345678\"");
    }

    @Test
    default void a_target_that_is_wanted_no_more_holds_nothing_back() {
        List<DueReceipt> receipts = planned("1", "vault", "old");
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        done(ledger().releaseClaims());
        claim();
        assertThat(done(ledger().plan(key("1"), plan("1"), List.of("vault"), NOW))).isEmpty();
        assertThat(states()).isEqualTo(Map.of("stored", 1L));
    }

    @Test
    default void what_is_stored_is_untold_until_it_is_told() {
        DueReceipt receipt = planned("1", "vault").get(0);
        assertThat(ledger().untold("acme", 9)).isEmpty();
        done(ledger().stored(receipt, proof(receipt), false, NOW));
        assertThat(ledger().untold("acme", 9)).extracting(StoredItem::key).containsExactly(key("1"));
        done(ledger().told(key("1")));
        assertThat(ledger().untold("acme", 9)).isEmpty();
    }
}
