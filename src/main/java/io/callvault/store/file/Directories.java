// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories of one target: made, checked and synced when this process first puts something into them, and
 * remembered, so that a put into a known one costs nothing here. A symbolic link that leads out of the target is found
 * at that first time only.
 */
final class Directories {

    /** Enough for decades of days; when full, all are looked at again. */
    private static final int REMEMBERED = 10_000;

    private final Path root;
    private final Dress dress;
    private final DirectorySync sync;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();
    private Object identity; // of the root when it was first seen: device and inode; null before

    Directories(Path root, Dress dress, DirectorySync sync) {
        this.root = root;
        this.dress = dress;
        this.sync = sync;
    }

    /** Where an object with a good path lies. */
    Path place(String path) {
        return root.resolve(path);
    }

    /**
     * Makes a directory and its parents if they are missing, so that they survive a power cut.
     *
     * @return whether this process came here for the first time
     * @throws OutsideException when a symbolic link leads out of the target
     */
    boolean prepare(Path directory) throws IOException {
        if (known.contains(directory)) {
            return false;
        }
        Path real = openRoot();
        Path current = root;
        if (!directory.equals(root)) {
            for (Path name : root.relativize(directory)) {
                Path parent = current;
                current = current.resolve(name);
                if (!known.contains(current)) {
                    make(current);
                    requireInside(current, real);
                    sync.sync(parent);
                }
                remember(current);
            }
        }
        remember(directory);
        return true;
    }

    /** After a directory turned out to be missing: nothing is taken for known. */
    void forget() {
        known.clear();
    }

    /**
     * Whether an object may be looked for under a path.
     *
     * @return false when its directory does not exist, and so no object
     * @throws IOException when the target itself cannot be seen, so that "no object" would be a guess
     * @throws OutsideException when a symbolic link leads out of the target
     */
    boolean reaches(Path place) throws IOException {
        Path real = openRoot();
        try {
            requireInside(place.getParent(), real);
            return Files.isDirectory(place.getParent());
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /** The root's real path; makes the root if only it is missing. */
    private synchronized Path openRoot() throws IOException {
        if (!Files.isDirectory(root)) {
            if (identity != null) {
                throw new ReplacedException(root);
            }
            make(root);
            sync.sync(root.getParent());
        }
        Object now = identityOf(root);
        if (identity == null) {
            identity = now;
        } else if (!Objects.equals(identity, now)) {
            throw new ReplacedException(root);
        }
        return root.toRealPath();
    }

    private static Object identityOf(Path directory) throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return key == null ? directory : key; // a file system without inode numbers
    }

    private void make(Path directory) throws IOException {
        try {
            dress.createDirectory(directory);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(directory)) {
                throw new NotDirectoryException(directory.toString());
            }
        }
    }

    private static void requireInside(Path directory, Path realRoot) throws IOException {
        if (!directory.toRealPath().startsWith(realRoot)) {
            throw new OutsideException(directory);
        }
    }

    private void remember(Path directory) {
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.add(directory);
    }

    /** A symbolic link in the target leads out of it. */
    static final class OutsideException extends IOException {
        OutsideException(Path directory) {
            super(directory.toString());
        }
    }

    /** The target's directory is not the one it was when this process began to use it. */
    static final class ReplacedException extends IOException {
        ReplacedException(Path root) {
            super(root.toString());
        }
    }
}
