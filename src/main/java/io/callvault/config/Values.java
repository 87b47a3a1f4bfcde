// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * What one block of keys was set to, defaults included, by the names of the keys. Each reading method answers for keys
 * of its type only; for one that is not set and has no default the answer is null, or an empty list.
 *
 * @param byName a value of the key's type, or a {@link List} of them where the key takes several
 */
public record Values(Map<String, Object> byName) {

    public Values {
        byName = Map.copyOf(byName);
    }

    public boolean has(String key) {
        return byName.containsKey(key);
    }

    public String text(String key) {
        return value(key, String.class);
    }

    /** False when not set and without default. */
    public boolean flag(String key) {
        return Boolean.TRUE.equals(value(key, Boolean.class));
    }

    /** An integer, a count, a port, a percentage, or bytes. */
    public Long number(String key) {
        return value(key, Long.class);
    }

    public Duration duration(String key) {
        return value(key, Duration.class);
    }

    public URI server(String key) {
        return value(key, URI.class);
    }

    public Path path(String key) {
        return value(key, Path.class);
    }

    /** A time of day. */
    public LocalTime time(String key) {
        return value(key, LocalTime.class);
    }

    /** A secret or credential of a key that takes one. */
    public Secret secret(String key) {
        return value(key, Secret.class);
    }

    /** The values of a key that takes several; of another key its one value. */
    public <T> List<T> list(String key, Class<T> type) {
        Object value = byName.get(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> several
                ? several.stream().map(type::cast).toList()
                : List.of(type.cast(value));
    }

    /** The secrets and credentials of a key of any type: none, one, or several. */
    List<Secret> secretsOf(String key) {
        return list(key, Object.class).stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .toList();
    }

    <T> T value(String key, Class<T> type) {
        return type.cast(byName.get(key));
    }
}
