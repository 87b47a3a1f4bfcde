// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

/** Text of strangers on its way into a mail or a chat. */
final class Plain {

    private static final int LONGEST = 1000;

    private Plain() {}

    /** One line: without what could begin another header or rewrite what is shown; cut when very long. */
    static String line(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]+", " ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
