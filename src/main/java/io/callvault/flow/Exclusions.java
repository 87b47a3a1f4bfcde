// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.model.ListedRecord;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The customer's rules on what is listed and not fetched. */
public final class Exclusions {

    private final List<Rule> rules;

    /** @param rules each {@code what:value}; the value may end in {@code *}; see the configuration's manual */
    public Exclusions(List<String> rules) {
        this.rules = rules.stream().map(Rule::of).toList();
    }

    /** The first rule that matches; null when the record's items are to be fetched. */
    public String rule(ListedRecord record) {
        for (Rule rule : rules) {
            if (rule.matches(record)) {
                return rule.text();
            }
        }
        return null;
    }

    private record Rule(String text, String what, Pattern value) {

        static Rule of(String text) {
            String[] halves = text.split(":", 2);
            String value = halves[1].strip();
            boolean isBeginning = value.endsWith("*");
            String exact = Pattern.quote(isBeginning ? value.substring(0, value.length() - 1) : value);
            return new Rule(
                    text.strip(),
                    halves[0].strip(),
                    Pattern.compile(exact + (isBeginning ? ".*" : ""), Pattern.CASE_INSENSITIVE));
        }

        boolean matches(ListedRecord record) {
            return switch (what) {
                case "extension" -> is(record.extension());
                case "number" -> is(record.from()) || is(record.to());
                case "direction" -> is(record.direction());
                case "kind" -> is(record.kind())
                        || (!record.items().isEmpty()
                                && record.items().stream().allMatch(item -> is(item.kind())));
                default -> throw new IllegalArgumentException(
                        "no rule is about " + what.toLowerCase(Locale.ROOT));
            };
        }

        private boolean is(String said) {
            return said != null && value.matcher(said).matches();
        }
    }
}
