// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.model.Receipt;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of an object: which are meant, and that they come whole. */
class SlicesTest {

    private static final byte[] WHOLE = new byte[2 * Slices.SLICE + 12_345];

    static {
        new Random(1).nextBytes(WHOLE);
    }

    @TempDir
    Path directory;

    @Test
    void an_object_larger_than_a_slice_comes_whole_and_leaves_nothing_behind() throws IOException {
        try (Slices slices = new Slices(new Bytes(), "a/b", 0, WHOLE.length, directory)) {
            assertThat(slices.readAllBytes()).isEqualTo(WHOLE);
        }
        int from = Slices.SLICE - 3;
        try (Slices slices = new Slices(new Bytes(), "a/b", from, 10, directory)) {
            assertThat(slices.readAllBytes()).isEqualTo(Arrays.copyOfRange(WHOLE, from, from + 10));
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void one_that_ends_too_early_is_no_success() throws IOException {
        try (Slices slices = new Slices(new Bytes(), "a/b", 0, WHOLE.length + 1L, directory)) {
            assertThatThrownBy(slices::readAllBytes).isInstanceOf(EOFException.class).hasMessageContaining("a/b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 99", "bytes=10-19, 10, 19", "bytes=90-500, 90, 99", "bytes=-5, 95, 99", "bytes=-500, 0, 99",
        "bytes=99-99, 99, 99"
    })
    void a_part_is_what_was_asked_for_as_far_as_there_is_any(String header, long from, long to) {
        assertThat(Range.of(header, 100)).isEqualTo(new Range(from, to));
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-", "bytes=-0", "bytes=500-600"})
    void a_part_behind_the_end_is_outside(String header) {
        assertThat(Range.of(header, 100).isOutside()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"bytes=5-4", "bytes=-", "bytes=a-b", "'bytes=0-1,3-4'", "items=0-1", "bytes=99999999999999999999-"})
    void of_what_is_no_part_the_whole_is_given(String header) {
        assertThat(Range.of(header, 100)).isNull();
    }

    /** A target with one object. */
    private static final class Bytes implements Store {

        @Override
        public long get(String path, long offset, long length, Path into) {
            try {
                byte[] part = Arrays.copyOfRange(
                        WHOLE, (int) offset, (int) Math.min(WHOLE.length, offset + length));
                Files.write(into, part);
                return part.length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Receipt put(StorePut put) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<StoredObject> stat(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean lists() {
            return false;
        }

        @Override
        public void list(String prefix, Consumer<StoredObject> each) {
            throw new UnsupportedOperationException();
        }
    }
}
