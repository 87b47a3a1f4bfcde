// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import java.util.List;
import java.util.Map;

/**
 * A customer as its provider sees it.
 *
 * @param customer the customer's id
 * @param settings the provider's own keys with placeholders and secrets resolved; keys that are not set and have no
 *     default are absent. Several values of a list are in order
 */
public record Account(String customer, Map<String, List<String>> settings) {

    public Account {
        settings = Map.copyOf(settings);
    }

    /** The only value of a key; null when it is not set. */
    public String setting(String key) {
        List<String> values = settings.get(key);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** All values of a key; empty when it is not set. */
    public List<String> all(String key) {
        return settings.getOrDefault(key, List.of());
    }

    /** Never shows a setting: some are secret. */
    @Override
    public String toString() {
        return "Account[" + customer + "]";
    }
}
