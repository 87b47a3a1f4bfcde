// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.Search;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in for the search what is new in the ledger, batch by batch, on a thread of its own. It works a third of the time
 * at most, so that what archives is not held up.
 */
public final class Indexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
    private static final int BATCH = 500; // records
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final int REST = 2; // times what a batch took

    private final Search search;
    private final Thread thread = new Thread(this::run, "callvault-indexer");
    private final Object bell = new Object();
    private boolean isEnding;

    private Indexer(Search search) {
        this.search = search;
        thread.setDaemon(true);
    }

    public static Indexer start(Search search) {
        Indexer indexer = new Indexer(search);
        indexer.thread.start();
        return indexer;
    }

    private void run() {
        boolean isGoing = true;
        while (isGoing) {
            Duration pause;
            try {
                long began = System.nanoTime();
                int rows = search.index(BATCH).join();
                pause = rows == 0 ? IDLE : Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST);
            } catch (RuntimeException e) {
                LOG.warn("The console's search could not take in what is new; it tries again: {}", e.getMessage());
                pause = AFTER_FAILURE;
            }
            isGoing = rest(pause);
        }
    }

    private boolean rest(Duration pause) {
        synchronized (bell) {
            long until = System.nanoTime() + pause.toNanos();
            try {
                for (long left = pause.toMillis(); !isEnding && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                    bell.wait(left);
                }
            } catch (InterruptedException e) {
                return false;
            }
            return !isEnding;
        }
    }

    /** Waits for the batch that is on its way. */
    @Override
    public void close() {
        synchronized (bell) {
            isEnding = true;
            bell.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
