// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.util.List;

/** A cleaned text in a piece of a path, and how far it may be cut. */
final class PathValue {

    private enum Cut {
        NEVER,
        /** Down to nothing. */
        FIRST,
        /** Only when nothing else is left, and then with its hash. */
        LAST
    }

    private final Cut cut;
    private final String original; // of an id
    private String text;
    private int bytes;

    private PathValue(String text, Cut cut, String original) {
        this.text = text;
        this.cut = cut;
        this.original = original;
        this.bytes = CleanName.utf8(text);
    }

    /** Never cut. */
    static PathValue fixed(String text) {
        return new PathValue(text, Cut.NEVER, null);
    }

    /** Cut where there is no room. */
    static PathValue cuttable(String cleaned) {
        return new PathValue(cleaned, Cut.FIRST, null);
    }

    /** Cut only where it alone is too long. */
    static PathValue id(String id) {
        return new PathValue(CleanName.id(id), Cut.LAST, id);
    }

    /** Cuts the longest values, then the ids, until all together have at most so many bytes of UTF-8. */
    static void fit(List<PathValue> values, int most) {
        fit(values, most, Cut.FIRST);
        fit(values, most, Cut.LAST);
    }

    private static void fit(List<PathValue> values, int most, Cut cut) {
        int total = 0;
        for (PathValue value : values) {
            total += value.bytes;
        }
        if (total <= most) {
            return;
        }
        int longest = values.stream().mapToInt(value -> value.cut == cut ? value.bytes : 0).max().orElse(0);
        int cap = Math.min(longest, most);
        while (cap > 0 && total(values, cut, cap) > most) {
            cap--;
        }
        for (PathValue value : values) {
            if (value.cut == cut && value.bytes > cap) {
                value.cutTo(cap);
            }
        }
    }

    private static int total(List<PathValue> values, Cut cut, int cap) {
        int total = 0;
        for (PathValue value : values) {
            total += value.cut == cut ? Math.min(value.bytes, cap) : value.bytes;
        }
        return total;
    }

    private void cutTo(int cap) {
        text = cut == Cut.LAST ? CleanName.cutId(text, cap, original) : CleanName.cut(text, cap);
        bytes = CleanName.utf8(text);
    }

    static String joined(List<PathValue> values) {
        StringBuilder joined = new StringBuilder();
        for (PathValue value : values) {
            joined.append(value.text);
        }
        return joined.toString();
    }
}
