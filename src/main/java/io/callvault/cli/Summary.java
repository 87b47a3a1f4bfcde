// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.flow.Archive;
import io.callvault.flow.Progress;
import io.callvault.ledger.CustomerCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One honest line a customer at the end of a pass. */
final class Summary {

    private Summary() {}

    static String of(Archive.Outcome outcome, CustomerCounts counts, boolean isInterrupted) {
        Progress progress = outcome.progress();
        String done = String.format(
                Locale.ROOT,
                "%s: %,d records listed, %,d items fetched (%s), %,d stored in all",
                outcome.customer(),
                progress.listed.sum(),
                progress.fetched.sum(),
                bytes(progress.bytes.sum()),
                counts.items().getOrDefault("stored", 0L));
        List<String> left = new ArrayList<>();
        add(left, ExitCode.pending(counts), "pending");
        for (String state : List.of("dead", "gone", "not-retained", "excluded")) {
            add(left, counts.items().getOrDefault(state, 0L), state);
        }
        add(left, counts.notVisible(), "extensions or accounts not visible");
        add(left, counts.unreadable(), "records unreadable");
        add(left, counts.incomplete().size(), "windows incomplete");
        String rest = left.isEmpty() ? "" : "; " + String.join(", ", left);
        String end = isInterrupted
                ? ": interrupted"
                : outcome.stopped() != null
                        ? ": stopped, " + outcome.stopped().sentence()
                        : ExitCode.isComplete(outcome, counts) ? ": complete" : ": incomplete" + why(outcome);
        return done + rest + end;
    }

    /** Bytes for people: three digits and a unit of 1000. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 4) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, "kMGTP".charAt(unit));
    }

    private static String why(Archive.Outcome outcome) {
        return outcome.failures().isEmpty() ? "" : ", " + outcome.failures().get(0);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }
}
