// SPDX-License-Identifier: Apache-2.0
package io.callvault.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.model.FeedPart;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real ledger and a real directory. */
class JournalTest {

    private static final FeedPart CALLS = FeedPart.whole("acme", "calls");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T23:59:50.123456Z"));

    @TempDir
    Path directory;

    private Path target;
    private Ledger ledger;
    private Spool spool;
    private KameletTargets targets;
    private Store store;
    private int records;

    @BeforeEach
    void open() throws Exception {
        target = directory.resolve("archive");
        ledger = Ledgers.open("jdbc:sqlite:" + directory.resolve("ledger.db"), clock);
        spool = new Spool(directory.resolve("spool"));
        targets = new KameletTargets("file");
        store = targets.open("nas", Map.of("directory", target.toString()));
    }

    @AfterEach
    void close() {
        targets.close();
        ledger.close();
    }

    @Test
    void a_run_without_events_writes_nothing() {
        assertThat(journal(store).publish()).isZero();
        assertThat(target).doesNotExist();
        happen(1);
        Journal journal = journal(store);
        assertThat(journal.publish()).isEqualTo(1);
        assertThat(journal.publish()).isZero();
        assertThat(journal(store).publish()).isZero();
        assertThat(objects()).hasSize(1);
    }

    @Test
    void whoever_has_no_time_publishes_one_object_and_the_next_goes_on() throws IOException {
        happen(2 * Journal.CUT + 1);
        assertThat(journal(store).publish(() -> false)).isEqualTo(1);
        assertThat(journal(store).publish(() -> false)).isEqualTo(1);
        assertThat(objects()).hasSize(2);
        assertThat(journal(store).publish()).isEqualTo(1);
        assertThat(recordsIn(objects())).hasSize(2 * Journal.CUT + 1).doesNotHaveDuplicates();
        assertThat(journal(store).publish(() -> false)).isZero();
    }

    @Test
    void what_does_not_fill_an_object_waits_while_a_run_goes_on() throws IOException {
        happen(Journal.CUT - 1);
        assertThat(journal(store).publishFull(() -> true)).isZero();
        assertThat(target).doesNotExist();
        happen(2);
        assertThat(journal(store).publishFull(() -> true)).isEqualTo(1);
        assertThat(lines(Files.readAllBytes(objects().get(0)))).hasSize(1 + Journal.CUT);
        assertThat(journal(store).publish()).isEqualTo(1);
        assertThat(recordsIn(objects())).hasSize(Journal.CUT + 1).doesNotHaveDuplicates();
    }

    @Test
    void how_far_the_listing_came_is_told_in_a_header_and_is_no_reason_for_an_object() throws IOException {
        happen(0);
        assertThat(journal(store).publish()).isZero();
        happen(1);
        assertThat(journal(store).publish()).isEqualTo(1);
        JsonNode listed = ExactJson.MAPPER
                .readTree(lines(Files.readAllBytes(objects().get(0))).get(0))
                .path("listed");
        assertThat(listed).as("of each part the latest").hasSize(1);
        assertThat(listed.get(0).path("feed").asText()).isEqualTo("calls");
        assertThat(listed.get(0).path("until").asText()).isEqualTo("2026-03-10T23:59:50.123Z");
        happen(1);
        journal(store).publish();
        assertThat(lines(Files.readAllBytes(objects().get(1))).get(0))
                .as("told once a day")
                .doesNotContain("listed");
    }

    @Test
    void each_object_names_the_one_before_it_by_its_hash() throws IOException {
        happen(2);
        journal(store).publish();
        clock.advance(Duration.ofSeconds(20));
        happen(3);
        journal(store).publish();
        clock.advance(Duration.ofDays(400));
        happen(1);
        journal(store).publish();

        List<Path> objects = objects();
        assertThat(objects.stream().map(file -> target.relativize(file).toString()))
                .containsExactly(
                        "acme/journal/2026/03/10/1.jsonl.gz",
                        "acme/journal/2026/03/11/2.jsonl.gz",
                        "acme/journal/2027/04/15/3.jsonl.gz");
        String previous = null;
        for (int i = 0; i < objects.size(); i++) {
            byte[] bytes = Files.readAllBytes(objects.get(i));
            JsonNode header = ExactJson.MAPPER.readTree(lines(bytes).get(0));
            assertThat(header.get("journal").asInt()).isEqualTo(1);
            assertThat(header.get("customer").asText()).isEqualTo("acme");
            assertThat(header.get("target").asText()).isEqualTo("nas");
            assertThat(header.get("number").asInt()).isEqualTo(i + 1);
            assertThat(header.get("previous").asText(null)).isEqualTo(previous);
            previous = SpoolFile.sha256(bytes);
        }
        assertThat(recordsIn(objects)).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(lines(Files.readAllBytes(objects.get(0))).get(0)).contains("\"at\":\"2026-03-10T23:59:50.123Z\"");
    }

    @Test
    void an_object_is_cut_at_ten_thousand_events() throws IOException {
        happen(Journal.CUT + 1);
        assertThat(journal(store).publish()).isEqualTo(2);
        List<Path> objects = objects();
        assertThat(lines(Files.readAllBytes(objects.get(0)))).hasSize(1 + Journal.CUT);
        assertThat(lines(Files.readAllBytes(objects.get(1)))).hasSize(2);
        assertThat(recordsIn(objects)).hasSize(Journal.CUT + 1).doesNotHaveDuplicates();
    }

    @Test
    void exactly_ten_thousand_events_are_one_object() {
        happen(Journal.CUT);
        assertThat(journal(store).publish()).isEqualTo(1);
    }

    @Test
    void an_object_that_was_fixed_and_not_put_is_put_as_it_was_fixed() throws IOException {
        happen(2);
        assertThatThrownBy(() -> journal(new Broken(store, true, true)).publish())
                .isInstanceOf(TryAgainException.class);
        byte[] fixed = ledger.newestObject("acme", "nas").orElseThrow().bytes();
        assertThat(target.resolve("acme")).doesNotExist();
        assertThat(spool.folder("acme")).isEmptyDirectory();
        clock.advance(Duration.ofDays(3));
        happen(1);
        assertThat(journal(store).publish()).isEqualTo(2);
        assertThat(Files.readAllBytes(objects().get(0))).isEqualTo(fixed);
        assertThat(target.resolve("acme/journal/2026/03/10/1.jsonl.gz")).exists();
        assertThat(recordsIn(objects())).containsExactly("1", "2", "3");
    }

    @Test
    void an_object_that_was_put_and_not_noted_is_put_again_with_identical_bytes() throws IOException {
        happen(2);
        assertThatThrownBy(() -> journal(new Broken(store, false, true)).publish())
                .isInstanceOf(TryAgainException.class);
        Path first = objects().get(0);
        byte[] put = Files.readAllBytes(first);
        assertThat(ledger.isUnpublished("acme", "nas")).isTrue();
        clock.advance(Duration.ofDays(3));
        assertThat(journal(store).publish()).isEqualTo(1);
        assertThat(objects()).containsExactly(first);
        assertThat(Files.readAllBytes(first)).isEqualTo(put);
        assertThat(ledger.isUnpublished("acme", "nas")).isFalse();
    }

    @Test
    void a_foreign_object_at_the_next_number_says_that_the_ledger_is_behind() throws IOException {
        happen(1);
        journal(store).publish();
        Path foreign = foreign("acme/journal/2026/02/01/2.jsonl.gz");
        happen(1);
        behind(journal(store));
        assertThat(objects()).hasSize(2);
        assertThat(Files.readString(foreign)).isEqualTo("foreign");
        assertThat(ledger.newestObject("acme", "nas").orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void a_new_ledger_before_an_old_journal_says_that_it_is_behind() throws IOException {
        foreign("acme/journal/2025/02/01/17.jsonl.gz");
        happen(1);
        behind(journal(store));
        assertThat(ledger.newestObject("acme", "nas")).isEmpty();
    }

    @Test
    void where_nothing_can_be_listed_the_put_finds_out() throws IOException {
        foreign("acme/journal/2026/03/10/1.jsonl.gz");
        happen(1);
        behind(journal(new Broken(store, false, false)));
        assertThat(spool.folder("acme")).isEmptyDirectory();
    }

    @Test
    void other_files_beside_the_journal_and_other_customers_say_nothing() throws IOException {
        foreign("acme/journal/2026/02/01/README.txt");
        foreign("acme2/journal/2026/02/01/9.jsonl.gz");
        happen(1);
        assertThat(journal(store).publish()).isEqualTo(1);
    }

    @Test
    void each_target_has_a_chain_of_its_own() throws Exception {
        Store second = targets.open("usb", Map.of("directory", directory.resolve("usb").toString()));
        happen(1);
        journal(store).publish();
        happen(1);
        new Journal("acme", "usb", ledger, second, spool, clock).publish();
        journal(store).publish();
        assertThat(objects()).hasSize(2);
        try (Stream<Path> files = Files.walk(directory.resolve("usb"))) {
            assertThat(recordsIn(files.filter(Files::isRegularFile).toList())).containsExactly("1", "2");
        }
    }

    private void behind(Journal journal) {
        assertThatThrownBy(journal::publish)
                .isInstanceOfSatisfying(StopCustomerException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.LEDGER_BEHIND_JOURNAL))
                .hasMessageContaining("put the newest copy of the ledger back");
    }

    private Journal journal(Store at) {
        return new Journal("acme", "nas", ledger, at, spool, clock);
    }

    /** So many calls are listed. */
    private void happen(int count) {
        Instant now = clock.instant();
        ListingWindow window = ledger.openWindow(CALLS, new Window(now.minusSeconds(60), now), now)
                .join();
        List<NewRevision> page = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = String.valueOf(++records);
            String raw = "{\"id\":\"" + id + "\"}";
            ListedRecord record = new ListedRecord(
                    id, "Voice", now, null, "inbound", null, null, null, null, true, raw, List.of(), null);
            page.add(new NewRevision(record, ExactJson.sha256(raw), null, Map.of(), "heavy"));
        }
        ledger.keepPage(window, page, count, null, now).join();
    }

    private Path foreign(String path) throws IOException {
        Path file = target.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "foreign");
    }

    /** Everything below the target, by number. */
    private List<Path> objects() {
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file ->
                            Integer.valueOf(file.getFileName().toString().split("\\.")[0])))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> recordsIn(List<Path> objects) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path object : objects) {
            List<String> lines = lines(Files.readAllBytes(object));
            for (String line : lines.subList(1, lines.size())) {
                ids.add(ExactJson.MAPPER.readTree(line).at("/record/id").asText());
            }
        }
        return ids;
    }

    private static List<String> lines(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).endsWith("\n");
            return text.lines().toList();
        }
    }

    /**
     * A target behind which the process dies once.
     *
     * @param diesBefore it dies before the put, else after it
     * @param lists whether it can list
     */
    private record Broken(Store store, boolean diesBefore, boolean lists) implements Store {

        @Override
        public Receipt put(StorePut put) {
            if (!diesBefore) {
                store.put(put);
            }
            throw new TryAgainException(ErrorCode.STORE_UNREACHABLE, "the process died");
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
        public void list(String prefix, Consumer<StoredObject> each) {
            store.list(prefix, each);
        }
    }
}
