// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.error.ErrorCode;
import io.callvault.store.ObjectPath;
import io.callvault.store.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Directories for the contract's suite. */
public final class FileFixture implements StoreFixture {

    private final List<Tmpfs> mounted = new ArrayList<>();
    private Path directory;

    @Override
    public Map<String, String> target(Path scratch) {
        directory = scratch.resolve("archive");
        return Map.of("directory", directory.toString());
    }

    @Override
    public List<Broken> broken(Path scratch) throws IOException {
        List<Broken> broken = new ArrayList<>();
        Path file = Files.writeString(scratch.resolve("a-file"), "x");
        broken.add(denied("a regular file stands in place of the directory", file));
        broken.add(denied("the directory above it is missing", scratch.resolve("none/archive")));
        Path blocked = Files.createDirectory(scratch.resolve("blocked"));
        Files.writeString(blocked.resolve("acme"), "x");
        broken.add(denied("a regular file stands in place of the customer's directory", blocked));
        Path around = Files.createDirectory(scratch.resolve("around"));
        Files.createSymbolicLink(around.resolve("acme"), scratch);
        broken.add(denied("a symbolic link leads out", around));
        Optional<Tmpfs> readOnly = Tmpfs.mount(scratch.resolve("read-only"), "ro");
        readOnly.ifPresent(mount -> {
            mounted.add(mount);
            broken.add(denied("its file system is read-only", mount.directory()));
        });
        return broken;
    }

    private static Broken denied(String because, Path directory) {
        return new Broken(because, Map.of("directory", directory.toString()), ErrorCode.STORE_DENIED);
    }

    @Override
    public Full full(Path scratch, long bytes) throws IOException {
        Optional<Tmpfs> small = Tmpfs.mount(scratch.resolve("small"), "size=" + bytes / 2);
        small.ifPresent(mounted::add);
        return small.isPresent()
                ? new Full(small.map(mount -> Map.of("directory", mount.directory().toString())), null)
                : new Full(Optional.empty(), "this user may not mount a tmpfs");
    }

    @Override
    public void killDuringPut(String path) throws IOException {
        Path place = directory.resolve(path);
        Files.createDirectories(place.getParent());
        Files.writeString(place.resolveSibling(ObjectPath.OWN_NAMES + "0123.part"), "half of i");
    }

    @Override
    public List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        for (Tmpfs mount : mounted) {
            mount.close();
        }
    }
}
