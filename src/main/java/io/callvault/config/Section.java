// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One block of the file, for example everything under {@code customer.acme.}: reads it by a list of keys and says what
 * is wrong in it.
 */
final class Section {

    private final String prefix;
    private final Map<String, String> entries;
    private final Reading reading;

    /** @param entries by the names of the keys, without the prefix */
    Section(String prefix, Map<String, String> entries, Reading reading) {
        this.prefix = prefix;
        this.entries = entries;
        this.reading = reading;
    }

    /** What every block is read with. */
    record Reading(Path directory, Placeholders placeholders, Problems problems) {}

    String prefix() {
        return prefix;
    }

    /** Null when the key is not set. */
    String raw(String name) {
        return entries.get(name);
    }

    /** A value that was read without a problem, as it is written, placeholders replaced. */
    String text(String name) {
        return reading.placeholders().resolve(entries.get(name));
    }

    /** A problem with a value as it stands in the file. */
    void problem(String name, String sentence) {
        reading.problems().add(prefix + name, entries.get(name), sentence);
    }

    /** The same, with the value shown as given: it may be a secret. */
    void problem(String name, String sentence, String shown) {
        reading.problems().add(prefix + name, shown, sentence);
    }

    /** Tells keys that none of the given declares. Their values are masked: a misspelt key may hold a secret. */
    void refuseUnknown(Collection<Key> keys) {
        List<String> known = keys.stream().map(Key::name).sorted().toList();
        for (String name : entries.keySet()) {
            if (!known.contains(name)) {
                String hint = Nearest.of(name, known)
                        .map(nearest -> "did you mean " + prefix + nearest + "?")
                        .orElse("known here: " + String.join(", ", known));
                reading.problems().add(prefix + name, Problems.MASK, "nothing reads this key; " + hint);
            }
        }
    }

    /** The values of the given keys, those with a problem left out. */
    Values read(Collection<Key> keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Key key : keys) {
            read(key).ifPresent(value -> values.put(key.name(), value));
        }
        return new Values(values);
    }

    private Optional<Object> read(Key key) {
        String raw = entries.get(key.name());
        if (raw == null) {
            if (key.required()) {
                reading.problems().add(prefix + key.name(), null, "is missing; must be " + key.allowed());
            }
            return key.defaultValue() == null ? Optional.empty() : parse(key, key.defaultValue());
        }
        if (raw.isEmpty() && key.type() != ValueType.TEXT) {
            reading.problems().add(prefix + key.name(), "", "is empty; must be " + key.allowed());
            return Optional.empty();
        }
        if (raw.contains(" #") || raw.contains("\t#")) {
            reading.problems()
                    .add(prefix + key.name(), shown(key, raw), "contains \" #\"; comments stand on lines of their own");
            return Optional.empty();
        }
        return parse(key, raw);
    }

    private Optional<Object> parse(Key key, String raw) {
        try {
            String text = key.type().isHidden() ? raw : reading.placeholders().resolve(raw);
            if (!key.list()) {
                return Optional.of(one(key, text));
            }
            List<Object> several = new ArrayList<>();
            for (String part : Lists.split(text)) {
                several.add(one(key, part));
            }
            return Optional.of(List.copyOf(several));
        } catch (Placeholders.MissingException e) {
            reading.problems().add(prefix + key.name(), shown(key, raw), e.getMessage());
        } catch (ValueType.Hinted e) {
            String hint = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            reading.problems().add(prefix + key.name(), shown(key, raw), "must be " + key.allowed() + hint);
        } catch (IllegalArgumentException e) {
            reading.problems().add(prefix + key.name(), shown(key, raw), "must be " + key.allowed());
        }
        return Optional.empty();
    }

    private Object one(Key key, String text) {
        if (text.isEmpty() && key.type() != ValueType.TEXT) {
            throw new IllegalArgumentException();
        }
        if (key.choices() != null && !key.choices().contains(text)) {
            throw new ValueType.Hinted(Nearest.hint(text, key.choices()).orElse(null));
        }
        if (key.form() != null && !text.matches(key.form().pattern())) {
            throw new IllegalArgumentException();
        }
        Object value = key.type().parse(text, reading.directory());
        if (key.type() == ValueType.SECRET && value instanceof Secret secret && secret.isLiteral()) {
            reading.problems()
                    .warn(
                            prefix + key.name(),
                            Problems.MASK,
                            "works, but a secret should be a reference such as {{env:NAME}} or {{file:PATH}}");
        }
        return value;
    }

    private static String shown(Key key, String raw) {
        if (key.type() == ValueType.LEDGER) {
            return LedgerUrl.masked(raw);
        }
        return key.type().isHidden() ? Problems.MASK : raw;
    }
}
