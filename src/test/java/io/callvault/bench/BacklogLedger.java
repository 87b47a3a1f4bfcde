// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.ledger.DueItem;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Selection;
import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A ledger with many items due, made and asked in a JVM of its own. Arguments: {@code fill} or {@code claim}, address of
 * the ledger, how many items, and a file with addresses of content, one a line. {@code claim} prints milliseconds: of the
 * first claim, of the median claim, and of the median claim after a tenth of all were stored.
 */
public final class BacklogLedger {

    private static final String CUSTOMER = "bench";
    private static final String GROUP = "heavy";
    private static final Selection ALL = new Selection(null, 0, null, null);
    private static final int PAGE = 1_000;
    private static final int BATCH = 64; // as many as the program wants when nothing limits it
    private static final int TIMES = 21;
    private static final long PRIME = 7_919; // coprime to every power of ten, so that each place is taken once
    private static final Duration SPAN = Duration.ofDays(80);
    private static final Duration KEPT = Duration.ofDays(90);

    private final Ledger ledger;
    private final int count;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private BacklogLedger(Ledger ledger, int count) {
        this.ledger = ledger;
        this.count = count;
    }

    public static void main(String... arguments) throws IOException {
        try (Ledger ledger = Ledgers.open(arguments[1], Clock.systemUTC())) {
            BacklogLedger backlog = new BacklogLedger(ledger, Integer.parseInt(arguments[2]));
            if (arguments[0].equals("fill")) {
                backlog.fill(Files.readAllLines(Path.of(arguments[3])));
            } else {
                backlog.claim();
            }
        }
    }

    /** All listed in one window that is closed, in no order of their loss. */
    private void fill(List<String> content) {
        ListingWindow window = ledger.openWindow(
                        FeedPart.whole(CUSTOMER, "calls"), new Window(now.minus(KEPT), now), now)
                .join();
        for (int done = 0; done < count; done += PAGE) {
            List<NewRevision> page = IntStream.range(done, Math.min(count, done + PAGE))
                    .mapToObj(i -> call(i, content.get(i % content.size())))
                    .toList();
            ledger.keepPage(window, page, page.size(), done + PAGE < count ? "more" : null, now).join();
        }
    }

    /** Some 1,400 bytes, as a call with one leg has. */
    private NewRevision call(int i, String content) {
        String id = Integer.toString(900_000_000 + i);
        Instant start = now.minus(Duration.ofDays(1)).minus(SPAN.dividedBy(count).multipliedBy(i * PRIME % count));
        String facts = "\"startTime\":\"" + start + "\",\"duration\":" + i % 600 + ",\"type\":\"Voice\","
                + "\"direction\":\"Inbound\",\"action\":\"Phone Call\",\"result\":\"Accepted\","
                + "\"from\":{\"phoneNumber\":\"+1650555" + String.format(Locale.ROOT, "%04d", i % 10_000)
                + "\",\"name\":\"WIRELESS CALLER\",\"location\":\"San Mateo, CA\"},"
                + "\"to\":{\"phoneNumber\":\"+14155550100\",\"name\":\"Robin Example\",\"extensionNumber\":\"101\"},"
                + "\"recording\":{\"id\":\"" + id + "\",\"type\":\"Automatic\",\"contentUri\":\"" + content + "\"}";
        String raw = "{\"id\":\"C" + id + "\",\"sessionId\":\"4503" + id + "\"," + facts + ",\"legs\":[{" + facts + "}]}";
        ListedItem item = new ListedItem("recording/" + id, "recording", content, "audio/mpeg", null, null);
        ListedRecord record = new ListedRecord(
                "C" + id, "Voice", start, "101", "inbound", "+1650555" + i % 10_000, "WIRELESS CALLER", "+14155550100",
                "Robin Example", true, raw, List.of(item), null);
        return new NewRevision(
                record, String.format(Locale.ROOT, "%064x", i), null, Map.of(item.id(), start.plus(KEPT)), GROUP);
    }

    private void claim() {
        double first = timed();
        double fresh = median();
        for (int stored = 0; stored < count / 10; stored += 500) {
            store(ledger.claimItems(CUSTOMER, GROUP, ALL, 500, now).join());
        }
        System.out.printf(Locale.ROOT, "claims %.3f %.3f %.3f%n", first, fresh, median());
    }

    private double median() {
        double[] took = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            took[i] = timed();
        }
        Arrays.sort(took);
        return took[TIMES / 2];
    }

    private double timed() {
        long began = System.nanoTime();
        List<DueItem> items = ledger.claimItems(CUSTOMER, GROUP, ALL, BATCH, now).join();
        double took = (System.nanoTime() - began) / 1e6;
        List<Instant> losses = items.stream().map(DueItem::lossAt).toList();
        if (items.size() != BATCH || !losses.equals(losses.stream().sorted().toList())) {
            throw new IllegalStateException("not the first to be lost: " + losses);
        }
        ledger.giveBack(items.stream().map(DueItem::key).toList()).join();
        return took;
    }

    /** At the target, as far as the ledger knows. */
    private void store(List<DueItem> items) {
        List<CompletableFuture<List<DueReceipt>>> plans = new ArrayList<>();
        for (DueItem item : items) {
            ItemKey key = item.key();
            Plan plan = new Plan("bench/" + key.id() + ".mp3", 10_000, "0".repeat(64), "audio/mpeg", key.id());
            plans.add(ledger.plan(key, plan, List.of("disk"), now));
        }
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        plans.forEach(plan -> plan.join().forEach(receipt -> {
            Plan as = receipt.plan();
            stored.add(ledger.stored(
                    receipt, new Receipt(as.path(), as.length(), as.sha256(), "read-back:ok"), true, now));
        }));
        stored.forEach(CompletableFuture::join);
    }
}
