// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the files in the routes directory declare: providers and kinds of target. */
final class Declarations {

    private static final String PREFIX = "store-";
    private static final String SUFFIX = ".kamelet.yaml";

    private final Path routes;
    private final Problems problems;
    private final Map<String, ProviderDeclaration> providers = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();

    Declarations(Path routes, Problems problems) {
        this.routes = routes;
        this.problems = problems;
        readProviders();
    }

    /** By name; those with a problem are left out. */
    Map<String, ProviderDeclaration> providers() {
        return providers;
    }

    /** The names of the providers whose declaration has a problem. */
    Set<String> brokenProviders() {
        return broken;
    }

    private void readProviders() {
        for (Path folder : files(routes)) {
            Path file = folder.resolve("provider.yaml");
            if (Files.isRegularFile(file)) {
                String name = folder.getFileName().toString();
                Yaml.read(file, problems)
                        .map(yaml -> ProviderDeclaration.read(yaml, name, problems))
                        .ifPresentOrElse(provider -> providers.put(name, provider), () -> broken.add(name));
            }
        }
    }

    /** The names of the kinds of target there are, sorted. */
    List<String> kinds() {
        return files(routes.resolve("store")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith(PREFIX) && name.endsWith(SUFFIX))
                .map(name -> name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
                .toList();
    }

    /** Empty, and a problem told, when its file cannot be read. */
    Optional<TargetKind> kind(String kind) {
        return Yaml.read(routes.resolve("store").resolve(PREFIX + kind + SUFFIX), problems)
                .map(yaml -> TargetKind.read(kind, yaml));
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
