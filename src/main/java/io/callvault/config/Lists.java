// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values. */
final class Lists {

    private Lists() {}

    /** The pieces without the space around them; a comma between double braces separates nothing. */
    static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("{{", i)) {
                depth++;
                i++;
            } else if (text.startsWith("}}", i)) {
                depth = Math.max(0, depth - 1);
                i++;
            } else if (text.charAt(i) == ',' && depth == 0) {
                pieces.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        pieces.add(text.substring(start).strip());
        return pieces;
    }
}
