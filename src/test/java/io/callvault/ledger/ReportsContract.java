// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.due;
import static io.callvault.ledger.LedgerSamples.ended;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.proof;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static io.callvault.ledger.LedgerSamples.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.model.FeedPart;
import io.callvault.model.ListedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a ledger tells row by row, and the taking up again of what was given up. */
interface ReportsContract extends LedgerSamples {

    private Reports reports() {
        return ledger().reports();
    }

    @Test
    default void records_come_in_pages_by_feed_and_id() {
        list(revision(call("1")), revision(call("2")), revision(call("3")));
        FeedPart texts = FeedPart.whole("acme", "texts");
        ListingWindow window = done(ledger().openWindow(texts, window().window(), NOW));
        ListedRecord torn = new ListedRecord(
                "0", null, null, null, null, null, null, null, null, true, "x", List.of(), "no JSON");
        done(ledger().keepPage(window, List.of(revision(torn)), 1, null, NOW));

        List<Reports.Listed> all = new ArrayList<>();
        String feed = "";
        String id = "";
        for (List<Reports.Listed> page = reports().records("acme", feed, id, 2);
                !page.isEmpty();
                page = reports().records("acme", feed, id, 2)) {
            all.addAll(page);
            feed = page.get(page.size() - 1).feed();
            id = page.get(page.size() - 1).id();
        }
        assertThat(all)
                .extracting(each -> each.feed() + each.id())
                .containsExactly("calls1", "calls2", "calls3", "texts0");
        assertThat(all.get(0))
                .isEqualTo(new Reports.Listed("calls", "1", NOW.minusSeconds(600), "101", null));
        assertThat(all.get(3)).isEqualTo(new Reports.Listed("texts", "0", null, null, "no JSON"));
        assertThat(reports().records("other", "", "", 9)).isEmpty();
        assertThat(reports().listedFeeds("acme")).containsExactly("calls", "texts");
    }

    @Test
    default void an_item_is_told_with_its_record_its_sidecar_and_its_receipt_at_one_target() {
        DueReceipt receipt = planned("1", "vault", "nas").get(0);
        done(ledger().stored(receipt, proof(receipt), false, NOW));
        list(revision(call("2", "{\"id\":\"Zoë\"}", NOW, recording("2"))));

        List<Reports.Item> items = reports().items("acme", "vault", "", 9);
        assertThat(items).hasSize(2);
        Reports.Item first = items.get(0);
        assertThat(first.item()).isEqualTo("recording/1");
        assertThat(first.state()).isEqualTo("fetching");
        assertThat(first.extension()).isEqualTo("101");
        assertThat(first.startedAt()).isEqualTo(NOW.minusSeconds(600));
        assertThat(first.isRecordKnown()).isTrue();
        assertThat(first.sidecarLength()).isEqualTo(10);
        assertThat(first.plannedPath()).isEqualTo(plan("1").path());
        assertThat(first.receipt())
                .isEqualTo(new Reports.ItemReceipt(
                        "stored", null, null, plan("1").path(), 100, plan("1").sha256(), NOW));
        assertThat(items.get(1).sidecarLength()).as("bytes, not characters").isEqualTo(13);
        assertThat(items.get(1).receipt()).isNull();
        assertThat(items.get(1).plannedPath()).isNull();

        assertThat(reports().items("acme", "nas", "", 1)).hasSize(1).first().satisfies(item -> {
            assertThat(item.receipt().isStored()).isFalse();
            assertThat(item.receipt().path()).isNull();
        });
        assertThat(reports().items("acme", "nas", "recording/1", 9)).hasSize(1);
        assertThat(reports().items("acme", "tape", "", 1).get(0).receipt()).isNull();
    }

    @Test
    default void a_chain_is_told_in_order() {
        JournalObject first =
                new JournalObject("acme", "vault", 1, "acme/journal/1", sha256("1"), null, new byte[1], 10, NOW);
        done(ledger().fixObject(first));
        done(ledger().published(first, NOW));
        done(ledger().fixObject(new JournalObject(
                "acme", "vault", 2, "acme/journal/2", sha256("2"), sha256("1"), new byte[1], 11, NOW)));
        assertThat(reports().chain("acme", "vault", 0, 9))
                .containsExactly(
                        new Reports.ChainLink(1, "acme/journal/1", sha256("1"), null, true),
                        new Reports.ChainLink(2, "acme/journal/2", sha256("2"), sha256("1"), false));
        assertThat(reports().chain("acme", "vault", 1, 9)).hasSize(1);
        assertThat(reports().chain("acme", "nas", 0, 9)).isEmpty();
    }

    @Test
    default void what_is_not_listed_is_told_with_its_reason() {
        ListingWindow open = window();
        assertThat(reports().openWindows("acme"))
                .containsExactly(new Reports.OpenWindow(
                        "calls", "", open.window().from(), open.window().to(), null, null));
        done(ledger().windowIncomplete(open.number(), "LISTING_FOREIGN_LINK", "elsewhere", NOW));
        assertThat(reports().openWindows("acme")).extracting(Reports.OpenWindow::code).containsExactly("LISTING_FOREIGN_LINK");
        done(ledger().notVisible(new FeedPart("acme", "messages", "102"), 403, "CMN-419", "scope", NOW));
        assertThat(reports().notVisible("acme"))
                .containsExactly(new Reports.NotVisible("messages", "102", 403, "CMN-419", "scope"));
        assertThat(reports().stopped("acme")).isNull();
        done(ledger().stopped("acme", "PERMISSION_MISSING", "none", NOW));
        assertThat(reports().stopped("acme")).isEqualTo(new Reports.Stopped("PERMISSION_MISSING", "none"));
        assertThat(reports().torn("acme", 9)).isEmpty();
    }

    @Test
    default void a_dead_item_is_due_again_from_the_first_rung() {
        claimed("1");
        done(ledger().itemFailed(key("1"), ended("dead", "CONTENT_SHORT", "half"), 7, NOW));
        assertThat(reports().dead("acme", DeadSelection.all()))
                .containsExactly(
                        new Reports.Dead("recording/1", "calls", null, "CONTENT_SHORT", "half", NOW.minusSeconds(600)));
        assertThat(done(ledger().retry("acme", DeadSelection.all(), NOW))).isEqualTo(1);
        assertThat(reports().dead("acme", DeadSelection.all())).isEmpty();
        assertThat(done(ledger().claimItems("acme", "heavy", new Selection(NOW, 7, null, null), 9, NOW)))
                .extracting(DueItem::attempts)
                .containsExactly(0);
        assertThat(done(ledger().retry("acme", DeadSelection.all(), NOW))).isZero();
    }

    @Test
    default void a_dead_receipt_is_due_again_with_its_item_and_its_plan() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        done(ledger().stored(receipts.get(0), proof(receipts.get(0)), false, NOW));
        done(ledger().receiptFailed(receipts.get(1), ended("dead", "STORE_CONFLICT", "other"), 0, NOW));
        assertThat(states()).containsEntry("dead", 1L);
        assertThat(reports().dead("acme", DeadSelection.all()))
                .extracting(Reports.Dead::target)
                .containsExactly("nas");
        assertThat(done(ledger().retry("acme", DeadSelection.all(), NOW))).isEqualTo(1);
        DueItem again = claim().get(0);
        assertThat(again.plan()).isEqualTo(plan("1"));
        List<DueReceipt> due = done(ledger().plan(again.key(), again.plan(), List.of("vault", "nas"), NOW));
        assertThat(due).extracting(DueReceipt::target).containsExactly("nas");
        assertThat(due.get(0).attempts()).isZero();
    }

    @Test
    default void a_dead_receipt_is_due_again_while_its_item_is_on_its_way_elsewhere() {
        List<DueReceipt> receipts = planned("1", "vault", "nas");
        done(ledger().receiptFailed(receipts.get(1), ended("dead", "STORE_CONFLICT", "other"), 0, NOW));
        assertThat(done(ledger().retry("acme", DeadSelection.all(), NOW))).isEqualTo(1);
        assertThat(states()).containsEntry("fetching", 1L);
        assertThat(done(ledger().claimReceipts("acme", "nas", ALL, 9, NOW))).hasSize(1);
    }

    @Test
    default void only_what_is_asked_for_is_due_again() {
        for (String id : List.of("1", "2", "3_4", "5")) {
            claimed(id);
        }
        done(ledger().itemFailed(key("1"), ended("dead", "CONTENT_SHORT", ""), 0, NOW));
        done(ledger().itemFailed(key("2"), ended("dead", "CONTENT_EMPTY", ""), 0, NOW));
        done(ledger().itemFailed(key("3_4"), ended("dead", "CONTENT_EMPTY", ""), 0, NOW));
        done(ledger().itemFailed(key("5"), due(2, NOW), 0, NOW));
        Instant began = NOW.minusSeconds(600);
        assertThat(count(null, null, null, began, began.plusMillis(1))).isEqualTo(3);
        assertThat(count(null, null, null, null, began)).isZero();
        assertThat(count(null, null, null, began.plusMillis(1), null)).isZero();
        assertThat(count("texts", null, null, null, null)).isZero();
        assertThat(count("calls", null, "CONTENT_EMPTY", null, null)).isEqualTo(2);
        assertThat(count(null, "recording/2", null, null, null)).isEqualTo(1);
        assertThat(count(null, "3_4", null, null, null)).isEqualTo(1);
        assertThat(count(null, "3%4", null, null, null)).as("no wild cards").isZero();
        assertThat(done(ledger().retry("other", DeadSelection.all(), NOW))).isZero();
        assertThat(done(ledger().retry("acme", new DeadSelection(null, "2", null, null, null), NOW)))
                .isEqualTo(1);
        assertThat(states()).containsEntry("dead", 2L).containsEntry("due", 2L);
    }

    private int count(String feed, String item, String code, Instant from, Instant to) {
        return reports().dead("acme", new DeadSelection(feed, item, code, from, to)).size();
    }

    @Test
    default void inflow_backlog_and_pages_are_counted_for_the_forecast() {
        assertThat(reports().listedFrom("acme")).isNull();
        assertThat(reports().firstWindow("acme")).isNull();
        Instant old = NOW.minus(Duration.ofDays(20));
        list(
                revision(call("1", recording("1"))),
                revision(call("2", "{}", old, recording("2"))),
                revision(call("3", recording("3")), "not wanted"),
                revision(call("4", "{\"n\":4}", null, recording("4"))));
        long kept = Duration.ofDays(90).toSeconds();
        assertThat(reports().inflow("acme", NOW.minus(Duration.ofDays(7))))
                .containsExactly(new Reports.Inflow("calls", "recording", "heavy", 1, kept));
        assertThat(reports().inflow("acme", old))
                .containsExactly(new Reports.Inflow("calls", "recording", "heavy", 2, kept));
        assertThat(reports().backlog("acme"))
                .containsExactly(
                        new Reports.Backlog("heavy", "2026-05-19", 1),
                        new Reports.Backlog("heavy", "2026-06-08", 1),
                        new Reports.Backlog("heavy", null, 1));
        assertThat(reports().pages("acme", NOW)).containsExactly(new Reports.Pages("calls", 1));
        assertThat(reports().pages("acme", NOW.plusSeconds(1))).isEmpty();
        assertThat(reports().listedFrom("acme")).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(reports().firstWindow("acme")).isEqualTo(NOW);
        assertThat(reports().gates("acme")).isEmpty();
    }
}
