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

class FileStoreTest extends FileStoreExample {

    @Test
    void nothing_gets_its_name_before_it_survives_a_power_cut_and_nothing_is_proved_before_the_name_does()
            throws IOException {
        FileStore store = store(new NotingDisk());

        store.put(put("acme/calls/1.mp3", "x", true));
        store.put(put("acme/calls/2.mp3", "y", true));

        assertThat(calls)
                .containsExactly(
                        "names " + scratch.getFileName(),
                        "names archive",
                        "names acme",
                        "sync spool",
                        "link 1.mp3",
                        "names calls",
                        "sync spool",
                        "link 2.mp3",
                        "names calls");
    }

    @Test
    void the_name_of_one_that_is_followed_is_synced_with_that_of_the_next() throws IOException {
        FileStore store = store(new NotingDisk());
        store.put(put("acme/calls/0.mp3", "w", true));
        calls.clear();
        store.put(followed(put("acme/calls/1.mp3", "x", true)));
        store.put(put("acme/calls/1.mp3.json", "y", true));
        store.put(followed(put("acme/calls/2.mp3", "x", false)));
        store.put(put("acme/calls/2.mp3.json", "y", false));

        assertThat(calls)
                .as("each file before its name, and nothing after the last names")
                .containsSubsequence("sync spool", "link 1.mp3", "sync spool", "link 1.mp3.json", "names calls")
                .containsSubsequence("link 2.mp3", "link 2.mp3.json", "names calls")
                .filteredOn(call -> call.startsWith("names"))
                .hasSize(2);
        assertThat(calls).last().isEqualTo("names calls");
    }

    @Test
    void what_already_lies_there_is_synced_also_when_it_is_followed() throws IOException {
        FileStore store = store(new NotingDisk());
        store.put(put("acme/1.mp3", "x", false));
        calls.clear();
        store.put(followed(put("acme/1.mp3", "x", false)));
        assertThat(calls).last().isEqualTo("names acme");
    }

    private static StorePut followed(StorePut put) {
        return new StorePut(
                put.path(),
                put.file(),
                put.length(),
                put.sha256(),
                put.type(),
                put.mayShare(),
                true,
                put.metadata(),
                put.tags());
    }

    @Test
    void a_directory_that_this_process_did_not_make_is_synced_too_before_the_first_put_is_proved() throws IOException {
        Files.createDirectories(root.resolve("acme/calls"));

        store(new NotingDisk()).put(put("acme/calls/1.mp3", "x", true));

        assertThat(calls).startsWith("names archive", "names acme");
    }

    @Test
    void what_already_lies_there_is_synced_before_it_counts() throws IOException {
        Files.createDirectories(root.resolve("acme"));
        Files.writeString(root.resolve("acme/1.mp3"), "x");

        Receipt receipt = store(new NotingDisk()).put(put("acme/1.mp3", "x", false));

        assertThat(receipt.checksum()).startsWith("read-back:");
        assertThat(calls).last().isEqualTo("names acme");
    }

    @Test
    void two_hundred_puts_at_once_share_the_syncs_of_their_directory() throws Exception {
        FileStore store = store(new NotingDisk());
        List<StorePut> puts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            puts.add(put("acme/calls/" + i + ".mp3", "recording " + i, true));
        }

        Race.run(20, runner -> {
            for (int i = runner; i < puts.size(); i += 20) {
                store.put(puts.get(i));
            }
            return "done";
        });

        assertThat(calls).filteredOn(call -> call.startsWith("link")).hasSize(200);
        assertThat(calls).filteredOn("names calls"::equals).hasSizeBetween(10, 199);
    }

    @Test
    void a_file_that_may_be_shared_keeps_its_inode_and_gets_mode() throws IOException {
        StorePut put = put("acme/1.mp3", "x", true);

        Receipt receipt = store(new Disk()).put(put);

        Path stored = root.resolve("acme/1.mp3");
        assertThat(receipt.location()).isEqualTo(stored.toString());
        assertThat(receipt.checksum()).isEqualTo("linked:1");
        assertThat(Files.isSameFile(stored, put.file())).isTrue();
        assertThat(mode(stored)).isEqualTo("rw-r-----");
        assertThat(mode(stored.getParent())).isEqualTo("rwxr-x---");
        assertThat(mode(root)).isEqualTo("rwxr-x---");
    }

    @Test
    void a_file_that_may_not_be_shared_is_copied_and_read_back() throws IOException {
        StorePut put = put("acme/1.mp3", "x", false);

        Receipt receipt = store(new Disk(), "444", "0700", null).put(put);

        Path stored = root.resolve("acme/1.mp3");
        assertThat(receipt.checksum()).isEqualTo("read-back:" + put.sha256());
        assertThat(Files.isSameFile(stored, put.file())).isFalse();
        assertThat(mode(stored)).isEqualTo("r--r--r--");
    }

    @Test
    void a_spool_on_another_file_system_is_copied() throws IOException {
        Tmpfs mount = Tmpfs.mount(scratch.resolve("other"), "size=1m").orElse(null);
        assumeTrue(mount != null, "this user may not mount a tmpfs");
        try (mount) {
            spool = mount.directory();
            StorePut put = put("acme/1.mp3", "x", true);

            assertThat(store(new Disk()).put(put).checksum()).startsWith("read-back:");

            assertThat(root.resolve("acme/1.mp3")).hasContent("x");
            assertThat(own(root)).isEmpty();
        }
    }

    @Test
    void without_links_a_file_is_renamed_and_still_never_replaces_another() throws Exception {
        FileStore store = store(new LinklessDisk());

        store.put(put("acme/1.mp3", "first", true));
        store.put(put("acme/1.mp3", "first", true));
        assertThatThrownBy(() -> store.put(put("acme/1.mp3", "other", true)))
                .isInstanceOf(SkipRecordException.class);
        List<Object> race = Race.run(12, i -> store.put(put("acme/race.mp3", "bytes " + i, true)));

        assertThat(root.resolve("acme/1.mp3")).hasContent("first");
        assertThat(race).filteredOn(Receipt.class::isInstance).hasSize(1);
        assertThat(race).filteredOn(SkipRecordException.class::isInstance).hasSize(11);
        assertThat(own(root)).containsExactly(".callvault-lock");
    }

    @Test
    void where_links_exist_a_link_that_fails_is_never_replaced_by_a_rename() throws IOException {
        FileStore store = store(new Disk() {
            @Override
            void link(Path name, Path existing) throws IOException {
                if (name.endsWith("1.mp3")) {
                    throw new FileSystemException(name.toString(), null, "Input/output error");
                }
                super.link(name, existing);
            }
        });

        assertThatThrownBy(() -> store.put(put("acme/1.mp3", "x", true))).isInstanceOf(TryAgainException.class);

        assertThat(root.resolve("acme/1.mp3")).doesNotExist();
        assertThat(own(root)).isEmpty();
    }

    /** As in a container without a view of the machine's mounts, whose spool and target are two of them. */
    @Test
    void where_the_mounts_cannot_be_seen_a_spool_that_lies_elsewhere_is_copied_from() throws IOException {
        FileStore store = store(new Disk() {
            @Override
            void link(Path name, Path existing) throws IOException {
                if (!existing.startsWith(root)) {
                    throw new FileSystemException(name.toString(), null, "Invalid cross-device link");
                }
                super.link(name, existing);
            }

            @Override
            boolean areApart(Path one, Path other) throws IOException {
                throw new IOException("Mount point not found");
            }
        });

        store.put(put("acme/1.mp3", "x", true));
        store.put(put("acme/2.mp3", "y", true));

        assertThat(root.resolve("acme/1.mp3")).hasContent("x");
        assertThat(root.resolve("acme/2.mp3")).hasContent("y");
    }

    @Test
    void the_part_of_a_living_process_is_left_alone() throws IOException {
        Files.createDirectories(root.resolve("acme"));
        Path living = root.resolve("acme/.callvault-living.part");
        try (FileChannel channel = FileChannel.open(living, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();

            store(new Disk()).put(put("acme/1.mp3", "x", false));

            assertThat(living).exists();
        }
    }

    @Test
    void without_a_mode_the_file_system_decides() throws IOException {
        StorePut put = put("acme/1.mp3", "x", true);
        Files.setPosixFilePermissions(put.file(), PosixFilePermissions.fromString("rw-rw-rw-"));

        store(new Disk(), "", "", null).put(put);

        assertThat(mode(root.resolve("acme/1.mp3"))).isEqualTo("rw-rw-rw-");
    }
}
