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

/** A file target in a directory of its own, on a disk of the test's choice. */
abstract class FileStoreExample {

    @TempDir
    Path scratch;

    Path root;
    Path spool;
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** Notes what is called in which order. */
    class NotingDisk extends Disk {
        @Override
        void link(Path name, Path existing) throws IOException {
            calls.add("link " + name.getFileName());
            super.link(name, existing);
        }

        @Override
        long sync(Path file) throws IOException {
            calls.add("sync " + (file.startsWith(spool) ? "spool" : file.getFileName()));
            return super.sync(file);
        }

        @Override
        void syncDirectory(Path directory) throws IOException {
            calls.add("names " + directory.getFileName());
            super.syncDirectory(directory);
        }
    }

    /** A file system without links. */
    static class LinklessDisk extends Disk {
        @Override
        void link(Path name, Path existing) throws IOException {
            throw new FileSystemException(name.toString(), existing.toString(), "Operation not permitted");
        }
    }

    @BeforeEach
    void directories() throws IOException {
        root = scratch.resolve("archive");
        spool = Files.createDirectory(scratch.resolve("spool"));
    }

    final FileStore store(Disk disk) {
        return store(disk, "0640", "0750", null);
    }

    final FileStore store(Disk disk, String mode, String directoryMode, String owner) {
        return new FileStore(
                new FileSettings(
                        "nas",
                        root,
                        FileSettings.permissions("mode", mode),
                        FileSettings.permissions("directory-mode", directoryMode),
                        owner,
                        null),
                disk);
    }

    final StorePut put(String path, String text, boolean mayShare) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(Files.createTempFile(spool, "item", ""), bytes);
        return new StorePut(path, file, bytes.length, Bytes.sha256(bytes), null, mayShare);
    }

    static void assertDenied(Throwable thrown, String part) {
        assertThat(thrown)
                .isInstanceOfSatisfying(StopCustomerException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.STORE_DENIED))
                .hasMessageContaining(part);
    }

    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    static List<String> own(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }
}
