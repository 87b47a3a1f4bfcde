// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.spool.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a run has left behind. */
final class Stored {

    private static final String MEDIA = ".mp3";

    private Stored() {}

    /**
     * Every recording is there once with its SHA-256, and nothing else is. Then the files are emptied to give back room.
     *
     * @param sums what must be there, by the recording's id
     * @param archive a directory that it lies below
     * @param hasSidecars whether each must have its record beside it
     */
    static void check(Map<String, String> sums, Path archive, boolean hasSidecars) throws IOException {
        Map<String, String> missing = Collections.synchronizedMap(new HashMap<>(sums));
        media(archive).parallelStream().forEach(file -> {
            String name = file.getFileName().toString();
            String id = name.substring(name.lastIndexOf('_') + 1, name.length() - MEDIA.length());
            if (!sha256(file).equals(missing.remove(id))) {
                throw new IllegalStateException("wrong bytes, or stored twice: " + file);
            }
            if (hasSidecars && !Files.exists(file.resolveSibling(name + ".json"))) {
                throw new IllegalStateException("no sidecar beside " + file);
            }
            empty(file);
        });
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing.size() + " recordings were not stored below " + archive);
        }
    }

    /** Gives back the room of all recordings below a directory; the files stay, as deleting them would slow what follows. */
    static void empty(List<Path> files) {
        files.forEach(Stored::empty);
    }

    /** All recordings below a directory. */
    static List<Path> media(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(MEDIA)).toList();
        }
    }

    private static String sha256(Path file) {
        try {
            return Spool.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void empty(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
