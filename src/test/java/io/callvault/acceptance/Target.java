// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A directory that was archived to, read without the program. */
public record Target(Path directory) {

    /**
     * One item.
     *
     * @param path relative to the target, with '/' between pieces
     * @param sidecar the record beside it, or null if there is none
     */
    public record Stored(String path, Path file, long length, String sha256, Path sidecar) {}

    /** All items of a customer: what is neither a sidecar nor the journal. */
    public List<Stored> objects(String customer) {
        Path journal = directory.resolve(customer).resolve("journal");
        List<Path> files = files(directory.resolve(customer)).stream()
                .filter(file -> !file.startsWith(journal))
                .toList();
        List<Stored> objects = new ArrayList<>();
        for (Path file : files) {
            if (!isSidecar(file, files)) {
                byte[] bytes = read(file);
                objects.add(
                        new Stored(relative(file), file, bytes.length, Bytes.sha256(bytes), sidecarOf(file, files)));
            }
        }
        return objects;
    }

    public Journal journal(String customer) {
        return Journal.read(directory.resolve(customer).resolve("journal"));
    }

    /** Everything below, files and directories: name, time of last change, and bytes. */
    public Map<String, String> snapshot() {
        Map<String, String> snapshot = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted().toList()) {
                String change = Files.getLastModifiedTime(path).toString();
                snapshot.put(relative(path), Files.isDirectory(path) ? change : change + " " + Bytes.sha256(read(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return snapshot;
    }

    String relative(Path file) {
        return directory.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /** Both ways to read "the same name, .json" are taken: behind the extension, or in its place. */
    private static Path sidecarOf(Path file, List<Path> files) {
        String name = file.getFileName().toString();
        Path behind = file.resolveSibling(name + ".json");
        if (files.contains(behind)) {
            return behind;
        }
        int dot = name.lastIndexOf('.');
        Path instead = dot < 0 ? behind : file.resolveSibling(name.substring(0, dot) + ".json");
        return files.contains(instead) && !instead.equals(file) ? instead : null;
    }

    private static boolean isSidecar(Path file, List<Path> files) {
        return file.toString().endsWith(".json")
                && files.stream().anyMatch(other -> !other.equals(file) && file.equals(sidecarOf(other, files)));
    }

    /** Regular files below a directory, sorted; none if it does not exist. */
    public static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
