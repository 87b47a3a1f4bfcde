// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.util.Arrays;
import java.util.List;

/** What a provider is asked to do with what is archived. */
public enum ReleaseMode {
    /** To hide it, so that for some time it can be had back there. */
    SOFT_DELETE("soft-delete"),
    /** To delete it, as finally as the provider does. */
    DELETE("delete");

    private final String word;

    ReleaseMode(String word) {
        this.word = word;
    }

    /** As it stands in files. */
    public String word() {
        return word;
    }

    /** All that may stand in files. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ReleaseMode::word).toList();
    }

    /** @throws IllegalArgumentException if it is none */
    public static ReleaseMode of(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word + " is not one of " + words()));
    }
}
