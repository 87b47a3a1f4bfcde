// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.ended;
import static io.callvault.ledger.LedgerSamples.ids;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ledger does with what the provider told of how long it keeps things. */
interface RetentionContract extends LedgerSamples {

    @Test
    default void what_was_told_is_known_to_whoever_opens_the_ledger_next() {
        assertThat(ledger().retentions().of("acme")).isEmpty();
        done(ledger().retentions().keep("acme", Map.of("b", Duration.ofDays(30), "a", Duration.ofDays(7)), NOW));
        done(ledger().retentions().keep("other", Map.of("a", Duration.ofDays(1)), NOW));
        assertThat(another().retentions().of("acme"))
                .containsExactly(
                        new Retention("a", Duration.ofDays(7), false), new Retention("b", Duration.ofDays(30), false));
    }

    @Test
    default void only_what_is_told_differently_is_to_be_applied_again() {
        done(ledger().retentions().keep("acme", Map.of("a", Duration.ofDays(7), "b", Duration.ofDays(30)), NOW));
        done(ledger().retentions().applied("acme"));
        done(ledger().retentions().keep("acme", Map.of("a", Duration.ofDays(7)), NOW));
        assertThat(ledger().retentions().of("acme")).allMatch(Retention::isApplied);
        done(ledger().retentions().keep("acme", Map.of("a", Duration.ofDays(8)), NOW));
        assertThat(ledger().retentions().of("acme"))
                .containsExactly(
                        new Retention("a", Duration.ofDays(8), false), new Retention("b", Duration.ofDays(30), true));
    }

    @Test
    default void items_whose_loss_matters_come_page_by_page() {
        Instant old = NOW.minus(Duration.ofDays(40));
        list(
                revision(call("1", recording("1"))),
                revision(call("2", "{\"n\":2}", old, recording("2"))),
                revision(call("3", "{\"n\":3}", old, recording("3"))),
                revision(call("4", "{\"n\":4}", null, recording("4"))));
        done(ledger().itemFailed(key("2"), ended("gone", "CONTENT_MISSING", ""), 0, NOW));
        done(ledger().itemFailed(key("3"), ended("dead", "CONTENT_SHORT", ""), 0, NOW));
        Instant since = NOW.minus(Duration.ofDays(30));

        assertThat(ledger().retentions().perishable("acme", since, "", 2))
                .containsExactly(
                        new Perishable("recording/1", "calls", "1", "{\"id\":\"1\"}", NOW.minusSeconds(600).plus(Duration.ofDays(90))),
                        new Perishable("recording/3", "calls", "3", "{\"n\":3}", old.plus(Duration.ofDays(90))));
        assertThat(ledger().retentions().perishable("acme", since, "recording/3", 2))
                .containsExactly(new Perishable("recording/4", "calls", "4", "{\"n\":4}", null));
        assertThat(ledger().retentions().perishable("acme", old, "", 9)).hasSize(4);
        assertThat(ledger().retentions().perishable("other", old, "", 9)).isEmpty();
    }

    @Test
    default void another_time_of_loss_is_another_turn() {
        list(
                revision(call("1", "{\"n\":1}", NOW.minusSeconds(900), recording("1"))),
                revision(call("2", "{\"n\":2}", NOW.minusSeconds(800), recording("2"))),
                revision(call("3", "{\"n\":3}", NOW.minusSeconds(700), recording("3"))));
        Map<String, Instant> changed = new HashMap<>();
        changed.put("recording/1", null);
        changed.put("recording/3", NOW.plusSeconds(60));
        done(ledger().retentions().changeLossAt("acme", changed));

        assertThat(counts().firstLoss()).isEqualTo(NOW.plusSeconds(60));
        List<DueItem> claimed = claim();
        assertThat(ids(claimed)).containsExactly("3", "2", "1");
        assertThat(claimed.get(2).lossAt()).isNull();
    }

    @Test
    default void what_is_said_of_an_item_is_kept_once() {
        claimed("1");
        claimed("2");
        assertThat(ledger().hasMetadata(key("1"))).isFalse();
        done(ledger().keepMetadata(key("1"), "{\"id\":\"1\",\n\"duration\":1.50}", null, null, NOW));
        done(ledger().keepMetadata(key("1"), "{\"id\":\"other\"}", null, null, NOW));
        done(ledger().keepMetadata(key("2"), null, "METADATA_MISSING", "404", NOW));

        assertThat(ledger().hasMetadata(key("1"))).isTrue();
        assertThat(ledger().hasMetadata(key("2"))).isTrue();
        String begin = "{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"metadata\",\"feed\":\"calls\",\"item\":\"recording/";
        assertThat(lines("nas"))
                .containsExactly(
                        begin + "1\",\"record-id\":\"1\",\"metadata\":{\"id\":\"1\", \"duration\":1.50}}",
                        begin + "2\",\"record-id\":\"2\",\"code\":\"METADATA_MISSING\",\"evidence\":\"404\"}");
        assertThat(lines("vault")).isEqualTo(lines("nas"));
    }

    @Test
    default void of_one_kind_some_are_kept_longer_than_others() {
        list(revision(call("1", recording("1"))), revision(call("2", recording("2"))), revision(call("3", recording("3"))));
        Map<String, Instant> changed = new HashMap<>();
        changed.put("recording/2", NOW.minusSeconds(600).plus(Duration.ofDays(10)));
        changed.put("recording/3", null);
        done(ledger().retentions().changeLossAt("acme", changed));

        assertThat(ledger().reports().inflow("acme", NOW.minus(Duration.ofDays(7))))
                .containsExactlyInAnyOrder(
                        new Reports.Inflow("calls", "recording", "heavy", 1, Duration.ofDays(90).toSeconds()),
                        new Reports.Inflow("calls", "recording", "heavy", 1, Duration.ofDays(10).toSeconds()),
                        new Reports.Inflow("calls", "recording", "heavy", 1, null));
    }
}
