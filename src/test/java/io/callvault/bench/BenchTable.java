// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What people read of a benchmark: a page of Markdown with one table. */
final class BenchTable {

    private final StringBuilder rows;

    /** @param head its first row, with a bar at both ends */
    BenchTable(String head) {
        rows = new StringBuilder(head + "\n" + "|---".repeat(head.split("\\|").length - 1) + "|\n");
    }

    /** @param format of the cells, with bars between */
    void row(String format, Object... values) {
        rows.append("| ").append(String.format(Locale.ROOT, format, values)).append(" |\n");
    }

    /** One figure, small and large, and what the second is of the first. */
    void compared(String what, double small, double large) {
        row("%s | %.2f | %.2f | %.2f", what, small, large, large / small);
    }

    /** The page. */
    String page(String title) {
        return String.format(
                Locale.ROOT,
                "# %s: %s%n%nJava %s, %d processors, load %s at the end.%n%n%s",
                LocalDate.now(),
                title,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Proc.load(),
                rows);
    }

    /** One run in one line. */
    static String line(String words, Cost cost, int recordings) {
        return String.format(
                Locale.ROOT,
                "%-24s wall %.2f s, CPU %.2f s (%.2f a thousand), peak %.0f MB, origin's CPU %.2f s, others %.0f %%",
                words,
                cost.wall(),
                cost.cpu(),
                cost.cpu() * 1000 / recordings,
                cost.peakMegabytes(),
                cost.originCpu(),
                cost.others() * 100);
    }

    /** The medians as a page of Markdown. */
    static String of(Map<Rival, List<Cost>> costs, int recordings, long bytes, int rounds) {
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "# %s: %d recordings of %d bytes, medians of %d%n%n"
                        + "Java %s, %d processors. One origin on loopback, no limit. curl and callvault fetch from the same"
                        + " endpoint with a token; rclone cannot, and copies the same bytes from a plain directory listing"
                        + " beside it. callvault also lists, hashes, writes a sidecar, syncs each file and keeps a ledger;"
                        + " the others do none of it, nor do they sync. \"Others\" is the part of the machine that was busy"
                        + " with something else, the kernel's writing included.%n%n"
                        + "| | wall s | CPU s | CPU s / 1000 | peak MB | origin CPU s | others | wall x rclone | CPU x rclone"
                        + " | wall x curl | CPU x curl |%n|---|---|---|---|---|---|---|---|---|---|---|%n",
                LocalDate.now(),
                recordings,
                bytes,
                rounds,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors()));
        costs.forEach((rival, runs) -> page.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.0f | %.2f | %.0f %% | %s | %s | %s | %s |%n",
                rival.words(),
                median(runs, Cost::wall),
                median(runs, Cost::cpu),
                median(runs, Cost::cpu) * 1000 / recordings,
                median(runs, Cost::peakMegabytes),
                median(runs, Cost::originCpu),
                median(runs, Cost::others) * 100,
                written(runs, costs.get(Rival.RCLONE), Cost::wall),
                written(runs, costs.get(Rival.RCLONE), Cost::cpu),
                written(runs, costs.get(Rival.CURL), Cost::wall),
                written(runs, costs.get(Rival.CURL), Cost::cpu))));
        return page.toString();
    }

    private static String written(List<Cost> runs, List<Cost> against, ToDoubleFunction<Cost> of) {
        return against == null ? "" : String.format(Locale.ROOT, "%.2f", ratio(runs, against, of));
    }

    /** Of the medians. */
    static <T> double ratio(List<T> runs, List<T> against, ToDoubleFunction<T> of) {
        return median(runs, of) / median(against, of);
    }

    static <T> double median(List<T> runs, ToDoubleFunction<T> of) {
        double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
