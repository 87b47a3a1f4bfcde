// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the {@code customer.<id>.*} blocks by the general keys and by what their providers declare. */
final class CustomerReader {

    private final Map<String, ProviderDeclaration> providers;
    private final Set<String> brokenProviders;
    private final Collection<String> targets;
    private final Collection<String> placeholders;

    /** @param targets the names of all configured targets, also of those with a problem */
    CustomerReader(Declarations declarations, Collection<String> targets, Collection<String> placeholders) {
        this.providers = declarations.providers();
        this.brokenProviders = declarations.brokenProviders();
        this.targets = targets;
        this.placeholders = placeholders;
    }

    /** Empty when something is missing without which nothing can be built; the problems are told. */
    Optional<CustomerSettings> read(String id, Section section) {
        Set<String> names = new TreeSet<>(providers.keySet());
        names.addAll(brokenProviders);
        Key providerKey = TargetReader.choice(key("provider"), names);
        String providerName = section.read(List.of(providerKey)).text(providerKey.name());
        ProviderDeclaration provider = providerName == null ? null : providers.get(providerName);
        List<Key> general = new ArrayList<>();
        for (Key key : Keys.CUSTOMER) {
            if (key.name().equals("feeds") && provider != null) {
                general.add(TargetReader.choice(key, provider.feeds().keySet()));
            } else if (key.name().equals("targets")) {
                general.add(TargetReader.choice(key, new TreeSet<>(targets)));
            } else if (!key.name().equals("provider")) {
                general.add(key);
            }
        }
        Collection<Key> own = provider == null ? keysOfAll() : provider.keys().values();
        List<Key> all = new ArrayList<>(Keys.CUSTOMER);
        all.addAll(Keys.CUSTOMER_ALARM);
        all.addAll(own);
        if (provider != null || brokenProviders.isEmpty()) {
            section.refuseUnknown(all);
        }
        Values values = section.read(general);
        if (provider == null) {
            return Optional.empty();
        }
        Values ownValues = section.read(own);
        refuseMixed(provider.either(), section);
        return Optional.of(settings(id, provider, values, ownValues, section));
    }

    /** Tells what is wrong where exactly one of some sets of keys must be set, whole. */
    private static void refuseMixed(List<List<String>> either, Section section) {
        if (either.isEmpty()) {
            return;
        }
        String which = "set " + either.stream().map(CustomerReader::listed).collect(Collectors.joining(", or "));
        List<List<String>> begun = either.stream()
                .filter(set -> set.stream().anyMatch(key -> section.raw(key) != null))
                .toList();
        if (begun.isEmpty()) {
            section.problem(either.get(0).get(0), "is missing; " + which);
        } else if (begun.size() > 1) {
            section.problem(first(begun.get(1), section), "does not go together with "
                    + first(begun.get(0), section) + "; " + which, Problems.MASK);
        } else {
            begun.get(0).stream()
                    .filter(key -> section.raw(key) == null)
                    .forEach(key -> section.problem(key, "is missing; " + which));
        }
    }

    private static String first(List<String> set, Section section) {
        return set.stream().filter(key -> section.raw(key) != null).findFirst().orElseThrow();
    }

    private static String listed(List<String> set) {
        int last = set.size() - 1;
        return last == 0 ? set.get(0) : String.join(", ", set.subList(0, last)) + " and " + set.get(last);
    }

    private static CustomerSettings settings(
            String id, ProviderDeclaration provider, Values values, Values own, Section section) {
        Set<String> chosen = new LinkedHashSet<>(values.list("feeds", String.class));
        List<String> feeds = provider.feeds().keySet().stream()
                .filter(feed -> chosen.isEmpty() || chosen.contains(feed))
                .toList();
        return new CustomerSettings(
                id,
                provider.provider(),
                feeds,
                values.text("schedule"),
                values.value("since", Since.class),
                values.duration("look-back"),
                values.value("time-zone", ZoneId.class),
                values.list("exclude", String.class),
                List.copyOf(new LinkedHashSet<>(values.list("targets", String.class))),
                values.text("path"),
                ReleaseSettings.read(provider, feeds, values, section),
                own);
    }

    /** Tells what is wrong with a customer's path, which depends on who shares its targets. */
    void checkPath(CustomerSettings customer, Collection<CustomerSettings> all, Section section) {
        if (customer.path() == null) {
            return;
        }
        Set<String> sharing = new TreeSet<>();
        for (CustomerSettings other : all) {
            if (!other.id().equals(customer.id())
                    && other.targets().stream().anyMatch(customer.targets()::contains)) {
                sharing.add(other.id());
            }
        }
        new PathTemplate(customer.path(), placeholders)
                .problems(customer.id(), sharing, words(customer))
                .forEach(sentence -> section.problem("path", sentence));
    }

    /** Names and ids hold a digit; who called and what they are called can be any text. */
    private static PathTemplate.Words words(CustomerSettings customer) {
        Map<String, String> words = new HashMap<>();
        words.put("customer", Pattern.quote(customer.id()));
        words.put("provider", Pattern.quote(customer.provider()));
        words.put(
                "feed",
                String.join("|", customer.feeds().stream().map(Pattern::quote).toList()));
        for (String number : List.of("date", "year", "month", "day", "time", "extension", "id", "record-id")) {
            words.put(number, ".*[0-9].*");
        }
        words.put("direction", "in.*|out.*|unknown");
        words.put("kind", "recording|attachment|.*mail|fax|.*text.*");
        words.put("ext", "[a-z0-9]{1,5}");
        return new PathTemplate.Words(words);
    }

    private List<Key> keysOfAll() {
        return providers.values().stream()
                .flatMap(provider -> provider.keys().values().stream())
                .toList();
    }

    private static Key key(String name) {
        return Keys.CUSTOMER.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
