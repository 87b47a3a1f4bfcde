// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the {@code target.<name>.*} blocks by what their Kamelets declare. */
final class TargetReader {

    private final Declarations declarations;
    private final Map<String, Optional<TargetKind>> kinds = new LinkedHashMap<>();

    TargetReader(Declarations declarations) {
        this.declarations = declarations;
    }

    /** Empty when its kind is missing or unknown; then its other keys cannot be judged. */
    Optional<TargetSettings> read(String name, Section section) {
        Key kindKey = choice(Keys.TARGET.get(0), declarations.kinds());
        String kind = section.read(List.of(kindKey)).text(kindKey.name());
        Optional<TargetKind> declared =
                kind == null ? Optional.empty() : kinds.computeIfAbsent(kind, declarations::kind);
        return declared.map(known -> read(name, known, section));
    }

    private TargetSettings read(String name, TargetKind kind, Section section) {
        Collection<Key> declared =
                kind.keys().values().stream().map(Key::withoutDefault).toList();
        List<Key> all = new ArrayList<>(Keys.TARGET);
        all.addAll(declared);
        section.refuseUnknown(all);
        Map<String, String> texts = new LinkedHashMap<>();
        List<Key> written = declared.stream()
                .filter(key -> !isDefaultNothing(kind, section, key.name()))
                .toList();
        List<Path> places = new ArrayList<>();
        section.read(written).byName().forEach((key, value) -> {
            texts.put(key, text(section, key, value));
            if (value instanceof Path path) {
                places.add(path);
            }
        });
        return new TargetSettings(
                name,
                kind.kind(),
                texts,
                declared.stream()
                        .filter(key -> key.type().isHidden())
                        .map(Key::name)
                        .collect(Collectors.toSet()),
                places);
    }

    /** Nothing, written out where nothing is the default: the same as not written. */
    private static boolean isDefaultNothing(TargetKind kind, Section section, String name) {
        return "".equals(section.raw(name)) && "".equals(kind.keys().get(name).defaultValue());
    }

    /** What Camel hands to the Kamelet: units are read where the property's default is read too, in the Kamelet's bean. */
    private static String text(Section section, String key, Object value) {
        if (value instanceof Secret secret) {
            return secret.raw();
        }
        return value instanceof Path || value instanceof URI ? value.toString() : section.text(key);
    }

    /** The key, allowed to be one of these names only. */
    static Key choice(Key key, Collection<String> names) {
        return new Key(
                key.name(),
                key.type(),
                key.defaultValue(),
                key.required(),
                key.list(),
                List.copyOf(names),
                key.form(),
                key.description());
    }
}
