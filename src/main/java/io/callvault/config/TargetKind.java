// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the Kamelet {@code routes/store/store-<kind>.kamelet.yaml} declares.
 *
 * @param description for people, one or more sentences; may be empty
 * @param keys its properties by name, in the order of the file
 */
public record TargetKind(String kind, String description, Map<String, Key> keys) {

    /** Those types of ours that a property of type string may name as its format. */
    private static final List<ValueType> FORMATS =
            List.of(ValueType.PATH, ValueType.SERVER, ValueType.DURATION, ValueType.SIZE, ValueType.CREDENTIAL);

    public TargetKind {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    static TargetKind read(String kind, Yaml kamelet) {
        Yaml definition = kamelet.map("spec").map("definition");
        Set<String> required = Set.copyOf(definition.list("required"));
        Yaml properties = definition.map("properties");
        Map<String, Key> keys = new LinkedHashMap<>();
        for (String name : properties.entries().keySet()) {
            keys.put(name, key(name, properties.map(name), required.contains(name)));
        }
        for (String name : required) {
            if (!keys.containsKey(name)) {
                definition.problem("required", "names " + name + ", which is no property");
            }
        }
        String description = definition.text("description");
        return new TargetKind(kind, description == null ? "" : description.strip(), keys);
    }

    private static Key key(String name, Yaml property, boolean required) {
        List<String> choices = property.list("enum");
        String defaultValue = property.text("default");
        String description = property.text("description");
        return new Key(
                name,
                type(property),
                defaultValue,
                required && defaultValue == null,
                false,
                choices.isEmpty() ? null : choices,
                null,
                description == null ? "" : description.strip());
    }

    private static ValueType type(Yaml property) {
        List<String> formats = new ArrayList<>();
        formats.add(String.valueOf(property.text("format")));
        property.list("x-descriptors").forEach(formats::add);
        if (formats.stream().anyMatch(format -> format.endsWith("password"))) {
            return ValueType.SECRET;
        }
        for (ValueType type : FORMATS) {
            if (formats.contains(type.word())) {
                return type;
            }
        }
        return switch (String.valueOf(property.text("type"))) {
            case "integer" -> ValueType.INTEGER;
            case "boolean" -> ValueType.BOOLEAN;
            case "string" -> ValueType.TEXT;
            default -> {
                property.problem("type", "must be one of string, integer, boolean");
                yield ValueType.STRING;
            }
        };
    }
}
