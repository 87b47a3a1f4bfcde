// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The entries of the file sorted into blocks: {@code customer.acme.since} goes to block {@code acme} of {@code customer}. */
final class Blocks {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Blocks() {}

    /** Whether a block may be called so. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Everything under one prefix, which ends with a dot; the answer's keys are without it. */
    static Map<String, String> under(String prefix, Map<String, String> entries) {
        Map<String, String> under = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                under.put(key.substring(prefix.length()), value);
            }
        });
        return under;
    }

    /**
     * The blocks under a prefix by name, in the order of the file. Tells names that are not allowed and keys without a
     * block, and leaves them out.
     *
     * @param what for people, for example {@code customer}
     */
    static Map<String, Map<String, String>> named(
            String what, Map<String, String> entries, Problems problems) {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        under(what + ".", entries).forEach((rest, value) -> {
            String[] parts = rest.split("\\.", 2);
            if (parts.length < 2 || parts[1].isEmpty()) {
                problems.add(
                        what + "." + rest,
                        Problems.MASK,
                        "nothing reads this key; a key is " + what + ".<name>.<key>");
            } else if (!isName(parts[0])) {
                problems.add(
                        what + "." + parts[0],
                        null,
                        "is no name for a " + what + ": lower-case letters, digits and hyphens, at most 63");
            } else {
                blocks.computeIfAbsent(parts[0], name -> new LinkedHashMap<>()).put(parts[1], value);
            }
        });
        return blocks;
    }
}
