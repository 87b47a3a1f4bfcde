// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import io.callvault.store.Bytes;
import io.callvault.store.Race;
import io.callvault.store.StorePut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may have done to the directory, to its mount or to the settings. */
class FileStoreDangerTest extends FileStoreExample {

    @Test
    void a_symbolic_link_in_the_place_of_the_file_is_neither_followed_nor_replaced() throws IOException {
        Path outside = Files.writeString(scratch.resolve("outside"), "x");
        Files.createDirectories(root.resolve("acme"));
        Path link = Files.createSymbolicLink(root.resolve("acme/1.mp3"), outside);
        FileStore store = store(new Disk());

        assertThat(store.stat("acme/1.mp3")).isEmpty();
        for (boolean mayShare : new boolean[] {true, false}) {
            assertThatThrownBy(() -> store.put(put("acme/1.mp3", "x", mayShare)))
                    .isInstanceOf(SkipRecordException.class);
        }
        assertThatThrownBy(() -> store.get("acme/1.mp3", 0, -1, scratch.resolve("into")))
                .isInstanceOf(SkipRecordException.class);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        store.list("", object -> assertThat(object.path()).isNotEqualTo("acme/1.mp3"));
    }

    @Test
    void a_symbolic_link_out_of_the_target_is_refused_before_anything_is_made_behind_it() throws IOException {
        Files.createDirectory(root);
        Path outside = Files.createDirectory(scratch.resolve("outside"));
        Files.createSymbolicLink(root.resolve("acme"), outside);
        FileStore store = store(new Disk());

        assertDenied(catchThrowable(() -> store.put(put("acme/calls/1.mp3", "x", true))), "symbolic link");
        assertDenied(catchThrowable(() -> store.stat("acme/1.mp3")), "symbolic link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void a_symbolic_link_within_the_target_is_followed() throws IOException {
        Files.createDirectories(root.resolve("disk2/acme"));
        Files.createSymbolicLink(root.resolve("acme"), root.resolve("disk2/acme"));

        store(new Disk()).put(put("acme/calls/1.mp3", "x", true));

        assertThat(root.resolve("disk2/acme/calls/1.mp3")).exists();
    }

    @Test
    void a_directory_removed_meanwhile_is_made_again() throws IOException {
        FileStore store = store(new Disk());
        store.put(put("acme/calls/1.mp3", "x", true));
        Files.delete(root.resolve("acme/calls/1.mp3"));
        Files.delete(root.resolve("acme/calls"));

        store.put(put("acme/calls/2.mp3", "y", true));

        assertThat(root.resolve("acme/calls/2.mp3")).hasContent("y");
    }

    @Test
    void a_target_that_is_unmounted_under_way_is_not_filled_anew() throws IOException {
        FileStore store = store(new Disk());
        store.put(put("acme/calls/1.mp3", "x", true));
        Files.move(root, scratch.resolve("unmounted"));
        Files.createDirectory(root);

        for (Throwable thrown : List.of(
                catchThrowable(() -> store.put(put("acme/calls/2.mp3", "y", true))),
                catchThrowable(() -> store.stat("acme/calls/1.mp3")),
                catchThrowable(() -> store.list("", object -> {})))) {
            assertThat(thrown)
                    .isInstanceOfSatisfying(TryAgainException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.STORE_UNREACHABLE))
                    .hasMessageContaining("mount");
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void an_unknown_owner_is_the_operators_to_mend() {
        assertDenied(
                catchThrowable(() -> store(new Disk(), "", "", "no-such-user").put(put("acme/1.mp3", "x", true))),
                "no-such-user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "0888", "rw-r-----", "64", "02750", "1640", "-640"})
    void a_mode_that_is_none_is_refused_at_start(String mode) {
        assertThatThrownBy(() -> new FileTarget().setMode(mode))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mode = " + mode)
                .hasMessageContaining("0640");
    }

    @Test
    void a_failure_of_the_callers_own_disk_is_not_blamed_on_the_target() throws IOException {
        FileStore store = store(new Disk());
        StorePut put = put("acme/1.mp3", "x", true);
        store.put(put);
        Files.delete(put.file());

        assertThatThrownBy(() -> store.put(put)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> store.get("acme/1.mp3", 0, -1, scratch.resolve("none/into")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void hostile_paths_are_refused_here_too() {
        FileStore store = store(new Disk());

        assertThatThrownBy(() -> store.put(put("../out", "x", true))).isInstanceOf(SkipRecordException.class);
        assertThatThrownBy(() -> store.stat("/etc/passwd")).isInstanceOf(SkipRecordException.class);
        assertThatThrownBy(() -> store.get("a/../../b", 0, -1, scratch)).isInstanceOf(SkipRecordException.class);
        assertThatThrownBy(() -> store.list("../", object -> {})).isInstanceOf(SkipRecordException.class);
    }
}
