// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A mapping in a YAML file, and the problems found while reading it. Only plain values, lists and mappings are loaded;
 * no tag makes an object.
 */
final class Yaml {

    private final String place;
    private final Map<String, Object> entries;
    private final Problems problems;

    private Yaml(String place, Map<String, Object> entries, Problems problems) {
        this.place = place;
        this.entries = entries;
        this.problems = problems;
    }

    /** Empty, and a problem told, when the file cannot be read or is no mapping. */
    static Optional<Yaml> read(Path file, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.getFileName().toString()).build();
        try {
            Object loaded = new Load(settings).loadFromString(Files.readString(file));
            if (loaded instanceof Map<?, ?> map) {
                return Optional.of(new Yaml(file + ": ", entries(map), problems));
            }
            problems.add(file.toString(), null, "must be a mapping of keys to values");
        } catch (YamlEngineException e) {
            problems.add(file.toString(), null, "is not YAML: " + e.getMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            problems.add(
                    file.toString(), null, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return Optional.empty();
    }

    private static Map<String, Object> entries(Map<?, ?> map) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        return entries;
    }

    Map<String, Object> entries() {
        return entries;
    }

    void problem(String key, String sentence) {
        Object value = entries.get(key);
        boolean plain = value != null && !(value instanceof Map) && !(value instanceof List);
        problems.add(place + key, plain ? value.toString() : null, sentence);
    }

    /** Tells keys that are not among the known. */
    Yaml refuseUnknown(Collection<String> known) {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                problem(
                        key,
                        "nothing reads this key; "
                                + Nearest.hint(key, known).orElse("known here: " + String.join(", ", known)));
            }
        }
        return this;
    }

    /** Null when it is not there. */
    String text(String key) {
        Object value = entries.get(key);
        return value == null ? null : value.toString();
    }

    /** As {@link #text}, but a problem when it is not there; then the answer is empty. */
    String requiredText(String key) {
        String text = text(key);
        if (text == null || text.isBlank()) {
            problem(key, "is missing");
            return "";
        }
        return text;
    }

    /** A value of a type of ours; a problem and null when it is missing or wrong. */
    Object required(String key, ValueType type) {
        try {
            return type.parse(requiredText(key), Path.of(""));
        } catch (IllegalArgumentException e) {
            if (text(key) != null) {
                problem(key, "must be " + type.allowed());
            }
            return null;
        }
    }

    boolean flag(String key) {
        Object value = entries.get(key);
        if (value != null && !(value instanceof Boolean)) {
            problem(key, "must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** The mapping under a key; an empty one when it is not there, and a problem when it is something else. */
    Yaml map(String key) {
        Object value = entries.get(key);
        if (value != null && !(value instanceof Map)) {
            problem(key, "must be a mapping of keys to values");
        }
        Map<String, Object> inner = value instanceof Map<?, ?> map ? entries(map) : Map.of();
        return new Yaml(place + key + ".", inner, problems);
    }

    /** The texts under a key; empty when it is not there, and a problem when it is no list. */
    List<String> list(String key) {
        Object value = entries.get(key);
        if (value != null && !(value instanceof List)) {
            problem(key, "must be a list");
        }
        return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }
}
