// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.due;
import static io.callvault.ledger.LedgerSamples.ended;
import static io.callvault.ledger.LedgerSamples.ids;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.proof;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.model.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ledger does with items that are to be fetched. */
interface FetchingContract extends LedgerSamples {

    private void listAt(String id, Instant startedAt) {
        list(revision(call(id, "{\"id\":\"" + id + "\"}", startedAt, recording(id))));
    }

    private List<String> claim(Selection selection) {
        return ids(done(ledger().claimItems("acme", "heavy", selection, 64, NOW)));
    }

    @Test
    default void items_are_claimed_first_to_be_lost_first_and_those_never_lost_last() {
        list(revision(call("never", "{}", null, recording("never"))));
        listAt("young", NOW.minusSeconds(10));
        listAt("old", NOW.minus(Duration.ofDays(80)));
        assertThat(done(ledger().claimItems("acme", "heavy", ALL, 2, NOW)))
                .extracting(item -> item.key().id())
                .containsExactly("old", "young");
        assertThat(claim(ALL)).containsExactly("never");
        assertThat(claim(ALL)).isEmpty();
        assertThat(states()).isEqualTo(Map.of("fetching", 3L));
    }

    @Test
    default void a_claimed_item_brings_all_that_a_download_needs() {
        listAt("1", NOW.minusSeconds(600));
        assertThat(claim())
                .containsExactly(new DueItem(
                        key("1"),
                        "calls",
                        "1",
                        1,
                        "{\"id\":\"1\"}",
                        "recording",
                        "https://media/1",
                        "audio/mpeg",
                        100L,
                        "heavy",
                        NOW.minusSeconds(600),
                        NOW.minusSeconds(600).plus(Duration.ofDays(90)),
                        0,
                        0,
                        null,
                        new Parties("101", "inbound", "+1555", "Ann", "+1666", null),
                        null));
    }

    @Test
    default void a_later_revision_of_its_record_says_nothing_of_who_took_part() {
        listAt("1", NOW.minusSeconds(600));
        list(revision(call("1", "{\"id\":\"1\",\"more\":1}", NOW.minusSeconds(600), recording("1"))));
        assertThat(done(ledger().claimItems("acme", "heavy", ALL, 64, NOW)))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.raw()).isEqualTo("{\"id\":\"1\"}");
                    assertThat(item.parties()).isNull();
                });
    }

    @Test
    default void another_group_or_customer_claims_nothing() {
        listAt("1", NOW);
        assertThat(done(ledger().claimItems("acme", "light", ALL, 64, NOW))).isEmpty();
        assertThat(done(ledger().claimItems("other", "heavy", ALL, 64, NOW))).isEmpty();
    }

    @Test
    default void a_failed_item_is_claimed_again_when_its_time_has_come() {
        Instant later = NOW.plus(Duration.ofMinutes(5));
        claimed("1");
        done(ledger().itemFailed(key("1"), due(2, later), 0, NOW));
        assertThat(claim(Selection.due(later.minusMillis(1)))).isEmpty();
        assertThat(ledger().nextTime("acme")).contains(later);
        assertThat(ledger().claimable("acme", Selection.due(NOW))).isZero();
        assertThat(ledger().claimable("acme", Selection.due(later))).isEqualTo(1);
        DueItem again = done(ledger().claimItems("acme", "heavy", Selection.due(later), 64, later))
                .get(0);
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(ledger().nextTime("acme")).isEmpty();
    }

    @Test
    default void a_next_time_is_never_rounded_to_before_it() {
        Instant later = NOW.plusNanos(1_000_001);
        claimed("1");
        done(ledger().itemFailed(key("1"), due(1, later), 0, NOW));
        assertThat(ledger().nextTime("acme")).contains(NOW.plusMillis(2));
    }

    @Test
    default void a_pass_takes_what_is_not_due_yet_and_nothing_twice() {
        claimed("1");
        done(ledger().itemFailed(key("1"), due(1, NOW.plusSeconds(60)), 0, NOW));
        long pass = done(ledger().beginPass(NOW));
        Selection taken = new Selection(null, pass, null, null);
        assertThat(claim(taken)).containsExactly("1");
        done(ledger().itemFailed(key("1"), due(2, NOW.plusSeconds(60)), pass, NOW));
        assertThat(ledger().claimable("acme", taken)).isZero();
        assertThat(claim(taken)).isEmpty();
        assertThat(claim(new Selection(null, done(ledger().beginPass(NOW)), null, null)))
                .containsExactly("1");
    }

    @Test
    default void what_is_given_back_untried_is_claimed_again_in_the_same_pass() {
        long pass = done(ledger().beginPass(NOW));
        Selection taken = new Selection(null, pass, null, null);
        listAt("1", NOW);
        claim(taken);
        done(ledger().giveBack(List.of(key("1"))));
        assertThat(states()).isEqualTo(Map.of("due", 1L));
        assertThat(claim(taken)).containsExactly("1");
    }

    @Test
    default void giving_back_changes_neither_attempts_nor_the_next_time() {
        claimed("1");
        done(ledger().itemFailed(key("1"), due(3, NOW.plusSeconds(60)), 0, NOW));
        claim(ALL);
        done(ledger().giveBack(List.of(key("1"))));
        assertThat(ledger().nextTime("acme")).contains(NOW.plusSeconds(60));
        assertThat(claim().get(0).attempts()).isEqualTo(3);
    }

    @Test
    default void a_selection_keeps_to_its_bounds() {
        listAt("before", NOW.minusSeconds(10));
        listAt("first", NOW);
        listAt("last", NOW.plusSeconds(10).minusMillis(1));
        listAt("after", NOW.plusSeconds(10));
        Selection bounds = new Selection(null, 0, NOW, NOW.plusSeconds(10));
        assertThat(ledger().claimable("acme", bounds)).isEqualTo(2);
        assertThat(claim(bounds)).containsExactly("first", "last");
    }

    @Test
    default void what_is_announced_and_not_ready_waits_with_its_evidence() {
        claimed("1");
        Instant since = NOW.minusSeconds(30);
        done(ledger().itemFailed(
                        key("1"),
                        new Verdict("waiting", 0, NOW.plusSeconds(9), "CONTENT_MISSING", "404", 404, 2, since),
                        0,
                        NOW));
        assertThat(states()).isEqualTo(Map.of("waiting", 1L));
        assertThat(lines("vault")).isEmpty();
        DueItem item = claim().get(0);
        assertThat(item.missing()).isEqualTo(2);
        assertThat(item.missingSince()).isEqualTo(since);
    }

    @Test
    default void the_ends_of_an_item_are_told_to_every_chain_once() {
        claimed("1");
        done(ledger().itemFailed(key("1"), ended("gone", "CONTENT_MISSING", "404 \"no\"\nmore"), 0, NOW));
        done(ledger().itemFailed(key("1"), ended("gone", "CONTENT_MISSING", "404"), 0, NOW));
        assertThat(states()).isEqualTo(Map.of("gone", 1L));
        assertThat(lines("vault"))
                .containsExactly("{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"gone\",\"feed\":\"calls\","
                        + "\"item\":\"recording/1\",\"record-id\":\"1\",\"code\":\"CONTENT_MISSING\","
                        + "\"evidence\":\"404 \\\"no\\\"\\nmore\"}")
                .isEqualTo(lines("nas"));
        assertThat(claim()).isEmpty();
    }

    @Test
    default void a_late_failure_does_not_undo_proof() {
        DueReceipt receipt = planned("1", "vault").get(0);
        done(ledger().stored(receipt, proof(receipt), false, NOW));
        done(ledger().itemFailed(key("1"), ended("dead", "CONTENT_SHORT", "short"), 0, NOW));
        assertThat(states()).isEqualTo(Map.of("stored", 1L));
    }

    @Test
    default void an_item_nobody_listed_cannot_fail_or_be_planned() {
        assertThatThrownBy(() -> done(ledger().itemFailed(key("1"), due(1, NOW), 0, NOW)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("recording/1 of acme");
        assertThatThrownBy(() -> done(ledger().plan(key("1"), plan("1"), List.of("vault"), NOW)))
                .isInstanceOf(IllegalStateException.class);
    }
}
