// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.config.Declared;
import io.callvault.config.Key;
import io.callvault.config.Keys;
import io.callvault.config.ProviderDeclaration;
import io.callvault.config.TargetKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A configuration in the making: its entries, and the secrets that get files of their own. Shows no value. */
public final class Draft {

    private static final String CUSTOMER = "customer.";
    private static final String TARGET = "target.";

    private final Declared declared;
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    public Draft(Declared declared) {
        this.declared = declared;
    }

    public Map<String, String> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** Secret by the full key whose value it is. */
    public Map<String, String> secrets() {
        return Collections.unmodifiableMap(secrets);
    }

    public Declared declared() {
        return declared;
    }

    void set(String key, String value) {
        entries.put(key, value);
    }

    void remove(String key) {
        entries.remove(key);
        secrets.remove(key);
    }

    /** The secret itself, which {@link DraftFiles} puts into a file: the entry is a reference to it. */
    void keep(String key, String secret) {
        secrets.put(key, secret);
        keepIn(key, file(key, ""));
    }

    /** @param file name in the directory of the secrets */
    void keepIn(String key, String file) {
        entries.put(key, "{{file:" + DraftFiles.SECRETS + "/" + file + "}}");
    }

    /** What the file of a secret is called: {@code acme-jwt}. */
    static String file(String key, String suffix) {
        return name(key).toLowerCase(Locale.ROOT).replace('_', '-') + suffix;
    }

    /** The ids of the customers that have an entry. */
    public Set<String> customers() {
        return blocks(CUSTOMER);
    }

    /** The names of the targets that have an entry. */
    public Set<String> targets() {
        return blocks(TARGET);
    }

    private Set<String> blocks(String prefix) {
        Set<String> names = new LinkedHashSet<>();
        entries.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.indexOf('.', prefix.length()) > 0)
                .forEach(key -> names.add(key.substring(prefix.length(), key.indexOf('.', prefix.length()))));
        return names;
    }

    /** What a customer may set beside the keys that every customer has; nothing as long as its provider is not known. */
    List<Key> keysOfProvider(String customer) {
        ProviderDeclaration provider = declared.providers().get(entries.get(CUSTOMER + customer + ".provider"));
        return provider == null ? List.of() : List.copyOf(provider.keys().values());
    }

    /** What a target may set; nothing as long as its kind is not known. */
    List<Key> keysOfKind(String target) {
        TargetKind kind = declared.kinds().get(entries.get(TARGET + target + ".kind"));
        return kind == null ? List.of() : List.copyOf(kind.keys().values());
    }

    /** What is declared of a full key; null when nothing is. */
    Key declaration(String key) {
        String[] parts = key.split("\\.", 3);
        if (parts.length == 2 && parts[0].equals("callvault")) {
            return named(Keys.CALLVAULT.stream(), parts[1]);
        }
        if (parts.length < 3) {
            return null;
        }
        return switch (parts[0]) {
            case "callvault" -> named(Keys.CALLVAULT.stream(), parts[1] + "." + parts[2]);
            case "customer" -> named(Stream.concat(Keys.CUSTOMER.stream(), keysOfProvider(parts[1]).stream()), parts[2]);
            case "target" -> named(Stream.concat(Keys.TARGET.stream(), keysOfKind(parts[1]).stream()), parts[2]);
            default -> null;
        };
    }

    private static Key named(Stream<Key> keys, String name) {
        return keys.filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    /** The environment variable that a secret comes from unless somebody says otherwise. */
    String reference(String key) {
        String usual = "{{env:" + name(key) + "}}";
        boolean isTaken = entries.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().equals(key) && entry.getValue().equals(usual));
        return isTaken ? "{{env:" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "}}" : usual;
    }

    /** {@code ACME_CLIENT_ID} of {@code customer.acme.client-id}. */
    private static String name(String key) {
        return key.substring(key.indexOf('.') + 1)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]", "_")
                .replaceFirst("^([0-9])", "_$1");
    }

    @Override
    public String toString() {
        return "Draft" + entries.keySet();
    }
}
