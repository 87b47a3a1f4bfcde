// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.json.ExactJson;
import io.callvault.model.ItemKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The spool's files: one folder a customer, one name an item. */
public final class Spool {

    private static final String PART = ".part";
    private static final int READABLE = 40;

    private final Path directory;
    private final SpoolRoom room;
    private final Map<String, Path> folders = new ConcurrentHashMap<>();

    /** One with as much room as the disk has. @param directory made when it does not exist */
    public Spool(Path directory) {
        this(directory, new SpoolRoom(Long.MAX_VALUE));
    }

    /**
     * @param directory made when it does not exist
     * @param room keeps account of what lies there
     */
    public Spool(Path directory, SpoolRoom room) {
        this.directory = directory;
        this.room = room;
    }

    /** How much of it each customer uses. */
    public SpoolRoom room() {
        return room;
    }

    /**
     * What was begun with {@link SpoolRoom#take} is over: what is not whole is removed.
     *
     * @param isFirst as told to the {@link Download}
     */
    public void settle(ItemKey item, boolean isFirst) {
        if (room.settle(item)) {
            try {
                Files.deleteIfExists(isFirst ? whole(item) : part(whole(item)));
            } catch (IOException e) {
                throw unusable(e);
            }
        }
    }

    /** The folder of a customer, made when it does not exist. */
    public Path folder(String customer) {
        Path known = folders.get(customer);
        return known != null ? known : folders.computeIfAbsent(customer, this::made);
    }

    private Path made(String customer) {
        Path folder = directory.resolve(customer);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
        return folder;
    }

    /**
     * Clears away what an earlier process left half-done: everything in a customer's folder but the files named.
     *
     * @param kept names of the files that the ledger knows of
     */
    public void sweep(String customer, Collection<String> kept) {
        Set<String> names = new HashSet<>(kept);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(customer))) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Where the download of a file grows that is there already, or was. */
    static Path part(Path whole) {
        return whole.resolveSibling(whole.getFileName() + PART);
    }

    /** Where it lies once it is whole. */
    Path whole(ItemKey item) {
        return folder(item.customer()).resolve(name(item));
    }

    /**
     * A file that an earlier process fetched, hashed again.
     *
     * @return true if it is there and its bytes are the ones expected
     */
    public boolean holds(String customer, String name, long length, String sha256) {
        Path file = folder(customer).resolve(name);
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == length
                    && sha256(file).equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    /** A file of the spool by its name. */
    public Path file(String customer, String name) {
        return folder(customer).resolve(name);
    }

    /** A small file of our own, such as a sidecar, beside the downloads. */
    public Path write(String customer, String name, byte[] bytes) {
        Path file = folder(customer).resolve(name);
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw unusable(e);
        }
        return file;
    }

    /** Lets an item's file go; an absent one is fine. */
    public void release(ItemKey item, String name) {
        release(item.customer(), name);
        room.gone(item);
    }

    /** Lets a small file of our own go; an absent one is fine. */
    public void release(String customer, String name) {
        Path file = folder(customer).resolve(name);
        if (file.toFile().delete()) {
            return; // one system call less than what follows, which can say why not
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of a file, 64 lower-case hex digits. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[65_536];
            int read = 0;
            while (read >= 0) {
                read = in.read(buffer);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The disk under the spool does not do its work: nothing can go on. */
    public StopAllException unusable(IOException cause) {
        boolean full = String.valueOf(cause.getMessage()).contains("No space left");
        return new StopAllException(
                full ? ErrorCode.SPOOL_FULL : ErrorCode.HOME_UNUSABLE,
                "Tried to write to the spool " + directory + " but "
                        + (full ? "the disk is full. Make room and run again" : "it failed: " + cause),
                cause);
    }

    /** Name of an item's file in its customer's folder. */
    public static String name(ItemKey item) {
        String id = item.id();
        StringBuilder name = new StringBuilder(64);
        for (int i = 0; i < Math.min(READABLE, id.length()); i++) {
            char c = id.charAt(i);
            boolean isPlain = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            name.append(isPlain ? c : '_');
        }
        return name.append('-').append(ExactJson.hex(item.item()), 0, 16).toString();
    }
}
