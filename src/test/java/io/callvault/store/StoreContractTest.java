// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the package's description, for every Kamelet in {@code routes/store/}, through the Kamelet. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("kinds")
class StoreContractTest {

    @Parameter(0)
    String kind;

    @Parameter(1)
    String server;

    @TempDir
    Path scratch;

    private StoreFixture fixture;
    private KameletTargets targets;
    private Store store;
    private Path spool;

    static List<Arguments> kinds() throws Exception {
        List<String> kinds;
        try (Stream<Path> files = Files.list(Path.of("routes/store"))) {
            kinds = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("store-.*\\.kamelet\\.yaml"))
                    .map(name -> name.substring("store-".length(), name.length() - ".kamelet.yaml".length()))
                    .sorted()
                    .toList();
        }
        assertThat(kinds).contains("file");
        List<Arguments> all = new ArrayList<>();
        for (String kind : kinds) {
            for (String server : fixtureOf(kind).servers()) {
                all.add(Arguments.of(kind, server));
            }
        }
        return all;
    }

    @BeforeEach
    void start() throws Exception {
        spool = Files.createDirectory(scratch.resolve("spool"));
        fixture = fixtureOf(kind);
        fixture.at(server);
        targets = new KameletTargets(kind);
        store = targets.open("t", fixture.target(scratch));
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
        List<String> deletions = fixture.deletions();
        fixture.close();
        assertThat(deletions).as("rights to write and to read are enough").isEmpty();
    }

    private static StoreFixture fixtureOf(String kind) throws Exception {
        String name = "io.callvault.store." + kind + "." + Character.toUpperCase(kind.charAt(0)) + kind.substring(1)
                + "Fixture";
        try {
            return (StoreFixture) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException none) {
            return fail("the kind " + kind + " has no fixture: write the class " + name);
        }
    }

    @Test
    void what_was_put_is_found_and_read_back() throws IOException {
        StorePut put = put("acme/calls/2026-03-10/a b_ü.mp3", "a recording");

        Receipt receipt = store.put(put);

        assertThat(receipt.location()).isNotBlank();
        assertThat(receipt.length()).isEqualTo(put.length());
        assertThat(receipt.sha256()).isEqualTo(put.sha256());
        assertThat(receipt.checksum()).matches("[a-z0-9-]+:.+");
        assertThat(store.stat(put.path()))
                .hasValueSatisfying(found -> assertThat(found.length()).isEqualTo(put.length()));
        assertThat(read(put.path(), 0, -1)).isEqualTo("a recording");
    }

    @Test
    void the_first_operation_may_be_a_question() {
        assertThat(store.stat("acme/calls/none.mp3")).isEmpty();
        assertThatThrownBy(() -> read("acme/calls/none.mp3", 0, -1))
                .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_OBJECT_MISSING));
    }

    static List<String> odd_but_good_paths() {
        return List.of(
                "acme/caf\u00e9 \u65e5\u672c\u8a9e \ud83c\udfa7.mp3",
                "acme/+15105550142_+14155550100 100%41%2F%00.mp3",
                "acme/a#b?c=d&e;f.mp3",
                "acme/'single' \"double\" `back` \u00ab\u00bb.mp3",
                "acme/!$()[]{}~^|*<>:,@=.mp3",
                "acme/" + "\u00e9".repeat(125) + "x.mp3",
                ("p".repeat(254) + "/").repeat(4) + "last");
    }

    @ParameterizedTest
    @MethodSource("odd_but_good_paths")
    void a_path_that_looks_odd_is_kept_as_it_is(String path) throws IOException {
        StorePut put = put(path, "odd");

        store.put(put);

        assertThat(store.put(put).sha256()).isEqualTo(put.sha256());
        assertThat(store.stat(path).orElseThrow().length()).isEqualTo(3);
        assertThat(read(path, 1, -1)).isEqualTo("dd");
        if (store.lists()) {
            assertThat(listed("")).containsExactly(path);
            assertThat(listed(path.substring(0, path.lastIndexOf('/') + 1))).containsExactly(path);
        }
        assertThatThrownBy(() -> store.put(put(path, "other"))).isInstanceOf(SkipRecordException.class);
    }

    @Test
    void names_that_differ_only_in_case_never_share_an_object() throws IOException {
        store.put(put("acme/A.mp3", "upper"));

        assertThat(store.stat("acme/a.mp3")).isEmpty();
        if (fixture.isCaseless()) {
            for (String bytes : List.of("upper", "lower")) {
                assertThatThrownBy(() -> store.put(put("acme/a.mp3", bytes)))
                        .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                                .isEqualTo(ErrorCode.STORE_CONFLICT));
            }
        } else {
            store.put(put("acme/a.mp3", "lower"));
            assertThat(read("acme/a.mp3", 0, -1)).isEqualTo("lower");
        }
        assertThat(read("acme/A.mp3", 0, -1)).isEqualTo("upper");
    }

    @Test
    void a_directory_is_not_an_object() throws IOException {
        store.put(put("acme/calls/1.mp3", "x"));

        assertThat(store.stat("acme/calls")).isEmpty();
        assertThat(store.stat("acme/calls/1.mp3/below")).isEmpty();
        assertThat(store.stat("acme/calls/1")).isEmpty();
    }

    @Test
    void a_part_of_an_object_can_be_read() throws IOException {
        store.put(put("acme/1.mp3", "0123456789"));

        assertThat(read("acme/1.mp3", 3, 4)).isEqualTo("3456");
        assertThat(read("acme/1.mp3", 8, 100)).isEqualTo("89");
        assertThat(read("acme/1.mp3", 8, -1)).isEqualTo("89");
        assertThat(read("acme/1.mp3", 10, 5)).isEmpty();
        assertThat(read("acme/1.mp3", 99, -1)).isEmpty();
        assertThat(read("acme/1.mp3", 2, 0)).isEmpty();
    }

    @Test
    void the_same_bytes_again_are_a_success() throws IOException {
        StorePut put = put("acme/1.mp3", "same");

        Receipt first = store.put(put);
        Receipt second = store.put(put("acme/1.mp3", "same"));

        assertThat(second.location()).isEqualTo(first.location());
        assertThat(second.sha256()).isEqualTo(first.sha256());
        assertThat(read("acme/1.mp3", 0, -1)).isEqualTo("same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"same length, other", "longer than what lies there", ""})
    void other_bytes_are_refused_and_the_first_ones_stay(String second) throws IOException {
        store.put(put("acme/1.mp3", "same length, first"));

        assertThatThrownBy(() -> store.put(put("acme/1.mp3", second)))
                .isInstanceOfSatisfying(SkipRecordException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.STORE_CONFLICT))
                .hasMessageContaining("acme/1.mp3")
                .hasMessageContaining("target t");

        assertThat(read("acme/1.mp3", 0, -1)).isEqualTo("same length, first");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void of_twelve_racing_puts_with_different_bytes_one_wins() throws Exception {
        assumeTrue(fixture.raceless() == null, () -> server + ": " + fixture.raceless());
        Store other = targets.open("again", targets.properties("t"));
        List<StorePut> puts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            puts.add(put("acme/race.mp3", "bytes number " + (10 + i)));
        }

        List<Object> results = Race.run(puts.size(), i -> (i % 2 == 0 ? store : other).put(puts.get(i)));

        assertThat(results).filteredOn(Receipt.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(SkipRecordException.class::isInstance)
                .hasSize(11)
                .allSatisfy(thrown -> assertThat(((SkipRecordException) thrown).code())
                        .isEqualTo(ErrorCode.STORE_CONFLICT));
        int winner = IntStream.range(0, 12)
                .filter(i -> results.get(i) instanceof Receipt)
                .findFirst()
                .orElseThrow();
        assertThat(read("acme/race.mp3", 0, -1)).isEqualTo("bytes number " + (10 + winner));
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void of_twelve_racing_puts_with_the_same_bytes_all_succeed() throws Exception {
        Store other = targets.open("again", targets.properties("t"));
        List<StorePut> puts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            puts.add(put("acme/race.mp3", "the same"));
        }

        List<Object> results = Race.run(puts.size(), i -> (i % 2 == 0 ? store : other).put(puts.get(i)));

        assertThat(results).hasSize(12).allMatch(Receipt.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out", "acme/../../out", "/etc/out", "acme//out", "acme/./out", "acme/..", "acme/", "", "acme\\..\\out",
                "acme/nul\u0000", "acme/line\nbreak", ".callvault-lock", "acme/.callvault-x.part", "acme/\ud800"
            })
    void a_hostile_path_is_refused_by_every_operation(String path) throws IOException {
        StorePut put = put(path, "x");

        for (Callable<?> operation : List.<Callable<?>>of(
                () -> store.put(put), () -> store.stat(path), () -> read(path, 0, -1))) {
            assertThatThrownBy(operation::call)
                    .isInstanceOfSatisfying(ArchiveException.class, thrown -> assertThat(thrown.code())
                            .isEqualTo(ErrorCode.STORE_PATH_REFUSED));
        }
        assertThat(scratch.resolve("out")).doesNotExist();
    }

    @Test
    void an_empty_file_can_be_stored() throws IOException {
        store.put(put("acme/empty.txt", ""));

        assertThat(store.stat("acme/empty.txt").orElseThrow().length()).isZero();
        assertThat(read("acme/empty.txt", 0, -1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fifty_megabytes_come_back_as_they_went(boolean mayShare) throws IOException {
        byte[] bytes = new byte[50 * 1024 * 1024];
        new Random(50).nextBytes(bytes);
        StorePut put = put("acme/big.mp4", bytes, mayShare);

        store.put(put);

        Path back = scratch.resolve("back");
        assertThat(store.get("acme/big.mp4", 0, -1, back)).isEqualTo(bytes.length);
        assertThat(Bytes.sha256(Files.readAllBytes(back))).isEqualTo(put.sha256());
    }

    @Test
    void a_file_that_is_not_what_was_announced_is_not_stored() throws IOException {
        StorePut good = put("acme/1.mp3", "announced");
        Files.writeString(good.file(), "and then cut");

        assertThatThrownBy(() -> store.put(good)).isInstanceOfSatisfying(ArchiveException.class, thrown -> assertThat(
                        thrown.code())
                .isEqualTo(ErrorCode.STORE_NOT_PROVED));
        assertThat(store.stat("acme/1.mp3")).isEmpty();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void what_a_killed_put_left_is_no_object_and_goes_with_the_next_put() throws Exception {
        fixture.killDuringPut("acme/calls/1.mp3");
        assertThat(store.stat("acme/calls/1.mp3")).isEmpty();
        if (store.lists()) {
            assertThat(listed("")).isEmpty();
        }

        store.put(put("acme/calls/1.mp3", "whole"));

        assertThat(read("acme/calls/1.mp3", 0, -1)).isEqualTo("whole");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void two_hundred_files_go_into_one_directory_at_once() throws Exception {
        List<StorePut> puts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            puts.add(put("acme/calls/2026-03-10/" + i + ".mp3", "recording " + i));
        }

        List<Object> results = Race.run(16, worker -> {
            for (int i = worker; i < puts.size(); i += 16) {
                store.put(puts.get(i));
            }
            return "done";
        });

        assertThat(results).containsOnly("done");
        for (StorePut put : puts) {
            assertThat(store.stat(put.path()).orElseThrow().length()).isEqualTo(put.length());
        }
    }

    @Test
    void objects_are_listed_by_the_beginning_of_their_paths() throws IOException {
        assumeTrue(store.lists(), "the kind " + kind + " cannot list");
        for (String path : List.of("acme/calls/1.mp3", "acme/calls/1.mp3.json", "acme/journal/1.gz", "acme2/x", "b")) {
            store.put(put(path, path));
        }

        assertThat(listed(""))
                .containsExactlyInAnyOrder(
                        "acme/calls/1.mp3", "acme/calls/1.mp3.json", "acme/journal/1.gz", "acme2/x", "b");
        assertThat(listed("acme/")).containsExactlyInAnyOrder("acme/calls/1.mp3", "acme/calls/1.mp3.json", "acme/journal/1.gz");
        assertThat(listed("acme/calls/1.mp3.")).containsExactly("acme/calls/1.mp3.json");
        assertThat(listed("acme"))
                .containsExactlyInAnyOrder("acme/calls/1.mp3", "acme/calls/1.mp3.json", "acme/journal/1.gz", "acme2/x");
        assertThat(listed("none/")).isEmpty();
        assertThatThrownBy(() -> listed("../")).isInstanceOf(SkipRecordException.class);
    }

    @Test
    void a_broken_target_says_who_must_act() throws Exception {
        List<StoreFixture.Broken> all = fixture.broken(scratch);
        assumeTrue(!all.isEmpty(), "the kind " + kind + " has no broken target to show here");
        int number = 0;
        for (StoreFixture.Broken broken : all) {
            Store target = targets.open("broken" + number++, broken.properties());
            Throwable thrown = catchThrowable(() -> target.put(put("acme/1.mp3", "x")));
            assertThat(thrown).as(broken.because()).isInstanceOf(StopCustomerException.class);
            assertThat(((StopCustomerException) thrown).code()).isEqualTo(broken.code());
            assertThat(thrown.getMessage())
                    .as("one sentence: what was tried, on which target, what to do")
                    .startsWith("Tried to put acme/1.mp3")
                    .contains("target broken")
                    .contains(": ")
                    .endsWith(".");
            requireNoSecret(thrown);
        }
    }

    @Test
    void after_a_bad_moment_the_same_put_succeeds() throws Exception {
        List<StoreFixture.Passing> all = fixture.passing(scratch);
        assumeTrue(!all.isEmpty(), "the kind " + kind + " has no bad moment to show here");
        byte[] bytes = new byte[300_000];
        new Random(300).nextBytes(bytes);
        int number = 0;
        for (StoreFixture.Passing moment : all) {
            String name = "passing" + number++;
            Store target = targets.open(name, moment.properties());
            StorePut put = put("acme/1.mp3", bytes, true);
            Throwable thrown = catchThrowable(() -> target.put(put));
            assertThat(thrown).as(moment.because()).isInstanceOf(TryAgainException.class);
            assertThat(((TryAgainException) thrown).code()).as(moment.because()).isEqualTo(moment.code());
            assertThat(thrown.getMessage())
                    .as("one sentence: what was tried, on which target, what to do")
                    .startsWith("Tried to put acme/1.mp3")
                    .contains("target " + name)
                    .contains(": ")
                    .endsWith(".");
            requireNoSecret(thrown);

            moment.over().run();

            assertThat(target.put(put).sha256()).as(moment.because()).isEqualTo(put.sha256());
            Path back = scratch.resolve("back");
            target.get("acme/1.mp3", 0, -1, back);
            assertThat(Bytes.sha256(Files.readAllBytes(back))).as(moment.because()).isEqualTo(put.sha256());
        }
    }

    private void requireNoSecret(Throwable thrown) {
        for (String secret : fixture.secrets()) {
            assertThat(thrown.toString()).doesNotContain(secret);
        }
    }

    private List<String> leftBehind() {
        try {
            return fixture.leftBehind();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> listed(String prefix) {
        List<String> paths = new ArrayList<>();
        store.list(prefix, object -> paths.add(object.path()));
        return paths;
    }

    private String read(String path, long offset, long length) throws IOException {
        Path into = scratch.resolve("read-back");
        Files.writeString(into, "what was there before, and is longer than the object");
        long written = store.get(path, offset, length, into);
        String text = Files.readString(into);
        assertThat(written).isEqualTo(text.length());
        return text;
    }

    private StorePut put(String path, String text) throws IOException {
        return put(path, text.getBytes(StandardCharsets.UTF_8), true);
    }

    private StorePut put(String path, byte[] bytes, boolean mayShare) throws IOException {
        Path file = Files.write(Files.createTempFile(spool, "item", ""), bytes);
        return new StorePut(path, file, bytes.length, Bytes.sha256(bytes), "audio/mpeg", mayShare);
    }
}
