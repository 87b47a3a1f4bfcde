// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.model.FeedPart;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was lost, told again. */
interface RebuildContract extends LedgerSamples {

    private static Rebuild.Told record(String id) {
        return new Rebuild.Told("acme", NOW, "record", "calls", id, 1, null);
    }

    private static Rebuild.Told ended(String event, String id) {
        return new Rebuild.Told("acme", NOW, event, "calls", id, null, "{\"event\":\"" + event + "\"}");
    }

    private static long listed(Rebuild rebuild, String id) {
        Rebuild.Place place = rebuild.place(record(id), 0);
        rebuild.record(record(id), revision(call(id, recording(id))));
        return place.position();
    }

    private static boolean stored(Rebuild rebuild, String id, String target, long after) {
        Plan plan = plan(id);
        return rebuild.stored(
                key(id), target, plan, new Receipt(null, plan.length(), plan.sha256(), null), NOW, after);
    }

    @Test
    default void items_are_stored_due_dead_or_gone_by_what_was_told_of_them() {
        long left = done(ledger().rebuild(rebuild -> {
            long last = 0;
            for (String id : List.of("everywhere", "half", "gone", "again", "given-up", "due")) {
                last = listed(rebuild, id);
            }
            stored(rebuild, "everywhere", "nas", last);
            stored(rebuild, "everywhere", "vault", last);
            stored(rebuild, "half", "nas", last);
            stored(rebuild, "given-up", "nas", last);
            rebuild.ended(ended("dead", "given-up"), key("given-up"), "vault", "STORE_CONFLICT", "x", 90);
            rebuild.ended(ended("gone", "gone"), key("gone"), null, "CONTENT_MISSING", "x", 91);
            rebuild.ended(ended("dead", "again"), key("again"), null, "CONTENT_SHORT", "x", 92);
            stored(rebuild, "again", "nas", 93);
            stored(rebuild, "again", "vault", 91);
            return rebuild.conclude("acme", List.of("nas", "vault"));
        }));
        assertThat(left).isEqualTo(1);
        assertThat(states()).isEqualTo(Map.of("stored", 2L, "due", 2L, "gone", 1L, "dead", 1L));
        assertThat(ledger().reports().dead("acme", DeadSelection.all()))
                .extracting(Reports.Dead::target)
                .containsExactly("vault");
        assertThat(ledger().untold("acme", 10)).isEmpty();
        assertThat(ledger().reports().newest("acme", 2)).hasSize(2);
    }

    @Test
    default void what_two_chains_tell_has_one_place_and_what_one_tells_alone_comes_behind() {
        done(ledger().rebuild(rebuild -> {
            assertThat(rebuild.isEmpty("acme")).isTrue();
            long first = rebuild.place(record("1"), 0).position();
            long second = rebuild.place(ended("gone", "1"), first).position();
            assertThat(rebuild.place(record("1"), 0)).isEqualTo(new Rebuild.Place(first, false));
            assertThat(rebuild.place(ended("gone", "1"), first)).isEqualTo(new Rebuild.Place(second, false));
            assertThat(rebuild.place(ended("gone", "1"), second).isNew())
                    .as("a second time")
                    .isTrue();
            assertThat(rebuild.isEmpty("acme")).isFalse();
            return null;
        }));
    }

    @Test
    default void nothing_is_kept_of_a_rebuild_that_fails() {
        assertThatThrownBy(() -> done(ledger().rebuild(rebuild -> {
                    listed(rebuild, "1");
                    throw new IllegalStateException("the target went away");
                })))
                .hasMessage("the target went away");
        assertThat(counts().records()).isEmpty();
        boolean isEmpty = done(ledger().rebuild(rebuild -> rebuild.isEmpty("acme")));
        assertThat(isEmpty).isTrue();
    }

    @Test
    default void an_item_that_no_record_names_is_not_stored() {
        boolean isKept = done(ledger().rebuild(rebuild -> stored(rebuild, "1", "nas", 0)));
        assertThat(isKept).isFalse();
        assertThat(counts().targets()).isEmpty();
    }

    @Test
    default void a_part_is_visible_or_not_as_was_told_last_and_what_waits_is_listed_first() {
        FeedPart hidden = new FeedPart("acme", "messages", "101");
        FeedPart seen = new FeedPart("acme", "messages", "102");
        Window waits = new Window(NOW.minusSeconds(60), NOW);
        Instant later = NOW.plusSeconds(1);
        done(ledger().rebuild(rebuild -> {
            for (FeedPart part : List.of(hidden, seen)) {
                rebuild.notVisible(part, 403, "CMN-419", "scope", waits, NOW);
            }
            rebuild.visible(seen, later);
            rebuild.visible(hidden, NOW.minusSeconds(1));
            rebuild.listed(seen, waits);
            return null;
        }));
        assertThat(ledger().reports().notVisible("acme"))
                .containsExactly(new Reports.NotVisible("messages", "101", 403, "CMN-419", "scope"));
        assertThat(ledger().openWindows(hidden)).extracting(ListingWindow::window).containsExactly(waits);
        assertThat(ledger().openWindows(seen)).isEmpty();
        assertThat(ledger().listedUntil(seen)).contains(NOW);
    }
}
