// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.audit.Finding;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.error.TryAgainException;
import io.callvault.journal.Journal;
import io.callvault.json.ExactJson;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Selection;
import io.callvault.ledger.Verdict;
import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Receipt;
import io.callvault.model.Window;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolFile;
import io.callvault.store.KameletTargets;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import io.callvault.testing.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that worked, real directories, and a second ledger that is made from them. */
class RebuilderTest {

    private static final FeedPart CALLS = FeedPart.whole("acme", "calls");
    private static final Selection ALL = new Selection(null, 0, null, null);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T14:00:00Z"));
    private final Map<String, Store> stores = new HashMap<>();

    @TempDir
    Path directory;

    private KameletTargets targets;
    private Ledger lost;
    private Ledger made;
    private Spool spool;

    @BeforeEach
    void open() throws Exception {
        lost = Ledgers.open("jdbc:sqlite:" + directory.resolve("lost.db"), clock);
        made = Ledgers.open("jdbc:sqlite:" + directory.resolve("made.db"), clock);
        spool = new Spool(directory.resolve("spool"));
        targets = new KameletTargets("file");
        for (String target : List.of("nas", "vault")) {
            stores.put(
                    target,
                    targets.open(target, Map.of("directory", directory.resolve(target).toString())));
        }
    }

    @AfterEach
    void close() {
        targets.close();
        lost.close();
        made.close();
    }

    @Test
    void everything_that_both_journals_tell_is_in_the_ledger_again_and_the_chains_go_on() {
        archive("1", "nas", "vault");
        archive("2", "nas", "vault");
        publish("nas", "vault");
        Rebuilt rebuilt = rebuild();
        assertThat(rebuilt.findings()).isEmpty();
        assertSame();
        assertThat(rebuilt.heads())
                .containsEntry("nas", lost.newestObject("acme", "nas").orElseThrow().sha256());
        assertThat(made.untold("acme", 10)).as("what the operators' step was told").isEmpty();
        assertThat(new Journal("acme", "nas", made, stores.get("nas"), spool, clock).publish())
                .as("nothing is told again")
                .isZero();
        list(made, call("3", "3"));
        assertThat(new Journal("acme", "nas", made, stores.get("nas"), spool, clock).publish())
                .isEqualTo(1);
        assertThat(made.newestObject("acme", "nas").orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void revisions_are_kept_in_their_order_and_the_latest_counts() {
        list(lost, call("1", "1"));
        list(lost, "{\"id\":\"1\",\"rec\":\"1\",\"result\":\"\\u2028 later \\ud83d\\udcde\"}");
        publish("nas");
        rebuild();
        assertThat(made.raw("acme", "calls", "1", 1)).isEqualTo(lost.raw("acme", "calls", "1", 1));
        assertThat(made.raw("acme", "calls", "1", 2)).isEqualTo(lost.raw("acme", "calls", "1", 2));
        assertThat(made.latestRevisions("acme", "calls", List.of("1")))
                .isEqualTo(lost.latestRevisions("acme", "calls", List.of("1")));
    }

    @Test
    void what_ended_stays_ended_and_what_was_stored_later_is_stored() {
        archive("1", "nas", "vault");
        for (String state : List.of("gone", "dead", "not-retained")) {
            list(lost, call(state, state));
            lost.itemFailed(
                            key(state),
                            new Verdict(state, 8, null, "CONTENT_MISSING", "evidence", 404, 3, clock.instant()),
                            0,
                            clock.instant())
                    .join();
        }
        list(lost, call("again", "again"));
        lost.itemFailed(
                        key("again"),
                        new Verdict("dead", 8, null, "CONTENT_SHORT", null, 200, 0, null),
                        0,
                        clock.instant())
                .join();
        lost.retry("acme", io.callvault.ledger.DeadSelection.all(), clock.instant()).join();
        lost.itemFailed(
                        key("dead"),
                        new Verdict("dead", 8, null, "CONTENT_MISSING", "evidence", 404, 3, clock.instant()),
                        0,
                        clock.instant())
                .join();
        store("again", "nas", "vault");
        list(lost, call("due", "due"));
        publish("nas", "vault");
        rebuild();
        assertSame();
        assertThat(made.counts(List.of("acme")).get(0).items())
                .isEqualTo(Map.of("stored", 2L, "gone", 1L, "dead", 1L, "not-retained", 1L, "due", 1L));
        assertThat(made.reports().dead("acme", io.callvault.ledger.DeadSelection.all()))
                .isEqualTo(lost.reports().dead("acme", io.callvault.ledger.DeadSelection.all()));
    }

    @Test
    void an_item_given_up_at_one_target_is_dead_there() {
        list(lost, call("1", "1"));
        List<DueReceipt> due = plan("1", "nas", "vault");
        put(due.get(0));
        lost.receiptFailed(
                        due.get(1),
                        new Verdict("dead", 8, null, "STORE_CONFLICT", "other bytes", 0, 0, null),
                        0,
                        clock.instant())
                .join();
        publish("nas", "vault");
        rebuild();
        assertSame();
        assertThat(made.reports().dead("acme", io.callvault.ledger.DeadSelection.all()))
                .isEqualTo(lost.reports().dead("acme", io.callvault.ledger.DeadSelection.all()));
    }

    @Test
    void a_target_that_lags_behind_gets_the_rest_of_its_journal_and_its_items_are_due() {
        archive("1", "nas", "vault");
        publish("nas", "vault");
        archive("2", "nas");
        publish("nas");
        Rebuilt rebuilt = rebuild();
        assertThat(rebuilt.findings()).isEmpty();
        assertThat(rebuilt.unstored()).isEqualTo(1);
        assertThat(made.counts(List.of("acme")).get(0).items()).isEqualTo(Map.of("stored", 1L, "due", 1L));
        assertThat(new Journal("acme", "vault", made, stores.get("vault"), spool, clock).publish())
                .isEqualTo(1);
        assertThat(lines("vault", 2)).hasSize(2).last().asString().contains("\"event\":\"record\"");
        // Fetched again, it goes to the target that lacks it.
        assertThat(made.claimItems("acme", "heavy", ALL, 10, clock.instant()).join()).hasSize(1);
        assertThat(made.plan(key("2"), planOf("2"), List.of("nas", "vault"), clock.instant()).join())
                .extracting(DueReceipt::target)
                .containsExactly("vault");
    }

    @Test
    void an_object_whose_journal_was_never_published_is_read_back_and_told() {
        archive("1", "nas", "vault");
        publish("nas");
        Rebuilt rebuilt = rebuild();
        assertThat(rebuilt.adopted()).isEqualTo(1);
        assertThat(made.counts(List.of("acme")).get(0).items()).isEqualTo(Map.of("stored", 1L));
        new Journal("acme", "vault", made, stores.get("vault"), spool, clock).publish();
        assertThat(lines("vault", 1).get(2)).contains("\"event\":\"stored\"").contains("read-back:");
    }

    @Test
    void an_altered_object_is_named_and_not_believed_and_the_other_journal_fills_the_hole() throws IOException {
        archive("1", "nas", "vault");
        publish("nas", "vault");
        archive("2", "nas", "vault");
        publish("nas", "vault");
        archive("3", "nas", "vault");
        publish("nas", "vault");
        alter(object("nas", 2), text -> text.replace("\"result\":\"2\"", "\"result\":\"7\""));
        Rebuilt rebuilt = rebuild();
        assertThat(rebuilt.findings()).hasSize(1);
        assertThat(rebuilt.findings().get(0).kind()).isEqualTo(Finding.Kind.ALTERED);
        assertThat(rebuilt.findings().get(0).path()).isEqualTo("acme/journal/2026/03/10/2.jsonl.gz");
        assertThat(made.raw("acme", "calls", "2", 1)).contains("\"result\":\"2\"");
        assertSame();
        // The ledger keeps what the chain says it should be, so that verify goes on to name it.
        assertThat(made.reports().chain("acme", "nas", 1, 1).get(0).sha256())
                .isEqualTo(lost.reports().chain("acme", "nas", 1, 1).get(0).sha256());
    }

    @Test
    void what_only_a_damaged_object_told_is_lost_and_its_time_is_listed_again() throws IOException {
        archive("1", "nas");
        publish("nas");
        archive("2", "nas");
        publish("nas");
        Files.write(object("nas", 1), new byte[] {1, 2, 3});
        Rebuilt rebuilt = rebuild("nas");
        assertThat(rebuilt.findings()).hasSize(1);
        assertThat(rebuilt.findings().get(0).detail()).contains("cannot be read");
        assertThat(made.counts(List.of("acme")).get(0).records()).isEqualTo(Map.of("calls", 1L));
        assertThat(made.listedUntil(CALLS)).as("nothing counts as listed").isEmpty();
        assertThat(new Journal("acme", "nas", made, stores.get("nas"), spool, clock).publish())
                .isZero();
    }

    @Test
    void a_missing_number_is_named_and_what_lies_behind_it_is_read() throws IOException {
        for (String id : List.of("1", "2", "3")) {
            archive(id, "nas");
            publish("nas");
        }
        Files.delete(object("nas", 2));
        Rebuilt rebuilt = rebuild("nas");
        assertThat(rebuilt.findings())
                .extracting(Finding::detail)
                .containsExactly("numbers 2 to 2 of the journal are not there, so what they told is lost");
        assertThat(made.counts(List.of("acme")).get(0).items()).isEqualTo(Map.of("stored", 2L));
    }

    @Test
    void the_object_of_another_chain_is_named_and_left_alone() throws IOException {
        archive("1", "nas");
        publish("nas");
        Path foreign = object("nas", 1).resolveSibling("9.jsonl.gz");
        Files.copy(object("nas", 1), foreign);
        alter(foreign, text -> text.replace("\"customer\":\"acme\"", "\"customer\":\"bolt\""));
        Rebuilt rebuilt = rebuild("nas");
        assertThat(rebuilt.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).contains("but says customer bolt"));
        assertThat(made.newestObject("acme", "nas").orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void a_target_that_cannot_be_listed_is_searched_day_by_day() {
        archive("1", "nas");
        publish("nas");
        clock.advance(Duration.ofDays(40));
        archive("2", "nas");
        publish("nas");
        stores.put("nas", new Unlisted(stores.get("nas"), false));
        clock.advance(Duration.ofDays(3));
        Rebuilt rebuilt = rebuild("nas");
        assertThat(rebuilt.unlisted()).containsExactly("nas");
        assertThat(rebuilt.objects()).isEqualTo(2);
        assertThat(made.counts(List.of("acme")).get(0).items()).isEqualTo(Map.of("stored", 2L));
    }

    @Test
    void a_target_that_cannot_be_read_leaves_everything_as_it_was() {
        archive("1", "nas", "vault");
        publish("nas", "vault");
        Store good = stores.put("vault", new Unlisted(stores.get("vault"), true));
        assertThatThrownBy(this::rebuild).isInstanceOf(TryAgainException.class).hasMessage("down");
        assertThat(made.counts(List.of("acme")).get(0).records()).isEmpty();
        stores.put("vault", good);
        rebuild();
        assertSame();
    }

    @Test
    void a_customer_that_is_known_is_refused() {
        archive("1", "nas");
        publish("nas");
        rebuild("nas");
        assertThatThrownBy(() -> rebuild("nas"))
                .isInstanceOfSatisfying(StopAllException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.LEDGER_NOT_EMPTY));
    }

    private Rebuilt rebuild(String... only) {
        List<String> names = only.length == 0 ? List.of("nas", "vault") : List.of(only);
        try (Rebuilder rebuilder =
                new Rebuilder(made, stores::get, Files.createTempDirectory(directory, "copies"), clock)) {
            return rebuilder.rebuild("acme", names, "acme/", new Plain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both ledgers say the same of records, items, receipts and chains. */
    private void assertSame() {
        assertThat(made.counts(List.of("acme"))).isEqualTo(lost.counts(List.of("acme")));
        assertThat(made.reports().records("acme", "", "", 100))
                .isEqualTo(lost.reports().records("acme", "", "", 100));
        for (String target : List.of("nas", "vault")) {
            assertThat(made.reports().items("acme", target, "", 100))
                    .isEqualTo(lost.reports().items("acme", target, "", 100));
            assertThat(made.reports().chain("acme", target, 0, 100))
                    .isEqualTo(lost.reports().chain("acme", target, 0, 100));
        }
        assertThat(made.listedUntil(CALLS)).isEqualTo(lost.listedUntil(CALLS));
    }

    private static String call(String id, String recording) {
        return "{\"id\":\"" + id + "\",\"rec\":\"" + recording + "\",\"result\":\"" + id + "\"}";
    }

    private static ItemKey key(String id) {
        return new ItemKey("acme", "recording/" + id);
    }

    private void archive(String id, String... at) {
        list(lost, call(id, id));
        store(id, at);
    }

    private void store(String id, String... at) {
        plan(id, at).forEach(this::put);
    }

    private void list(Ledger ledger, String raw) {
        Instant now = clock.instant();
        ListingWindow window =
                ledger.openWindow(CALLS, new Window(now.minusSeconds(60), now), now).join();
        ListedRecord record = new Plain().record("calls", null, raw);
        Map<String, Instant> lossAt = new HashMap<>();
        record.items().forEach(item -> lossAt.put(item.id(), new Plain().lossAt(record, item)));
        ledger.keepPage(
                        window,
                        List.of(new NewRevision(record, ExactJson.sha256(raw), null, lossAt, "heavy")),
                        1,
                        null,
                        now)
                .join();
    }

    private static byte[] bytes(String id) {
        return ("bytes of " + id).getBytes(StandardCharsets.UTF_8);
    }

    private static Plan planOf(String id) {
        return new Plan(
                "acme/calls/" + id + ".mp3",
                bytes(id).length,
                SpoolFile.sha256(bytes(id)),
                "audio/mpeg",
                Spool.name(key(id)));
    }

    private List<DueReceipt> plan(String id, String... at) {
        lost.claimItems("acme", "heavy", ALL, 100, clock.instant()).join();
        return lost.plan(key(id), planOf(id), List.of(at), clock.instant()).join();
    }

    private void put(DueReceipt receipt) {
        Store store = stores.get(receipt.target());
        Plan plan = receipt.plan();
        byte[] raw = lost.raw("acme", receipt.feed(), receipt.recordId(), receipt.revision())
                .getBytes(StandardCharsets.UTF_8);
        Path binary = spool.write("acme", "binary", bytes(receipt.item().id()));
        Path sidecar = spool.write("acme", "sidecar", raw);
        Receipt proof =
                store.put(new StorePut(plan.path(), binary, plan.length(), plan.sha256(), plan.type(), false));
        store.put(new StorePut(
                plan.path() + ".json", sidecar, raw.length, SpoolFile.sha256(raw), "application/json", false));
        lost.stored(receipt, proof, false, clock.instant()).join();
        lost.untold("acme", 10).forEach(each -> lost.told(each.key()).join());
    }

    private void publish(String... at) {
        for (String target : at) {
            new Journal("acme", target, lost, stores.get(target), spool, clock).publish();
        }
    }

    private Path object(String target, long number) {
        try (Stream<Path> files = Files.walk(directory.resolve(target).resolve("acme/journal"))) {
            return files.filter(file -> file.getFileName().toString().equals(number + ".jsonl.gz"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String target, long number) {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(object(target, number))))) {
            return new ArrayList<>(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void alter(Path object, java.util.function.UnaryOperator<String> change) throws IOException {
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(object)))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(change.apply(text)).isNotEqualTo(text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(change.apply(text).getBytes(StandardCharsets.UTF_8));
        }
        Files.delete(object);
        Files.write(object, bytes.toByteArray());
    }

    /** Records that say their id and their recording's. */
    private static final class Plain implements Readings {

        @Override
        public ListedRecord record(String feed, String recordId, String raw) {
            try {
                var json = ExactJson.MAPPER.readTree(raw);
                String id = json.path("rec").asText();
                return new ListedRecord(
                        json.path("id").asText(),
                        "Voice",
                        Instant.parse("2026-03-10T12:00:00Z"),
                        "101",
                        "inbound",
                        null,
                        null,
                        null,
                        null,
                        true,
                        raw,
                        List.of(new ListedItem("recording/" + id, "recording", "/" + id, null, null, null)),
                        null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Instant lossAt(ListedRecord record, ListedItem item) {
            return record.startedAt().plus(Duration.ofDays(90));
        }

        @Override
        public String group(String feed) {
            return "heavy";
        }
    }

    /** A target that cannot list, or that is down. */
    private record Unlisted(Store store, boolean isDown) implements Store {

        @Override
        public Receipt put(StorePut put) {
            return store.put(put);
        }

        @Override
        public Optional<StoredObject> stat(String path) {
            return store.stat(path);
        }

        @Override
        public long get(String path, long offset, long length, Path into) {
            return store.get(path, offset, length, into);
        }

        @Override
        public boolean lists() {
            if (isDown) {
                throw new TryAgainException(ErrorCode.STORE_UNREACHABLE, "down");
            }
            return false;
        }

        @Override
        public void list(String prefix, Consumer<StoredObject> each) {
            throw new UnsupportedOperationException();
        }
    }
}
