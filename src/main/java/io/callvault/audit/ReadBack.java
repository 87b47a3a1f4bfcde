// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopAllException;
import io.callvault.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads objects back piece by piece through a temporary file, so that neither memory nor disk grow with them. May be used
 * by several threads.
 */
public final class ReadBack {

    /**
     * What was read.
     *
     * @param length in bytes
     * @param sha256 64 lower-case hex digits
     */
    public record Bytes(long length, String sha256) {}

    private final Store store;
    private final Path directory;
    private final Pace pace;

    /** @param directory for temporary files */
    public ReadBack(Store store, Path directory) {
        this(store, directory, Pace.unbounded());
    }

    ReadBack(Store store, Path directory, Pace pace) {
        this.store = store;
        this.directory = directory;
        this.pace = pace;
    }

    /**
     * Reads an object to its end.
     *
     * @return null when there is none
     * @throws io.callvault.error.ArchiveException what the target says
     */
    public Bytes read(String path) {
        return read(path, null);
    }

    /** @param into keeps the whole object; null to keep nothing */
    public Bytes read(String path, Path into) {
        Path piece = null;
        try (OutputStream kept = into == null ? OutputStream.nullOutputStream() : Files.newOutputStream(into)) {
            piece = Files.createTempFile(directory, "piece-", null);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long length = 0;
            long most = pace.piece();
            long got = most;
            while (got == most) {
                got = store.get(path, length, most, piece);
                pace.took(got);
                if (add(piece, digest, kept) != got) {
                    throw new IOException("the target's route wrote another number of bytes than it says");
                }
                length += got;
            }
            return new Bytes(length, HexFormat.of().formatHex(digest.digest()));
        } catch (SkipRecordException e) {
            if (e.code() == ErrorCode.STORE_OBJECT_MISSING) {
                return null;
            }
            throw e;
        } catch (IOException | UncheckedIOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to read " + path + " back through " + directory + " but it failed: " + e
                            + ". Make room and run again",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            delete(piece);
        }
    }

    private static long add(Path piece, MessageDigest digest, OutputStream kept) throws IOException {
        long count = 0;
        byte[] buffer = new byte[65_536];
        try (InputStream in = Files.newInputStream(piece)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                kept.write(buffer, 0, read);
                count += read;
            }
        }
        return count;
    }

    private static void delete(Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // The whole directory goes at the end.
            }
        }
    }
}
