// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.flow.Archive;
import io.callvault.flow.Progress;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How a pass goes: a bar on a terminal, a line now and then elsewhere. On standard error, so that results stay alone. */
final class ProgressDisplay {

    private static final long LINE_EVERY_SECONDS = 10;
    private static final long BAR_EVERY_MILLIS = 250;

    private final Archive archive;
    private final PrintStream err = System.err;
    private final ProgressBar bar;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "callvault-progress");
        thread.setDaemon(true);
        return thread;
    });

    private ProgressDisplay(Archive archive, boolean isTerminal) {
        this.archive = archive;
        this.bar = isTerminal
                ? new ProgressBarBuilder()
                        .setTaskName("archive")
                        .setInitialMax(0)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" items", 1)
                        .showSpeed()
                        .setConsumer(new ConsoleProgressBarConsumer(err))
                        .build()
                : null;
        long every = isTerminal ? BAR_EVERY_MILLIS : TimeUnit.SECONDS.toMillis(LINE_EVERY_SECONDS);
        timer.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
    }

    /** Runs a pass and shows how it goes. */
    static List<Archive.Outcome> during(Archive archive) {
        ProgressDisplay display = new ProgressDisplay(archive, System.console() != null);
        try {
            return archive.run();
        } finally {
            display.close();
        }
    }

    private void close() {
        timer.shutdownNow();
        if (bar != null) {
            show();
            bar.close();
        }
    }

    private void show() {
        List<Progress> all = archive.progress();
        long listed = sum(all, progress -> progress.listed.sum());
        long found = sum(all, progress -> progress.found.sum());
        long fetched = sum(all, progress -> progress.fetched.sum());
        String bytes = Summary.bytes(sum(all, progress -> progress.bytes.sum()));
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

    private static long sum(List<Progress> all, ToLongFunction<Progress> count) {
        return all.stream().mapToLong(count).sum();
    }
}
