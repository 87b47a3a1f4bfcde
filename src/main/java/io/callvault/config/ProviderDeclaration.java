// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.model.ReleaseMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code routes/<provider>/provider.yaml} declares.
 *
 * @param provider its name, which is its folder's
 * @param className the class that speaks with it
 * @param feeds by name, in the order of the file; never empty
 * @param groups by name, in the order of the file; never empty
 * @param keys what a customer of it sets beside {@link Keys#CUSTOMER}, by name
 * @param either sets of keys of which a customer sets exactly one, and that one whole; empty when there are none
 */
public record ProviderDeclaration(
        String provider, String className, Map<String, Feed> feeds, Map<String, Group> groups, Map<String, Key> keys, List<List<String>> either) {

    public ProviderDeclaration {
        feeds = Collections.unmodifiableMap(new LinkedHashMap<>(feeds));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        either = List.copyOf(either);
    }

    /**
     * One kind of listing.
     *
     * @param listing the group its listing requests are counted in
     * @param content the group its downloads are counted in; null when its records have no content
     * @param parts what the feed is listed by, a plural, and name of the route that lists them; null when it is listed as a whole
     * @param fallback what the feed is listed by where the whole is refused, and name of the route that lists them; null
     *     when nothing can take its place
     * @param metadata name of the customer's key that, when it is true, has one request more made for each item; null when
     *     there is none
     * @param window length of the first window that is listed; later ones follow what it brought
     * @param longest length that no window may exceed; null when the provider takes any
     * @param release what the provider can be asked to do with the feed's items, words of {@link ReleaseMode}; empty for nothing
     * @param description for people; may be empty
     */
    public record Feed(
            String name,
            String listing,
            String content,
            String parts,
            String fallback,
            String metadata,
            Duration window,
            Duration longest,
            List<String> release,
            String description) {

        public Feed {
            release = List.copyOf(release);
        }
    }

    /**
     * One API group: requests that share a budget.
     *
     * @param limit requests in one window, until the provider's own answer says another number
     * @param window its length, until the provider's own answer says another
     * @param description source and month of the numbers; may be empty
     */
    public record Group(String name, int limit, Duration window, String description) {}

    /** A window of which nothing is known yet. */
    private static final Duration DAY = Duration.ofDays(1);

    /** Null, and the problems told, when the declaration cannot be used. */
    static ProviderDeclaration read(Yaml yaml, String folder, Problems problems) {
        int before = problems.problems().size();
        yaml.refuseUnknown(List.of("provider", "class", "feeds", "groups", "keys", "either"));
        String provider = yaml.requiredText("provider");
        if (!provider.isEmpty() && !provider.equals(folder)) {
            yaml.problem("provider", "must be " + folder + ", the name of its folder");
        }
        String className = yaml.requiredText("class");
        Map<String, Group> groups = new LinkedHashMap<>();
        Yaml declared = someOf(yaml, "groups");
        declared.entries().keySet().forEach(name -> groups.put(name, group(name, declared.map(name))));
        Map<String, Feed> feeds = new LinkedHashMap<>();
        Yaml listed = someOf(yaml, "feeds");
        listed.entries().keySet().forEach(name -> feeds.put(name, feed(name, listed.map(name), groups.keySet())));
        Map<String, Key> keys = new LinkedHashMap<>();
        Yaml settable = yaml.map("keys");
        settable.entries().keySet().forEach(name -> keys.put(name, key(name, settable)));
        List<List<String>> either = either(yaml.map("either"), keys.keySet());
        for (Feed feed : feeds.values()) {
            Key switchKey = feed.metadata() == null ? null : keys.get(feed.metadata());
            if (feed.metadata() != null && (switchKey == null || switchKey.type() != ValueType.BOOLEAN)) {
                listed.map(feed.name()).problem("metadata", "must be one of the keys, of type boolean");
            }
        }
        return problems.problems().size() > before
                ? null
                : new ProviderDeclaration(provider, className, feeds, groups, keys, either);
    }

    private static List<List<String>> either(Yaml yaml, Collection<String> keys) {
        List<List<String>> sets = new ArrayList<>();
        for (String name : yaml.entries().keySet()) {
            List<String> set = yaml.list(name);
            if (set.isEmpty() || !keys.containsAll(set)) {
                yaml.problem(name, "must be a list of some of the keys");
            }
            sets.add(set);
        }
        return sets;
    }

    private static Yaml someOf(Yaml yaml, String key) {
        Yaml map = yaml.map(key);
        if (map.entries().isEmpty()) {
            yaml.problem(key, "is missing; at least one is needed");
        }
        return map;
    }

    private static Group group(String name, Yaml yaml) {
        yaml.refuseUnknown(List.of("limit", "window", "description"));
        Object limit = yaml.required("limit", ValueType.COUNT);
        Object window = yaml.required("window", ValueType.DURATION);
        return new Group(
                name,
                limit instanceof Long number ? number.intValue() : 1,
                window instanceof Duration length ? length : Duration.ofSeconds(1),
                described(yaml));
    }

    private static Feed feed(String name, Yaml yaml, Collection<String> groups) {
        yaml.refuseUnknown(List.of("listing", "content", "parts", "fallback", "metadata", "window", "longest", "release", "description"));
        String listing = yaml.requiredText("listing");
        String content = yaml.text("content");
        for (String role : List.of("listing", "content")) {
            String group = yaml.text(role);
            if (group != null && !groups.contains(group)) {
                yaml.problem(role, "must be one of the groups " + String.join(", ", groups));
            }
        }
        Duration window = duration(yaml, "window", DAY);
        Duration longest = duration(yaml, "longest", null);
        if (longest != null && window.compareTo(longest) > 0) {
            yaml.problem("longest", "must not be shorter than the first window");
        }
        String parts = yaml.text("parts");
        String fallback = yaml.text("fallback");
        for (String role : List.of("parts", "fallback")) {
            if (yaml.text(role) != null && !yaml.text(role).matches("[a-z]+s")) {
                yaml.problem(role, "must be a word for several of them that ends in s, such as extensions");
            }
        }
        if (parts != null && fallback != null) {
            yaml.problem("fallback", "has no meaning beside parts: there is no whole that could be refused");
        }
        return new Feed(name, listing, content, parts, fallback, yaml.text("metadata"), window, longest, release(yaml, content), described(yaml));
    }

    private static List<String> release(Yaml yaml, String content) {
        if (yaml.entries().get("release") == null) {
            return List.of();
        }
        List<String> modes = yaml.list("release");
        if (modes.isEmpty() || !ReleaseMode.words().containsAll(modes) || content == null) {
            yaml.problem("release", "must be a list of " + String.join(", ", ReleaseMode.words()) + ", of a feed with content");
        }
        return modes;
    }

    private static Duration duration(Yaml yaml, String key, Duration otherwise) {
        return yaml.text(key) != null && yaml.required(key, ValueType.DURATION) instanceof Duration given ? given : otherwise;
    }

    private static Key key(String name, Yaml keys) {
        Yaml yaml = keys.map(name).refuseUnknown(List.of("type", "required", "default", "list", "form", "description"));
        if (Keys.CUSTOMER.stream().anyMatch(key -> key.name().equals(name))) {
            keys.problem(name, "is a key that every customer has");
        }
        ValueType type = type(yaml);
        String defaultValue = yaml.text("default");
        Key key = new Key(
                name, type, defaultValue, yaml.flag("required"), yaml.flag("list"), null, form(yaml), described(yaml));
        if (defaultValue != null) {
            yaml.required("default", type);
        }
        return key;
    }

    private static Key.Form form(Yaml key) {
        if (key.entries().get("form") == null) {
            return null;
        }
        Yaml yaml = key.map("form").refuseUnknown(List.of("pattern", "words"));
        String pattern = yaml.requiredText("pattern");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            yaml.problem("pattern", "must be a regular expression");
        }
        return new Key.Form(pattern, yaml.requiredText("words"));
    }

    private static ValueType type(Yaml yaml) {
        String word = yaml.requiredText("type");
        List<String> words = new ArrayList<>();
        for (ValueType type : ValueType.values()) {
            if (type.word() != null && type.word().equals(word)) {
                return type;
            }
            if (type.word() != null) {
                words.add(type.word());
            }
        }
        if (!word.isEmpty()) {
            yaml.problem("type", "must be one of " + String.join(", ", words));
        }
        return ValueType.STRING;
    }

    private static String described(Yaml yaml) {
        String description = yaml.text("description");
        return description == null ? "" : description.strip();
    }
}
