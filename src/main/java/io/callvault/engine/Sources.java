// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.ConfigurationReader;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.spool.SpoolFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that an operator edits, as it lay on disk at one moment: the configuration file, the files that its <code>
 * {{file:…}}</code> name, and every YAML file of its routes. Equal when the bytes are. Read whole each time, some fifty
 * small files: times and sizes can deceive, above all on disks of other machines. Its text form shows no value.
 */
final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final Pattern NAMED = Pattern.compile("\\{\\{\\??\\s*file:([^{}]+)}}");

    private final Path file;
    private final String text; // null when the file is not there, or is no text
    private final boolean saysRoutes; // whether the text says where they are
    private final Path routes; // null when it is not known
    private final Map<Path, byte[]> routeFiles = new TreeMap<>();
    /** Of every file, so that no secret stays in memory. */
    private final Map<Path, String> digests = new TreeMap<>();

    private Sources(ConfigurationReader reader, Path file, Sources before) {
        this.file = file;
        byte[] bytes = take(file);
        this.text = bytes == null ? null : decoded(bytes);
        boolean isSame = text != null && before != null && text.equals(before.text);
        this.saysRoutes = isSame
                ? before.saysRoutes
                : text != null && ConfigurationReader.entries(text).containsKey("callvault.routes");
        this.routes = text == null ? null : routes(reader, before);
        if (text != null) {
            Matcher named = NAMED.matcher(text);
            while (named.find()) {
                takeNamed(named.group(1).strip());
            }
        }
        if (routes != null) {
            takeRoutes();
        }
    }

    /**
     * Reads them. Never fails: that something is not there, or cannot be read, is a part of what is.
     *
     * @param before what was read last; null for none
     */
    static Sources read(ConfigurationReader reader, Path file, Sources before) {
        return new Sources(reader, file.toAbsolutePath().normalize(), before);
    }

    /**
     * The same text is not taken apart again, which takes a while for many customers, nor is what a placeholder in it means
     * looked up again. But where it says nothing of routes, a directory of them may have come or gone.
     */
    private Path routes(ConfigurationReader reader, Sources before) {
        if (before == null || !text.equals(before.text)) {
            return reader.routes(file, text);
        }
        return saysRoutes ? before.routes : reader.routes(file, "");
    }

    /** The configuration file's text; null when it cannot be read. */
    String text() {
        return text;
    }

    /** Whether these differ from others in nothing but what is written in the configuration file. */
    boolean hasSameBesideText(Sources others) {
        return changedSince(others).equals(new TreeSet<>(List.of(file.getFileName().toString())));
    }

    boolean hasSameRoutes(Sources others) {
        return routeDigests().equals(others.routeDigests());
    }

    /** Which files were changed, added or removed, as seen from the configuration file. */
    SortedSet<String> changedSince(Sources before) {
        SortedSet<String> changed = new TreeSet<>();
        if (text == null) {
            changed.add(name(file)); // what else there is cannot be known without it
            return changed;
        }
        Stream.concat(digests.keySet().stream(), before.digests.keySet().stream())
                .filter(path -> !String.valueOf(digests.get(path)).equals(before.digests.get(path)))
                .forEach(path -> changed.add(name(path)));
        return changed;
    }

    /**
     * Writes the YAML files of the routes as they were.
     *
     * @param directory emptied if it is there
     * @return the same
     * @throws StopAllException if it cannot be written
     */
    Path restoreRoutes(Path directory) {
        try {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> all = Files.walk(directory)) {
                    for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(each);
                    }
                }
            }
            for (Map.Entry<Path, byte[]> each : routeFiles.entrySet()) {
                Path copy = directory.resolve(routes.relativize(each.getKey()));
                Files.createDirectories(copy.getParent());
                Files.write(copy, each.getValue());
            }
            return directory;
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to write the routes as they were before into " + directory + " but it failed: " + e,
                    e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sources sources && digests.equals(sources.digests);
    }

    @Override
    public int hashCode() {
        return digests.hashCode();
    }

    @Override
    public String toString() {
        return "Sources" + digests.keySet();
    }

    private Map<Path, String> routeDigests() {
        Map<Path, String> some = new TreeMap<>(digests);
        some.keySet().retainAll(routeFiles.keySet());
        return some;
    }

    private String name(Path path) {
        Path directory = file.getParent();
        return (path.startsWith(directory) ? directory.relativize(path) : path).toString();
    }

    private void takeNamed(String name) {
        try {
            take(file.resolveSibling(name));
        } catch (InvalidPathException e) {
            LOG.debug("No path", e); // refused by whoever resolves it
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void takeRoutes() {
        try (Stream<Path> found = Files.walk(routes)) {
            List<Path> yaml = found.filter(Files::isRegularFile).filter(Sources::isYaml).toList();
            for (Path each : yaml) {
                byte[] bytes = take(each);
                if (bytes != null) {
                    routeFiles.put(each, bytes);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            digests.put(routes, e.getClass().getSimpleName());
        }
    }

    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** @return null when it cannot be read */
    private byte[] take(Path path) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            digests.put(path, SpoolFile.sha256(bytes));
            return bytes;
        } catch (IOException e) {
            digests.put(path, e.getClass().getSimpleName());
            return null;
        }
    }
}
