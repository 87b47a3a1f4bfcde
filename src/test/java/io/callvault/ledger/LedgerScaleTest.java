// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.proof;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.model.Window;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger with many items. {@code -Dcallvault.test.items=1000000} for the number that it is made for; how fast it was
 * stands in the log.
 */
class LedgerScaleTest implements LedgerSamples {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerScaleTest.class);
    private static final int ITEMS = Integer.getInteger("callvault.test.items", 20_000);
    private static final int PAGE = 100;
    private static final long PRIME = 7_919; // coprime to every power of ten, so that it visits each number once

    @TempDir
    private Path directory;

    private Ledger ledger;
    private long began;

    @BeforeEach
    void open() {
        ledger = another();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Ledger another() {
        return Ledgers.open("jdbc:sqlite:" + directory.resolve("ledger.db"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void many_items_go_out_in_the_order_of_their_loss_and_are_stored() {
        began = System.nanoTime();
        ListingWindow window = done(ledger.openWindow(CALLS, new Window(NOW, NOW), NOW));
        List<CompletableFuture<Void>> pages = new ArrayList<>();
        for (int first = 0; first < ITEMS; first += PAGE) {
            List<NewRevision> page = IntStream.range(first, first + PAGE)
                    .mapToObj(LedgerScaleTest::listed)
                    .toList();
            pages.add(ledger.keepPage(window, page, PAGE, "next", NOW));
            if (pages.size() % 100 == 0) {
                done(pages.get(pages.size() - 1));
            }
        }
        pages.forEach(LedgerSamples::done);
        told("keepPage, records in pages of 100", ITEMS);

        began = System.nanoTime();
        assertThat(states()).isEqualTo(Map.of("due", (long) ITEMS));
        told("counts", 1);

        began = System.nanoTime();
        List<DueItem> items = new ArrayList<>();
        int claims = 0;
        for (List<DueItem> some = claim(); !some.isEmpty() && items.size() < 20_000; some = claim()) {
            items.addAll(some);
            claims++;
        }
        told("claimItems of 64", claims);
        assertThat(items).extracting(DueItem::lossAt).isSorted();
        assertThat(items).hasSizeGreaterThanOrEqualTo(Math.min(ITEMS, 20_000));

        began = System.nanoTime();
        List<CompletableFuture<List<DueReceipt>>> plans = new ArrayList<>();
        items.forEach(item ->
                plans.add(ledger.plan(item.key(), plan(item.key().id()), List.of("vault"), NOW)));
        List<DueReceipt> receipts = new ArrayList<>();
        plans.forEach(plan -> receipts.addAll(done(plan)));
        told("plan", receipts.size());

        began = System.nanoTime();
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        receipts.forEach(receipt -> stored.add(ledger.stored(receipt, proof(receipt), false, NOW)));
        assertThat(stored).allMatch(LedgerSamples::done);
        told("stored", receipts.size());

        began = System.nanoTime();
        long after = ledger.events("acme", "vault", ITEMS / 2, 1000).get(999).number();
        told("events, a page of 1000", 1);
        assertThat(after).isEqualTo(ITEMS / 2 + 1000);

        began = System.nanoTime();
        assertThat(walked()).isEqualTo(ITEMS);
        told("reports, items in pages of 2000", ITEMS);

        began = System.nanoTime();
        assertThat(ledger.reports().torn("acme", 9)).isEmpty();
        ledger.reports().inflow("acme", NOW.minusSeconds(ITEMS));
        ledger.reports().backlog("acme");
        told("reports, torn, inflow and backlog", 1);

        began = System.nanoTime();
        Ledgers.read("jdbc:sqlite:" + directory.resolve("ledger.db"))
                .orElseThrow()
                .counts(List.of("acme"));
        told("a look", 1);
    }

    private int walked() {
        int count = 0;
        String after = "";
        for (List<Reports.Item> page = ledger.reports().items("acme", "vault", after, 2000);
                !page.isEmpty();
                page = ledger.reports().items("acme", "vault", after, 2000)) {
            count += page.size();
            after = page.get(page.size() - 1).item();
        }
        return count;
    }

    /** Listed in no order of its start. */
    private static NewRevision listed(int i) {
        long place = i * PRIME % ITEMS;
        String raw = "{\"id\":\"" + i + "\",\"uri\":\"https://platform/restapi/v1.0/account/1/call-log/" + i
                + "\",\"duration\":42,\"from\":{\"phoneNumber\":\"+15551234567\",\"name\":\"Ann\"}}" + " ".repeat(500);
        return revision(call(Integer.toString(i), raw, NOW.minusSeconds(place), recording(Integer.toString(i))));
    }

    private void told(String what, int number) {
        double seconds = (System.nanoTime() - began) / 1e9;
        LOG.info("{}: {} in {} ms, {} a second", what, number, Math.round(seconds * 1e3), Math.round(number / seconds));
    }
}
