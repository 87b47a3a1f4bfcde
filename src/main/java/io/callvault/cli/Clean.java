// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

/** Text of strangers on its way to a terminal. */
final class Clean {

    private static final int LONGEST = 400;

    private Clean() {}

    /** One line without control characters, which could rewrite what a terminal shows; cut when very long. */
    static String line(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
