// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.sql.DataSource;

/** The ledger in an SQL database. Each concern has its own class; here stands who reads and who writes. */
final class JdbcLedger implements Ledger {

    private final Dialect dialect;
    private final DataSource readers;
    private final Writer writer;
    private final Clock clock;

    /** @param writer null for a ledger that is only read */
    JdbcLedger(Dialect dialect, DataSource readers, Writer writer, Clock clock) {
        this.dialect = dialect;
        this.readers = readers;
        this.writer = writer;
        this.clock = clock;
    }

    private <T> T read(Writer.Work<T> work) {
        try (Connection connection = readers.getConnection();
                Statements statements = new Statements(connection)) {
            return work.with(statements);
        } catch (SQLException e) {
            throw dialect.failure("read the ledger", e);
        }
    }

    private <T> CompletableFuture<T> write(Writer.Work<T> work) {
        return writer == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the ledger was opened for reading"))
                : writer.submit(work);
    }

    private CompletableFuture<Void> change(Change change) {
        return write(statements -> {
            change.with(statements);
            return null;
        });
    }

    @FunctionalInterface
    private interface Change {
        void with(Statements statements) throws SQLException;
    }

    @Override
    public Optional<Instant> listedUntil(FeedPart feedPart) {
        return read(s -> ListingTable.listedUntil(s, feedPart));
    }

    @Override
    public Optional<Instant> listedFrom(FeedPart feedPart) {
        return read(s -> ListingTable.listedFrom(s, feedPart));
    }

    @Override
    public List<ListingWindow> openWindows(FeedPart feedPart) {
        return read(s -> ListingTable.open(s, feedPart));
    }

    @Override
    public CompletableFuture<ListingWindow> openWindow(FeedPart feedPart, Window window, Instant now) {
        return write(s -> ListingTable.begin(s, feedPart, window, now));
    }

    @Override
    public CompletableFuture<Void> restartWindow(long window, Instant now) {
        return change(s -> ListingTable.restart(s, window, now));
    }

    @Override
    public Map<String, String> latestRevisions(String customer, String feed, Collection<String> ids) {
        return read(s -> RecordTable.latestRevisions(s, customer, feed, ids));
    }

    @Override
    public Map<String, Set<String>> revisions(String customer, String feed, Collection<String> ids) {
        return read(s -> RecordTable.revisions(s, customer, feed, ids));
    }

    @Override
    public Set<String> knownItems(String customer, Collection<String> items) {
        return read(s -> ItemTable.known(s, customer, items));
    }

    @Override
    public CompletableFuture<Void> keepPage(
            ListingWindow window, List<NewRevision> revisions, int records, String next, Instant now) {
        List<NewRevision> kept = List.copyOf(revisions);
        FeedPart part = window.feedPart();
        return change(s -> {
            RecordTable.keep(s, part.customer(), part.feed(), kept, now);
            ListingTable.advance(s, window, records, next, now);
        });
    }

    @Override
    public CompletableFuture<Void> windowIncomplete(long window, String code, String sentence, Instant now) {
        return change(s -> ListingTable.incomplete(s, window, code, sentence));
    }

    @Override
    public CompletableFuture<Void> notVisible(
            FeedPart feedPart, int status, String code, String reason, Instant now) {
        return change(s -> ListingTable.notVisible(s, feedPart, status, code, reason, now));
    }

    @Override
    public CompletableFuture<Void> visible(FeedPart feedPart) {
        return change(s -> ListingTable.visible(s, feedPart, clock.instant()));
    }

    @Override
    public CompletableFuture<Void> fellBack(FeedPart whole, String code, String sentence, Instant now) {
        return change(s -> FallbackTable.fellBack(s, whole, code, sentence, now));
    }

    @Override
    public CompletableFuture<Void> listedWhole(FeedPart whole) {
        return change(s -> FallbackTable.listedWhole(s, whole));
    }

    @Override
    public CompletableFuture<List<DueItem>> claimItems(
            String customer, String group, Selection selection, int limit, Instant now) {
        return write(s -> ItemTable.claim(s, dialect, customer, group, selection, limit));
    }

    @Override
    public CompletableFuture<Void> giveBack(Collection<ItemKey> items) {
        List<ItemKey> given = List.copyOf(items);
        return change(s -> ItemTable.giveBack(s, given));
    }

    @Override
    public CompletableFuture<Void> itemFailed(ItemKey item, Verdict verdict, long pass, Instant now) {
        return change(s -> ItemTable.failed(s, item, verdict, pass, now));
    }

    @Override
    public CompletableFuture<List<DueReceipt>> plan(
            ItemKey item, Plan plan, Collection<String> targets, Instant now) {
        List<String> wanted = List.copyOf(targets);
        return write(s -> ReceiptTable.plan(s, item, plan, wanted, now));
    }

    @Override
    public boolean hasMetadata(ItemKey item) {
        return read(s -> MetadataTable.isKept(s, item));
    }

    @Override
    public CompletableFuture<Void> keepMetadata(
            ItemKey item, String raw, String code, String evidence, Instant now) {
        return change(s -> MetadataTable.keep(s, item, raw, code, evidence, now));
    }

    @Override
    public CompletableFuture<List<DueReceipt>> claimReceipts(
            String customer, String target, Selection selection, int limit, Instant now) {
        return write(s -> ReceiptTable.claim(s, dialect, customer, target, selection, limit));
    }

    @Override
    public CompletableFuture<Void> giveBackReceipts(Collection<DueReceipt> receipts) {
        List<DueReceipt> given = List.copyOf(receipts);
        return change(s -> ReceiptTable.giveBack(s, given));
    }

    @Override
    public CompletableFuture<Void> receiptFailed(DueReceipt receipt, Verdict verdict, long pass, Instant now) {
        return change(s -> ReceiptTable.failed(s, receipt, verdict, pass, now));
    }

    @Override
    public CompletableFuture<Boolean> stored(DueReceipt receipt, Receipt proof, boolean isTold, Instant now) {
        return write(s -> ReceiptTable.stored(s, dialect, receipt, proof, isTold, now));
    }

    @Override
    public CompletableFuture<Integer> want(String customer, Collection<String> targets) {
        // Looked for by a reader first: it is rare, and all that is stored must be looked at.
        List<String> wanted = read(s -> ReceiptTable.lacking(s, customer, targets));
        return wanted.isEmpty()
                ? CompletableFuture.completedFuture(0)
                : write(s -> ReceiptTable.want(s, customer, wanted));
    }

    @Override
    public Map<String, String> places(ItemKey item) {
        return read(s -> ReceiptTable.places(s, item));
    }

    @Override
    public List<StoredItem> untold(String customer, int limit) {
        return read(s -> ItemTable.untold(s, customer, limit));
    }

    @Override
    public CompletableFuture<Void> told(ItemKey item) {
        return change(s -> ItemTable.told(s, item, clock.instant()));
    }

    @Override
    public String raw(String customer, String feed, String recordId, int revision) {
        return read(s -> RecordTable.raw(s, customer, feed, recordId, revision));
    }

    @Override
    public List<String> plannedSpoolFiles(String customer) {
        return read(s -> ItemTable.plannedSpoolFiles(s, customer));
    }

    @Override
    public Map<ItemKey, Boolean> spooled(String customer) {
        return read(s -> SpoolTables.spooled(s, customer));
    }

    @Override
    public CompletableFuture<Boolean> evict(ItemKey item, Instant nextAt, long pass) {
        return write(s -> SpoolTables.evict(s, item, nextAt, pass));
    }

    @Override
    public long claimable(String customer, Selection selection) {
        return read(s -> ItemTable.claimable(s, dialect, customer, selection) + ReceiptTable.claimable(s, customer, selection));
    }

    @Override
    public Optional<Instant> nextTime(String customer) {
        return read(s -> {
            Optional<Instant> item = ItemTable.nextTime(s, dialect, customer);
            Optional<Instant> receipt = ReceiptTable.nextTime(s, customer);
            boolean itemFirst = item.isPresent()
                    && (receipt.isEmpty() || item.get().isBefore(receipt.get()));
            return itemFirst ? item : receipt;
        });
    }

    @Override
    public CompletableFuture<Integer> retry(String customer, DeadSelection selection, Instant now) {
        return write(s -> DeadTables.retry(s, customer, selection, now));
    }

    @Override
    public Optional<JournalObject> newestObject(String customer, String target) {
        return read(s -> JournalTable.newest(s, customer, target));
    }

    @Override
    public boolean isUnpublished(String customer, String target) {
        return read(s -> JournalTable.isUnpublished(s, customer, target));
    }

    @Override
    public List<JournalEvent> events(String customer, String target, long after, int limit) {
        return read(s -> EventTable.after(s, customer, target, after, limit));
    }

    @Override
    public List<HeaderEvent> headerEvents(String customer, long after) {
        return read(s -> EventTable.forHeader(s, customer, after));
    }

    @Override
    public CompletableFuture<Void> fixObject(JournalObject object) {
        return change(s -> JournalTable.fix(s, object));
    }

    @Override
    public CompletableFuture<Void> published(JournalObject object, Instant now) {
        return change(s -> JournalTable.published(s, object, now));
    }

    @Override
    public List<GateRecord> gates() {
        return read(GateTable::all);
    }

    @Override
    public CompletableFuture<Void> keepGate(GateRecord gate) {
        return change(s -> GateTable.keep(s, gate));
    }

    @Override
    public <T> CompletableFuture<T> rebuild(Function<Rebuild, T> work) {
        return write(s -> work.apply(new RebuildTables(s, dialect)));
    }

    @Override
    public CompletableFuture<Long> beginPass(Instant now) {
        return write(s -> RunTables.beginPass(s, now));
    }

    @Override
    public CompletableFuture<Void> releaseClaims() {
        return change(RunTables::releaseClaims);
    }

    @Override
    public CompletableFuture<Void> stopped(String customer, String code, String sentence, Instant now) {
        return change(s -> RunTables.stopped(s, customer, code, sentence, now));
    }

    @Override
    public List<CustomerCounts> counts(Collection<String> customers) {
        return read(s -> {
            List<CustomerCounts> counts = new ArrayList<>();
            for (String customer : customers) {
                counts.add(CountTables.of(s, dialect, customer));
            }
            return counts;
        });
    }

    @Override
    public Reports reports() {
        return new ReportTables(this::read);
    }

    @Override
    public AlarmBook alarms() {
        return new AlarmTables(this::read, this::write, dialect);
    }

    @Override
    public Releases releases() {
        return new ReleaseTables(this::read, this::write);
    }

    @Override
    public Retentions retentions() {
        return new RetentionTables(this::read, this::write);
    }

    @Override
    public Views views() {
        return new ViewTables(this::read);
    }

    @Override
    public Search search() {
        return new SearchTables(this::read, this::write);
    }

    @Override
    public CompletableFuture<Void> played(
            ItemKey item, String feed, String recordId, String who, String address, Instant now) {
        return change(s -> new EventTable(item.customer(), feed, now)
                .played(item.item(), recordId, who, address)
                .write(s));
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        if (readers instanceof HikariDataSource pool) {
            pool.close();
        }
    }
}
