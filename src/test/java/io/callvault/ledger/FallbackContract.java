// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.revision;
import static io.callvault.ledger.LedgerSamples.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.model.FeedPart;
import io.callvault.model.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a ledger does with a feed whose parts take the place of the whole. */
interface FallbackContract extends LedgerSamples {

    FeedPart PART = new FeedPart("acme", "calls", "101");

    @Test
    default void that_parts_take_the_place_of_the_whole_is_known_until_the_whole_is_listed() {
        done(ledger().fellBack(PART, "PERMISSION_MISSING", "refused", NOW));
        done(ledger().fellBack(PART, "PERMISSION_MISSING", "refused again", NOW.plusSeconds(60)));
        done(ledger().notVisible(PART, 403, "CMN-419", "other", NOW));
        done(ledger().notVisible(new FeedPart("acme", "messages", "101"), 403, "CMN-419", "other", NOW));
        assertThat(another().reports().fallbacks("acme"))
                .containsExactly(new Reports.Fallback("calls", NOW, "PERMISSION_MISSING", "refused again"));
        assertThat(ledger().reports().fallbacks("other")).isEmpty();

        done(ledger().listedWhole(CALLS));

        assertThat(ledger().reports().fallbacks("acme")).isEmpty();
        assertThat(ledger().reports().notVisible("acme")).extracting(Reports.NotVisible::feed).containsExactly("messages");
    }

    @Test
    default void an_open_window_of_the_whole_is_nobodys_concern_while_parts_take_its_place() {
        done(ledger().windowIncomplete(window().number(), "PERMISSION_MISSING", "refused", NOW));
        assertThat(counts().incomplete()).hasSize(1);
        done(ledger().fellBack(CALLS, "PERMISSION_MISSING", "refused", NOW));
        assertThat(counts().incomplete()).isEmpty();
        assertThat(ledger().reports().openWindows("acme")).isEmpty();
        assertThat(ledger().openWindows(CALLS)).as("it is listed when it can be").hasSize(1);
        done(ledger().listedWhole(CALLS));
        assertThat(counts().incomplete()).hasSize(1);
        assertThat(ledger().reports().openWindows("acme")).hasSize(1);
    }

    @Test
    default void an_open_window_of_a_part_is_nobodys_concern_when_the_whole_is_listed_over_it() {
        Window before = new Window(NOW.minus(Duration.ofHours(2)), NOW.minus(Duration.ofHours(1)).minusMillis(1));
        Window within = new Window(NOW.minus(Duration.ofMinutes(59)), NOW.minus(Duration.ofMinutes(1)));
        for (Window each : List.of(before, within)) {
            ListingWindow open = done(ledger().openWindow(PART, each, NOW));
            done(ledger().windowIncomplete(open.number(), "PROVIDER_BUSY", "503", NOW));
        }
        assertThat(counts().incomplete()).hasSize(2);
        list();
        assertThat(counts().incomplete()).hasSize(1);
        assertThat(ledger().reports().openWindows("acme")).extracting(Reports.OpenWindow::from).containsExactly(before.from());
    }

    @Test
    default void every_form_of_a_record_is_known() {
        list(revision(call("1", "{\"n\":1}", NOW)), revision(call("2", "{\"n\":2}", NOW)));
        list(revision(call("1", "{\"n\":3}", NOW)));
        assertThat(ledger().revisions("acme", "calls", List.of("1", "2", "3")))
                .isEqualTo(Map.of("1", Set.of(sha256("{\"n\":1}"), sha256("{\"n\":3}")), "2", Set.of(sha256("{\"n\":2}"))));
        assertThat(ledger().revisions("acme", "messages", List.of("1"))).isEmpty();
    }
}
