// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.store.ObjectPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file being made under a temporary name. While it is made, nobody takes it for a crash's rest: no other process, because it is
 * locked, and not this one, which knows its own. A lock alone would not do for both: between a file's making and its lock another put
 * of this process could lock and remove it.
 */
final class PartFile implements AutoCloseable {

    private static final String SUFFIX = ".part";
    private static final int BUFFER = 128 * 1024; // bytes

    /** What this process is making, in whatever target; here before the file is, until after it is gone. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A new, empty one, readable by nobody else. */
    static PartFile in(Path directory) throws IOException {
        Path path = directory.resolve(ObjectPath.OWN_NAMES + UUID.randomUUID() + SUFFIX);
        PartFile part = new PartFile(path, announced(path));
        try {
            part.channel.tryLock();
        } catch (IOException | OverlappingFileLockException noLock) {
            // Then whoever sees the directory under another name may remove it, and this put is tried again.
        }
        return part;
    }

    private static FileChannel announced(Path path) throws IOException {
        OURS.add(path);
        try {
            return create(path);
        } catch (IOException | RuntimeException e) {
            OURS.remove(path);
            throw e;
        }
    }

    private static FileChannel create(Path path) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileAttribute<?> own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            return FileChannel.open(path, options, own);
        } catch (UnsupportedOperationException noModes) {
            return FileChannel.open(path, options);
        }
    }

    /** Removes what crashed processes left in a directory. What cannot be removed stays: it harms nobody. */
    static void sweep(Path directory) throws IOException {
        try (DirectoryStream<Path> rests =
                Files.newDirectoryStream(directory, ObjectPath.OWN_NAMES + "*" + SUFFIX)) {
            for (Path rest : rests) {
                if (!OURS.contains(rest)) {
                    removeUnlessLocked(rest);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void removeUnlessLocked(Path rest) {
        try (FileChannel channel =
                FileChannel.open(rest, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                Files.delete(rest);
            }
        } catch (IOException | OverlappingFileLockException alive) {
            // Somebody writes it, or has just removed it.
        }
    }

    Path path() {
        return path;
    }

    /** Copies a file here and returns how many bytes came. */
    long fill(Path file) throws IOException {
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = 0;
            for (long moved = 1; moved > 0; at += moved) {
                moved = source.transferTo(at, Long.MAX_VALUE - at, channel);
            }
            return at;
        }
    }

    void sync() throws IOException {
        channel.force(true);
    }

    /** Reads back what was written. */
    String sha256() throws IOException {
        return sha256(channel);
    }

    /** Gives up the lock, so that no network file system keeps the name of an open file alive. */
    void finish() throws IOException {
        channel.close();
    }

    /** Takes the temporary name away; the bytes stay if they have got another. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
            Files.delete(path);
        } catch (NoSuchFileException renamed) {
            // It has its final name.
        } finally {
            OURS.remove(path);
        }
    }

    /** SHA-256 of a whole channel, lower-case hex. */
    static String sha256(FileChannel channel) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = 0;
        for (int read = channel.read(buffer, at); read >= 0; read = channel.read(buffer, at)) {
            at += read;
            digest.update(buffer.flip());
            buffer.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
