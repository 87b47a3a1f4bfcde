// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.config.ConfigurationReader;
import io.callvault.config.Key;
import io.callvault.config.Keys;
import io.callvault.config.ProviderDeclaration;
import io.callvault.config.TargetKind;
import io.callvault.config.ValueType;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Asks a person for what a first configuration needs, one thing at a time, each judged at once. */
public final class Interview {

    /** Of a customer's general keys those that everybody should think of; the others can be named. */
    private static final List<String> GENERAL = List.of("time-zone", "schedule", "since");

    /** They follow from what is asked. */
    private static final List<String> IMPLIED = List.of("provider", "targets");

    /** Of these, what may be typed needs no words. */
    private static final Set<ValueType> ANY_TEXT = EnumSet.of(
            ValueType.STRING,
            ValueType.TEXT,
            ValueType.PATH,
            ValueType.SERVER,
            ValueType.SECRET,
            ValueType.CREDENTIAL);

    /** Of what is explained, in characters: fits the narrowest usual terminal. */
    private static final int WIDTH = 79;

    private final Draft draft;
    private final Judge judge;
    private final Person person;

    /** @param draft empty */
    public Interview(Draft draft, Judge judge, Person person) {
        this.draft = draft;
        this.judge = judge;
        this.person = person;
    }

    /**
     * Asks everything.
     *
     * @throws StopAllException (CONFIGURATION) when the person has no more to say before the end
     */
    public Draft ask() {
        explain("It is written when everything is answered. What stands in [brackets] is what Enter alone means. Ctrl-C ends it,"
                + " and nothing is written.");
        String customer = name("customer", null, "Name of the customer: lower-case letters, digits and"
                + " hyphens. It is the customer's folder in the archive, so it stays for good.");
        askCustomer("customer." + customer + ".", customer);
        List<String> targets = new ArrayList<>();
        do {
            targets.add(askTarget());
        } while (yes("Store everything in one more place as well?", false));
        draft.set("customer." + customer + ".targets", String.join(", ", targets));
        askAgain();
        return draft;
    }

    /** What is wrong only as a whole, such as two logins where one is needed. */
    private void askAgain() {
        List<String> problems = judge.problems(draft);
        while (!problems.isEmpty()) {
            person.say("");
            problems.forEach(person::say);
            String name = answer("key to set again: ", null, false);
            Key key = draft.declaration(name);
            if (key == null) {
                person.say("There is no such key. Write it out, as in customer.acme.since.");
            } else {
                ask(name.substring(0, name.length() - key.name().length()), key);
            }
            problems = judge.problems(draft);
        }
    }

    private void askCustomer(String prefix, String customer) {
        Collection<String> providers = draft.declared().providers().keySet();
        explain("Whose phone system is it? One of " + String.join(", ", providers) + ".");
        key(prefix, provider(), providers.size() == 1 ? providers.iterator().next() : null);
        List<Key> own = draft.keysOfProvider(customer);
        List<Key> asked = own.stream().filter(Interview::isAsked).toList();
        asked.stream().filter(key -> !key.type().isHidden()).forEach(key -> ask(prefix, key));
        explain("A secret is not shown while it is typed, and is kept in the directory secrets, in a file that only you can"
                + " read. {{env:NAME}} for an environment variable, {{file:PATH}} for a file and the functions of vaults are"
                + " taken as well.");
        asked.stream().filter(key -> key.type().isHidden()).forEach(key -> ask(prefix, key));
        general(GENERAL::contains).forEach(key -> ask(prefix, key));
        others(
                prefix,
                Stream.concat(general(name -> !GENERAL.contains(name) && !IMPLIED.contains(name)), own.stream())
                        .toList());
    }

    /** A server has a default, and whoever has another must say so; logins that are not required may be alternatives. */
    private static boolean isAsked(Key key) {
        return key.required() || key.type().isHidden() || key.type() == ValueType.SERVER && key.defaultValue() != null;
    }

    private static Stream<Key> general(Predicate<String> which) {
        return Keys.CUSTOMER.stream().filter(key -> which.test(key.name()));
    }

    private static Key provider() {
        return Keys.CUSTOMER.stream().filter(key -> key.name().equals("provider")).findFirst().orElseThrow();
    }

    private String askTarget() {
        Map<String, TargetKind> kinds = draft.declared().kinds();
        explain("Where is it to be stored? There are these kinds of place:");
        kinds.values()
                .forEach(kind -> DraftText.wrapped(kind.kind() + ": " + kind.description(), WIDTH - 2)
                        .forEach(line -> person.say("  " + line)));
        String kind;
        do {
            kind = answer("kind: ", null, false);
            if (!kinds.containsKey(kind)) {
                person.say("There is no such kind; there are " + String.join(", ", kinds.keySet()) + ".");
            }
        } while (!kinds.containsKey(kind));
        String name = name("target", free(kind), "Name of this place: lower-case letters, digits and hyphens.");
        String prefix = "target." + name + ".";
        draft.set(prefix + "kind", kind);
        List<Key> keys = draft.keysOfKind(name);
        keys.stream().filter(Key::required).forEach(key -> ask(prefix, key));
        others(prefix, keys);
        return name;
    }

    private String free(String kind) {
        String name = kind;
        for (int i = 2; draft.targets().contains(name); i++) {
            name = kind + "-" + i;
        }
        return name;
    }

    /** What is seldom set can be named; most people name nothing. */
    private void others(String prefix, List<Key> keys) {
        List<Key> left = new ArrayList<>(keys);
        left.removeIf(key -> draft.entries().containsKey(prefix + key.name()));
        while (!left.isEmpty()) {
            List<String> names = left.stream().map(Key::name).toList();
            explain("Anything else to set? Enter alone for no, or one of " + String.join(", ", names) + ".");
            String named = answer("set: ", "", false);
            if (named.isEmpty()) {
                return;
            }
            if (names.contains(named)) {
                Key key = left.remove(names.indexOf(named));
                ask(prefix, key);
            } else {
                person.say("There is no " + named + ".");
            }
        }
    }

    private void ask(String prefix, Key key) {
        explain(key);
        if (key.type() == ValueType.SECRET) {
            secret(prefix + key.name(), key);
        } else if (key.type() == ValueType.CREDENTIAL) {
            key(prefix, key, key.required() ? draft.reference(prefix + key.name()) : "");
        } else {
            key(prefix, key, key.required() ? null : key.defaultValue() == null ? "" : key.defaultValue());
        }
    }

    /** @param otherwise what Enter alone means: a value, nothing at all when it is empty, or nothing allowed when null */
    private void key(String prefix, Key key, String otherwise) {
        String name = prefix + key.name();
        String prompt = key.name() + (otherwise == null || otherwise.isEmpty() ? "" : " [" + otherwise + "]") + ": ";
        do {
            String value = answer(prompt, otherwise, false);
            if (value.isEmpty()) {
                draft.remove(name);
                return;
            }
            draft.set(name, value);
        } while (isRefused(name));
    }

    private void secret(String name, Key key) {
        String otherwise = key.required() ? draft.reference(name) : "";
        String prompt = key.name() + " [" + (otherwise.isEmpty() ? "none" : otherwise) + "]: ";
        do {
            String value = answer(prompt, otherwise, true);
            draft.remove(name);
            if (value.isEmpty()) {
                return;
            }
            if (value.contains("{{")) {
                draft.set(name, value);
            } else {
                draft.keep(name, value);
            }
        } while (isRefused(name));
    }

    private String name(String what, String otherwise, String explanation) {
        explain(explanation);
        while (true) {
            String name = answer(what + (otherwise == null ? ": " : " [" + otherwise + "]: "), otherwise, false);
            if (what.equals("target") && draft.targets().contains(name)) {
                person.say("There is a target " + name + " already.");
            } else if (!ConfigurationReader.isName(name)) {
                person.say(what + "." + name + ": is no name for a " + what
                        + ": lower-case letters, digits and hyphens, at most 63");
            } else {
                return name;
            }
        }
    }

    /** Forgets a refused entry. */
    private boolean isRefused(String name) {
        List<String> problems = judge.problems(draft, name);
        problems.forEach(person::say);
        if (!problems.isEmpty()) {
            draft.remove(name);
        }
        return !problems.isEmpty();
    }

    private boolean yes(String question, boolean otherwise) {
        person.say("");
        while (true) {
            String answer = answer(question + (otherwise ? " [yes]: " : " [no]: "), otherwise ? "yes" : "no", false);
            if (answer.matches("(?i)y|yes|n|no")) {
                return answer.toLowerCase(Locale.ROOT).startsWith("y");
            }
            person.say("yes or no?");
        }
    }

    private void explain(String text) {
        person.say("");
        DraftText.wrapped(text, WIDTH).forEach(person::say);
    }

    /** What a key is for and, where it is not any text, what may stand there. */
    private void explain(Key key) {
        boolean isSelfEvident = key.choices() == null && ANY_TEXT.contains(key.type());
        String allowed = isSelfEvident ? "" : " It is " + key.allowed() + ".";
        explain((key.description().isEmpty() ? key.name() + "." : key.description()) + allowed);
    }

    /** @param otherwise what Enter alone means; null when something must be said */
    private String answer(String prompt, String otherwise, boolean isHidden) {
        while (true) {
            String line = isHidden ? person.askHidden(prompt) : person.ask(prompt);
            if (line == null) {
                throw new StopAllException(
                        ErrorCode.CONFIGURATION, "the answers ended before the last question; nothing was written");
            }
            String text = line.strip();
            if (!text.isEmpty() || otherwise != null) {
                return text.isEmpty() ? otherwise : text;
            }
            person.say("There is no default: something must be said.");
        }
    }
}
