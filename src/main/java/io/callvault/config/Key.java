// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.List;

/**
 * One key that may be set.
 *
 * @param name without what stands before it: {@code since} of {@code customer.acme.since}
 * @param type what the value, or each value of a list, may be
 * @param defaultValue its text; null when there is none or when it depends on other keys
 * @param required whether a block without it is a problem
 * @param list whether several, comma-separated, may be given
 * @param choices the words that are allowed; null when anything of the type is
 * @param form what each value looks like; null when anything of the type may be
 * @param description for people, one or more sentences; may be empty
 */
public record Key(
        String name,
        ValueType type,
        String defaultValue,
        boolean required,
        boolean list,
        List<String> choices,
        Form form,
        String description) {

    /**
     * @param pattern a regular expression that the whole value matches
     * @param words the same for people, to follow "must be"
     */
    public record Form(String pattern, String words) {}

    public Key {
        choices = choices == null ? null : List.copyOf(choices);
    }

    static Key optional(String name, ValueType type, String defaultValue, String description) {
        return new Key(name, type, defaultValue, false, false, null, null, description);
    }

    /** One of a few words. */
    static Key choice(String name, String defaultValue, List<String> words, String description) {
        return new Key(name, ValueType.STRING, defaultValue, false, false, words, null, description);
    }

    static Key required(String name, ValueType type, String description) {
        return new Key(name, type, null, true, false, null, null, description);
    }

    Key asList() {
        return new Key(name, type, defaultValue, required, true, choices, form, description);
    }

    Key formed(String pattern, String words) {
        return new Key(name, type, defaultValue, required, list, choices, new Form(pattern, words), description);
    }

    /** The same under another name, where not setting it means something else. */
    Key named(String other) {
        return new Key(other, type, null, required, list, choices, form, description);
    }

    Key withoutDefault() {
        return new Key(name, type, null, required, list, choices, form, description);
    }

    /** What may stand there, to follow "must be". */
    public String allowed() {
        if (choices != null && choices.isEmpty()) {
            return "one of those that are declared, and none is";
        }
        String any = form == null ? type.allowed() : form.words();
        String one = choices == null ? any : "one of " + String.join(", ", choices);
        return list ? one + "; several are separated by commas" : one;
    }
}
