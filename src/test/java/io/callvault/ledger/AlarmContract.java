// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.ended;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.proof;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ledger knows for and of alarms. */
interface AlarmContract extends LedgerSamples {

    @Test
    default void an_alarm_is_kept_as_it_was_last_and_seen_by_another_process() {
        AlarmState first = new AlarmState("acme", "TARGET_DOWN", "nas", NOW, null, "down");
        AlarmState raised = new AlarmState("acme", "TARGET_DOWN", "nas", NOW, NOW.plusSeconds(60), "down still");
        AlarmState home = new AlarmState("", "DISK_LOW", "home", NOW.plusSeconds(1), NOW, "full");
        done(ledger().alarms().keep(List.of(first, home), List.of(), List.of()));
        done(ledger().alarms().keep(List.of(raised), List.of(), List.of()));

        assertThat(another().alarms().states()).containsExactly(raised, home);

        done(ledger().alarms().keep(List.of(), List.of(raised), List.of()));
        assertThat(ledger().alarms().states()).containsExactly(home);
    }

    @Test
    default void notices_are_numbered_in_their_order_until_they_are_sent() {
        AlarmNotice one = new AlarmNotice(0, "mail", "raised", "acme", "DEAD_ITEMS", "", "1 item\n\u0000", NOW);
        AlarmNotice other = new AlarmNotice(0, "webhook", "over", "acme", "DEAD_ITEMS", "", "1 item", NOW);
        done(ledger().alarms().keep(List.of(), List.of(), List.of(one, other)));
        done(ledger().alarms().keep(List.of(), List.of(), List.of(one)));

        List<AlarmNotice> unsent = another().alarms().unsent(9);
        assertThat(unsent).extracting(AlarmNotice::number).containsExactly(1L, 2L, 3L);
        assertThat(unsent.get(1)).isEqualTo(new AlarmNotice(2, "webhook", "over", "acme", "DEAD_ITEMS", "", "1 item", NOW));
        assertThat(ledger().alarms().unsent(2)).hasSize(2);

        done(ledger().alarms().sent(unsent.subList(0, 2)));
        assertThat(ledger().alarms().unsent(9)).containsExactly(unsent.get(2));
    }

    @Test
    default void the_facts_are_what_may_be_an_alarm() {
        assertThat(ledger().alarms().facts("acme", List.of("nas")))
                .isEqualTo(new AlarmFacts(0, Map.of(), null, null, Map.of(), List.of(), Map.of()));
        claimed("1");
        claimed("2");
        done(ledger().itemFailed(key("1"), ended("dead", "CONTENT_FORBIDDEN", "403"), 0, NOW));
        done(ledger().windowIncomplete(
                window(NOW, NOW.plusSeconds(60)).number(), "LISTING_FOREIGN_LINK", "elsewhere", NOW));
        done(ledger().stopped("acme", "CREDENTIALS_REJECTED", "refused", NOW));

        AlarmFacts facts = ledger().alarms().facts("acme", List.of("nas"));

        assertThat(facts.dead()).isEqualTo(1);
        assertThat(facts.deadCodes()).containsExactly(Map.entry("CONTENT_FORBIDDEN", 1L));
        assertThat(facts.firstLoss()).isEqualTo(NOW.minusSeconds(600).plus(Duration.ofDays(90)));
        assertThat(facts.stopped()).isEqualTo("refused [CREDENTIALS_REJECTED]");
        assertThat(facts.listedUntil()).containsExactly(Map.entry("calls", NOW));
        assertThat(facts.incomplete()).containsExactly("elsewhere [LISTING_FOREIGN_LINK]");
        assertThat(ledger().alarms().facts("other", List.of("nas")).dead()).isZero();
    }

    @Test
    default void a_target_is_troubled_while_it_refuses_what_is_due_there() {
        DueReceipt receipt = planned("1", "nas", "vault").stream()
                .filter(each -> each.target().equals("nas"))
                .findFirst()
                .orElseThrow();
        Verdict refused =
                new Verdict("due", 1, NOW.plusSeconds(60), "STORE_UNREACHABLE", "not mounted", 0, 0, null);
        done(ledger().receiptFailed(receipt, refused, 0, NOW));
        assertThat(ledger().alarms().facts("acme", List.of("nas", "vault")).troubled())
                .containsExactly(Map.entry("nas", "not mounted [STORE_UNREACHABLE]"));

        done(ledger().stored(receipt, proof(receipt), true, NOW));
        assertThat(ledger().alarms().facts("acme", List.of("nas", "vault")).troubled()).isEmpty();
    }

    @Test
    default void a_write_of_next_to_nothing_changes_nothing_else() {
        done(ledger().alarms().beat());
        done(ledger().alarms().beat());
        done(ledger().openWindow(CALLS, new io.callvault.model.Window(NOW, NOW.plusSeconds(1)), NOW));
        assertThat(another().openWindows(CALLS)).hasSize(1);
    }

    @Test
    default void what_was_stored_since_is_counted() {
        list(revision(call("9", recording("9"))));
        DueReceipt receipt = planned("1", "nas").get(0);
        done(ledger().stored(receipt, proof(receipt), true, NOW));
        assertThat(ledger().alarms().storedSince("acme", NOW)).isEqualTo(1);
        assertThat(ledger().alarms().storedSince("acme", NOW.plusMillis(1))).isZero();
    }
}
