// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.Collections;
import java.util.LinkedHashMap;
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
 */
public record TargetSettings(String name, String kind, Map<String, String> values, Set<String> secretKeys) {

    public TargetSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        secretKeys = Set.copyOf(secretKeys);
    }

    /** Shows no value: a literal secret may be among them. */
    @Override
    public String toString() {
        return "TargetSettings[name=" + name + ", kind=" + kind + ", set=" + values.keySet() + "]";
    }
}
