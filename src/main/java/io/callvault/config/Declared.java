// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the routes directory offers to a configuration.
 *
 * @param providers by name
 * @param kinds of target, by name
 */
public record Declared(Map<String, ProviderDeclaration> providers, Map<String, TargetKind> kinds) {

    public Declared {
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }
}
