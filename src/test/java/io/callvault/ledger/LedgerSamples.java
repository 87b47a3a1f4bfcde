// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One ledger to be asked, and what a test says to it again and again. All of customer {@code acme}. */
interface LedgerSamples {

    Instant NOW = Instant.parse("2026-03-10T14:00:00.000Z");
    FeedPart CALLS = FeedPart.whole("acme", "calls");
    Selection ALL = new Selection(null, 0, null, null);

    Ledger ledger();

    /** A second look at the same database, as another process has it. */
    Ledger another();

    default ListingWindow window() {
        return window(NOW.minus(Duration.ofHours(1)), NOW);
    }

    default ListingWindow window(Instant from, Instant to) {
        return LedgerSamples.done(ledger().openWindow(CALLS, new Window(from, to), NOW));
    }

    /** Lists the records on the only page of a window. */
    default void list(NewRevision... revisions) {
        LedgerSamples.done(ledger().keepPage(window(), List.of(revisions), revisions.length, null, NOW));
    }

    /** Lists one call with one recording and claims it. */
    default DueItem claimed(String id) {
        list(revision(call(id, recording(id))));
        return claim().stream()
                .filter(item -> item.key().equals(key(id)))
                .findFirst()
                .orElseThrow();
    }

    default List<DueItem> claim() {
        return LedgerSamples.done(ledger().claimItems("acme", "heavy", ALL, 64, NOW));
    }

    default List<DueReceipt> planned(String id, String... targets) {
        claimed(id);
        return LedgerSamples.done(ledger().plan(key(id), plan(id), List.of(targets), NOW));
    }

    default Map<String, Long> states() {
        return counts().items();
    }

    default CustomerCounts counts() {
        return ledger().counts(List.of("acme")).get(0);
    }

    /** The lines for a chain without those of records. */
    default List<String> lines(String target) {
        return ledger().events("acme", target, 0, 1000).stream()
                .map(JournalEvent::line)
                .filter(line -> !line.contains("\"event\":\"record\""))
                .toList();
    }

    static ItemKey key(String id) {
        return new ItemKey("acme", "recording/" + id);
    }

    static ListedItem recording(String id) {
        return new ListedItem("recording/" + id, "recording", "https://media/" + id, "audio/mpeg", 100L, null);
    }

    static ListedRecord call(String id, ListedItem... items) {
        return call(id, "{\"id\":\"" + id + "\"}", NOW.minusSeconds(600), items);
    }

    static ListedRecord call(String id, String raw, Instant startedAt, ListedItem... items) {
        return new ListedRecord(
                id, "Voice", startedAt, "101", "inbound", "+1555", "Ann", "+1666", null, true, raw, List.of(items), null);
    }

    static NewRevision revision(ListedRecord record) {
        return revision(record, null);
    }

    /** Lost 90 days after it began. */
    static NewRevision revision(ListedRecord record, String excluded) {
        Map<String, Instant> lossAt = new HashMap<>();
        if (record.startedAt() != null) {
            record.items().forEach(item -> lossAt.put(item.id(), record.startedAt().plus(Duration.ofDays(90))));
        }
        return new NewRevision(record, sha256(record.raw()), excluded, lossAt, "heavy");
    }

    static Plan plan(String id) {
        return new Plan("acme/calls/" + id + ".mp3", 100, sha256("bytes of " + id), "audio/mpeg", id + ".part");
    }

    static Receipt proof(DueReceipt receipt) {
        return new Receipt(
                "/" + receipt.plan().path(), receipt.plan().length(), receipt.plan().sha256(), "read-back:ok");
    }

    static Verdict due(int attempts, Instant nextAt) {
        return new Verdict("due", attempts, nextAt, "PROVIDER_BUSY", "503", 503, 0, null);
    }

    static Verdict ended(String state, String code, String evidence) {
        return new Verdict(state, 3, null, code, evidence, 404, 3, NOW);
    }

    static String sha256(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> ids(List<DueItem> items) {
        List<String> ids = new ArrayList<>();
        items.forEach(item -> ids.add(item.key().id()));
        return ids;
    }

    /** What the future came to; its own failure, unwrapped. */
    static <T> T done(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
