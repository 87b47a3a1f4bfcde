// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static io.callvault.ledger.LedgerSamples.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.model.FeedPart;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a ledger does with windows, pages and revisions. */
interface ListingContract extends LedgerSamples {

    @Test
    default void a_window_stays_open_until_its_last_page_is_kept() {
        ListingWindow window = window();
        done(ledger().keepPage(window, List.of(), 100, "https://next/2", NOW));
        assertThat(ledger().openWindows(CALLS))
                .containsExactly(new ListingWindow(
                        window.number(), CALLS, window.window(), "https://next/2", 1, 100, NOW));
        assertThat(ledger().listedUntil(CALLS)).isEmpty();

        done(ledger().keepPage(window, List.of(), 7, null, NOW));
        assertThat(ledger().openWindows(CALLS)).isEmpty();
        assertThat(ledger().listedUntil(CALLS)).contains(window.window().to());
    }

    @Test
    default void open_windows_come_oldest_first_and_of_their_own_part_only() {
        ListingWindow late = window(NOW.minusSeconds(10), NOW);
        ListingWindow early = window(NOW.minusSeconds(99), NOW.minusSeconds(10));
        done(ledger().openWindow(new FeedPart("acme", "calls", "101"), new Window(NOW, NOW), NOW));
        assertThat(ledger().openWindows(CALLS)).containsExactly(early, late);
    }

    @Test
    default void a_page_of_a_closed_window_is_refused_whole() {
        ListingWindow window = window();
        done(ledger().keepPage(window, List.of(), 0, null, NOW));
        assertThatThrownBy(() -> done(ledger().keepPage(window, List.of(revision(call("1"))), 1, null, NOW)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger().latestRevisions("acme", "calls", List.of("1"))).isEmpty();
    }

    @Test
    default void a_restarted_window_forgets_its_pages_and_keeps_its_records() {
        ListingWindow window = window();
        done(ledger().keepPage(window, List.of(revision(call("1"))), 1, "https://next/2", NOW));
        done(ledger().restartWindow(window.number(), NOW.plusSeconds(5)));
        assertThat(ledger().openWindows(CALLS))
                .containsExactly(new ListingWindow(
                        window.number(), CALLS, window.window(), null, 0, 0, NOW.plusSeconds(5)));
        assertThat(ledger().latestRevisions("acme", "calls", List.of("1"))).hasSize(1);
    }

    @Test
    default void what_is_listed_grows_over_a_gap_only_when_the_gap_is_filled() {
        Instant start = NOW.minus(Duration.ofDays(9));
        close(window(start, start.plusSeconds(60)));
        close(window(start.plusSeconds(120), start.plusSeconds(180)));
        assertThat(ledger().listedUntil(CALLS)).contains(start.plusSeconds(60));

        close(window(start.plusSeconds(60).plusMillis(1), start.plusSeconds(120)));
        assertThat(ledger().listedUntil(CALLS)).contains(start.plusSeconds(180));

        close(window(start, start.plusSeconds(30)));
        assertThat(ledger().listedUntil(CALLS)).contains(start.plusSeconds(180));
    }

    private void close(ListingWindow window) {
        done(ledger().keepPage(window, List.of(), 0, null, NOW));
    }

    @Test
    default void each_form_of_a_record_is_kept_once_and_numbered() {
        ListedRecord first = call("1", "{\"id\":\"1\",\"duration\":0}", NOW);
        ListedRecord second = call("1", "{\"id\":\"1\",\"duration\":42.10}", NOW);
        list(revision(first), revision(first));
        list(revision(first));
        list(revision(second));
        assertThat(ledger().latestRevisions("acme", "calls", List.of("1", "2")))
                .isEqualTo(Map.of("1", sha256(second.raw())));
        assertThat(ledger().raw("acme", "calls", "1", 1)).isEqualTo(first.raw());
        assertThat(ledger().raw("acme", "calls", "1", 2)).isEqualTo(second.raw());
        assertThat(ledger().events("acme", "vault", 0, 10)).hasSize(2);
        assertThat(counts().records()).isEqualTo(Map.of("calls", 1L));
    }

    @Test
    default void a_revision_that_was_never_kept_cannot_be_read() {
        assertThatThrownBy(() -> ledger().raw("acme", "calls", "1", 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void a_page_of_three_thousand_is_asked_for_at_once() {
        List<String> ids = IntStream.range(0, 3000)
                .mapToObj(Integer::toString)
                .toList();
        list(ids.stream().map(id -> revision(call(id))).toArray(NewRevision[]::new));
        assertThat(ledger().latestRevisions("acme", "calls", ids)).hasSize(3000);
        assertThat(ledger().latestRevisions("acme", "calls", List.of())).isEmpty();
    }

    @Test
    default void characters_that_no_database_stores_do_not_stop_a_page() {
        ListedRecord odd = new ListedRecord(
                "1", null, null, null, null, "\u0000+1", "Zoë \ud83d\ude00 \ud800", null, null, true, "{}", List.of(), null);
        list(revision(odd));
        assertThat(counts().records()).isEqualTo(Map.of("calls", 1L));
    }

    @Test
    default void items_become_due_excluded_or_not_retained_and_the_last_two_are_told() {
        ListedItem lost = new ListedItem("recording/2", "recording", null, null, null, "retention is off");
        list(revision(call("1", recording("1"))), revision(call("2", lost)), revision(call("3", recording("3")), "internal"));
        assertThat(states()).isEqualTo(Map.of("due", 1L, "not-retained", 1L, "excluded", 1L));
        assertThat(lines("vault"))
                .containsExactly(
                        "{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"not-retained\",\"feed\":\"calls\","
                                + "\"item\":\"recording/2\",\"record-id\":\"2\",\"code\":\"CONTENT_NOT_RETAINED\","
                                + "\"evidence\":\"retention is off\"}",
                        "{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"excluded\",\"feed\":\"calls\","
                                + "\"item\":\"recording/3\",\"record-id\":\"3\",\"code\":\"EXCLUDED\","
                                + "\"evidence\":\"internal\"}");
    }

    @Test
    default void a_known_item_takes_the_newer_address_and_keeps_its_first_record() {
        list(revision(call("1", recording("9"))));
        ListedItem moved = new ListedItem("recording/9", "recording", "https://media/new", null, null, null);
        list(revision(call("2", moved)));
        DueItem item = claim().get(0);
        assertThat(item.uri()).isEqualTo("https://media/new");
        assertThat(item.recordId()).isEqualTo("1");
        assertThat(item.contentType()).isEqualTo("audio/mpeg");
        assertThat(item.raw()).isEqualTo("{\"id\":\"1\"}");
    }

    @Test
    default void a_later_form_without_the_recording_takes_nothing_away() {
        list(revision(call("1", recording("1"))));
        list(revision(call("1", "{\"id\":\"1\",\"recording\":null}", NOW)));
        assertThat(claim()).hasSize(1).first().extracting(DueItem::uri).isEqualTo("https://media/1");
    }

    @Test
    default void what_the_provider_had_not_kept_and_now_offers_is_fetched() {
        list(revision(call("1", new ListedItem("recording/1", "recording", null, null, null, "pending"))));
        list(revision(call("1", "{\"id\":\"1\",\"now\":true}", NOW, recording("1"))));
        assertThat(states()).isEqualTo(Map.of("due", 1L));
    }

    @Test
    default void a_window_left_open_says_why_until_it_goes_on() {
        ListingWindow window = window();
        done(ledger().windowIncomplete(window.number(), "LISTING_FOREIGN_LINK", "It led elsewhere.", NOW));
        assertThat(counts().incomplete()).containsExactly("It led elsewhere. [LISTING_FOREIGN_LINK]");
        assertThat(ledger().openWindows(CALLS)).hasSize(1);
        done(ledger().keepPage(window, List.of(), 0, null, NOW));
        assertThat(counts().incomplete()).isEmpty();
    }

    @Test
    default void an_extension_that_is_not_visible_is_told_once_for_each_reason() {
        FeedPart part = new FeedPart("acme", "messages", "101");
        done(ledger().notVisible(part, 403, "CMN-419", "needs ReadMessages", NOW));
        done(ledger().notVisible(part, 403, "CMN-419", "needs ReadMessages", NOW));
        assertThat(lines("vault"))
                .containsExactly("{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"not-visible\",\"feed\":\"messages\","
                        + "\"extension\":\"101\",\"status\":403,\"code\":\"CMN-419\",\"evidence\":\"needs ReadMessages\"}");
        done(ledger().notVisible(part, 404, "CMN-102", "not found", NOW));
        assertThat(lines("vault")).hasSize(2);
        assertThat(counts().notVisible()).isEqualTo(1);
        done(ledger().visible(part));
        assertThat(counts().notVisible()).isZero();
    }

    @Test
    default void a_part_that_is_not_visible_is_told_with_the_span_that_waits_for_it() {
        FeedPart part = new FeedPart("acme", "messages", "101");
        done(ledger().openWindow(part, new Window(NOW.minusSeconds(60), NOW), NOW));
        done(ledger().notVisible(part, 403, "CMN-419", null, NOW));
        assertThat(lines("vault").get(0))
                .endsWith("\"from\":\"2026-03-10T13:59:00.000Z\",\"until\":\"2026-03-10T14:00:00.000Z\"}");
    }

    @Test
    default void headers_are_told_how_far_the_listing_came_once_a_day_and_what_is_visible_again() {
        list(revision(call("1")));
        list(revision(call("1")));
        assertThat(ledger().headerEvents("acme", 0))
                .extracting(HeaderEvent::line)
                .containsExactly("{\"feed\":\"calls\",\"extension\":null,\"from\":\"2026-03-10T13:00:00.000Z\","
                        + "\"until\":\"2026-03-10T14:00:00.000Z\"}");
        long record = ledger().events("acme", "vault", 0, 10).get(0).number();
        assertThat(ledger().headerEvents("acme", 0).get(0).number())
                .as("what was found before it has a smaller number")
                .isGreaterThan(record);
        ListingWindow aDayLater = window(NOW, NOW.plus(Duration.ofDays(1)));
        done(ledger().keepPage(aDayLater, List.of(), 0, null, NOW));
        FeedPart part = new FeedPart("acme", "messages", "101");
        done(ledger().visible(part));
        done(ledger().notVisible(part, 403, "CMN-419", null, NOW));
        done(ledger().visible(part));
        assertThat(ledger().headerEvents("acme", 0))
                .extracting(HeaderEvent::event)
                .containsExactly("listed", "listed", "visible");
        assertThat(ledger().events("acme", "vault", 0, 10)).as("none of them is an event").hasSize(2);
    }
}
