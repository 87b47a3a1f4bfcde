// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One target.
 *
 * @param name lower-case letters, digits and hyphens
 * @param kind the Kamelet is {@code store-<kind>}
 * @param values the Kamelet's properties as text, only those that the file sets: placeholders replaced and paths
 *     absolute, but secrets exactly as written, for Camel to resolve
 * @param secretKeys the properties the Kamelet declares as secret, set or not
 * @param places those of the values that are paths on this machine; empty for a target elsewhere
 */
public record TargetSettings(
        String name, String kind, Map<String, String> values, Set<String> secretKeys, List<Path> places) {

    public TargetSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        secretKeys = Set.copyOf(secretKeys);
        places = List.copyOf(places);
    }

    /** Shows no value: a literal secret may be among them. */
    @Override
    public String toString() {
        return "TargetSettings[name=" + name + ", kind=" + kind + ", set=" + values.keySet() + "]";
    }
}
