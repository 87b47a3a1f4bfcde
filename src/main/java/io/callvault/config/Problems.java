// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong and what is only worth saying: one line each, the key first. */
final class Problems {

    private static final int LONGEST_VALUE = 120;

    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** @param value as written, or {@link #MASK}; null when there is none to show */
    void add(String key, String value, String sentence) {
        problems.add(line(key, value, sentence));
    }

    void warn(String key, String value, String sentence) {
        warnings.add(line(key, value, sentence));
    }

    /** Stands for a value that is not shown. */
    static final String MASK = "***";

    List<String> problems() {
        return new ArrayList<>(problems);
    }

    List<String> warnings() {
        return new ArrayList<>(warnings);
    }

    /** An address without the user and the password that may stand before its host. */
    static String withoutUser(String address) {
        return address.replaceAll("//[^/@\\s]*@", "//***@");
    }

    static String line(String key, String value, String sentence) {
        if (value == null) {
            return key + ": " + sentence;
        }
        String shown = withoutUser(value.replaceAll("\\p{Cntrl}", " "));
        if (shown.length() > LONGEST_VALUE) {
            shown = shown.substring(0, LONGEST_VALUE) + "…";
        }
        return key + " = " + shown + ": " + sentence;
    }
}
