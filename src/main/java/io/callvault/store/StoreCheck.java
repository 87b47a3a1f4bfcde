// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.TryAgainException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The contract tried at a real target. As nothing may be deleted there, one small object of always the same name and bytes
 * is put and stays: {@code <customer>/check/callvault.txt}.
 */
public final class StoreCheck {

    private static final byte[] BYTES = "Callvault put this here to see that it can. It may stay.\n"
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHERS = "Callvault tried to put this in place of something else.\n"
            .getBytes(StandardCharsets.UTF_8);

    private final Store store;
    private final String path;
    private final Path directory;

    /** @param directory for temporary files */
    public StoreCheck(Store store, String customer, Path directory) {
        this.store = store;
        this.path = path(customer);
        this.directory = directory;
    }

    /** Where a customer's object lies. */
    public static String path(String customer) {
        return customer + "/" + PathTemplate.CHECK + "/callvault.txt";
    }

    /**
     * Puts the object, or finds it there, and reads it back.
     *
     * @throws ArchiveException what the target says, or that it has other bytes than were put
     */
    public void putAndGet() {
        put("callvault-check", BYTES);
        Optional<StoredObject> found = store.stat(path);
        if (found.isEmpty() || found.get().length() != BYTES.length) {
            throw unproved(found.isEmpty() ? "is not there" : "has " + found.get().length() + " bytes");
        }
        Path copy = directory.resolve("callvault-copy");
        store.get(path, 0, -1, copy);
        if (!Arrays.equals(read(copy), BYTES)) {
            throw unproved("reads otherwise");
        }
    }

    /**
     * Whether the target refuses to overwrite; what it overwrote is put back.
     *
     * @throws ArchiveException what the target says
     */
    public boolean keepsWhatItHas() {
        try {
            put("callvault-others", OTHERS);
        } catch (SkipRecordException e) {
            if (e.code() == ErrorCode.STORE_CONFLICT) {
                return true;
            }
            throw e;
        }
        try {
            put("callvault-check", BYTES);
        } catch (SkipRecordException e) {
            // Overwritten once and now refused: it stays as it is, and the answer is the same.
            return false;
        }
        return false;
    }

    private void put(String name, byte[] bytes) {
        Path file = directory.resolve(name);
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.put(new StorePut(path, file, bytes.length, sha256(bytes), "text/plain", false));
    }

    private ArchiveException unproved(String what) {
        return new TryAgainException(
                ErrorCode.STORE_NOT_PROVED,
                "Tried to put and read back " + path + " but it " + what + " although the target took it: check the target");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
