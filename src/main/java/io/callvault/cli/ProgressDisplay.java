// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.flow.Archive;
import io.callvault.flow.Progress;
import io.callvault.flow.Relist;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How a pass goes: a bar on a terminal, a line now and then elsewhere. On standard error, so that results stay alone. */
final class ProgressDisplay {

    private static final long LINE_EVERY_SECONDS = 10;
    private static final long BAR_EVERY_MILLIS = 250;

    private final Supplier<List<Progress>> progress;
    private final boolean isListingOnly;
    private final PrintStream err = System.err;
    private final ProgressBar bar;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "callvault-progress");
        thread.setDaemon(true);
        return thread;
    });

    private ProgressDisplay(Supplier<List<Progress>> progress, boolean isListingOnly, boolean isTerminal) {
        this.progress = progress;
        this.isListingOnly = isListingOnly;
        this.bar = isTerminal
                ? new ProgressBarBuilder()
                        .setTaskName(isListingOnly ? "relist" : "archive")
                        .setInitialMax(0)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(isListingOnly ? " records" : " items", 1)
                        .showSpeed()
                        .setConsumer(new ConsoleProgressBarConsumer(err))
                        .build()
                : null;
        if (isTerminal) {
            System.setErr(new AboveBar(err)); // the log goes there, and would be written behind the bar
        }
        long every = isTerminal ? BAR_EVERY_MILLIS : TimeUnit.SECONDS.toMillis(LINE_EVERY_SECONDS);
        timer.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
    }

    /** Runs a pass and shows how it goes. */
    static List<Archive.Outcome> during(Archive archive) {
        return during(archive::progress, false, archive::run);
    }

    /** The same for a comparison, which fetches nothing. */
    static List<Relist.Result> during(Relist relist) {
        return during(relist::progress, true, relist::run);
    }

    private static <T> T during(Supplier<List<Progress>> progress, boolean isListingOnly, Supplier<T> work) {
        ProgressDisplay display = new ProgressDisplay(progress, isListingOnly, System.console() != null);
        try {
            return work.get();
        } finally {
            display.close();
        }
    }

    private void close() {
        timer.shutdownNow();
        if (bar != null) {
            show();
            bar.close();
            System.setErr(err);
        }
    }

    private void show() {
        List<Progress> all = progress.get();
        long listed = sum(all, each -> each.listed.sum());
        if (isListingOnly) {
            show(listed);
            return;
        }
        long found = sum(all, each -> each.found.sum());
        long fetched = sum(all, each -> each.fetched.sum());
        String bytes = Summary.bytes(sum(all, each -> each.bytes.sum()));
        if (bar != null) {
            bar.maxHint(Math.max(found, fetched));
            bar.stepTo(fetched);
            bar.setExtraMessage(String.format(Locale.ROOT, " %,d listed, %s", listed, bytes));
        } else {
            err.printf(
                    Locale.ROOT,
                    "%,d records listed, %,d of %,d items fetched, %s%n",
                    listed,
                    fetched,
                    Math.max(found, fetched),
                    bytes);
        }
    }

    private void show(long listed) {
        if (bar != null) {
            bar.maxHint(listed);
            bar.stepTo(listed);
        } else {
            err.printf(Locale.ROOT, "%,d records listed again%n", listed);
        }
    }

    private static long sum(List<Progress> all, ToLongFunction<Progress> count) {
        return all.stream().mapToLong(count).sum();
    }
}
