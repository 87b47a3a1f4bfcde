// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a person probably meant. */
final class Nearest {

    private Nearest() {}

    /** Empty when nothing is near: more than a third of the letters, and at least two, would have to change. */
    static Optional<String> of(String name, Collection<String> known) {
        int bound = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= bound)
                .filter(other -> distance(name, other) <= bound)
                .min(Comparator.<String>comparingInt(other -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean x?}, or nothing. */
    static Optional<String> hint(String name, Collection<String> known) {
        return of(name, known).map(nearest -> "did you mean " + nearest + "?");
    }

    /** Letters to insert, remove, change or swap with their neighbour; upper and lower case are the same. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
