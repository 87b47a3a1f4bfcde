// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Directory syncs shared by everybody who waits for one: each caller returns only after a sync that began after its call,
 * and while one sync runs all who come wait for the same next one.
 */
final class DirectorySync {

    private static final BiFunction<Path, Round, Round> ENTER = (directory, known) -> {
        Round round = known == null ? new Round() : known;
        round.users++;
        return round;
    };
    private static final BiFunction<Path, Round, Round> LEAVE =
            (directory, round) -> --round.users == 0 ? null : round;

    private final Disk disk;
    private final ConcurrentHashMap<Path, Round> rounds = new ConcurrentHashMap<>();

    DirectorySync(Disk disk) {
        this.disk = disk;
    }

    /**
     * Returns when every name that was in the directory at the time of this call survives a power cut.
     *
     * @throws IOException when the sync failed: for everybody who shared it
     */
    void sync(Path directory) throws IOException {
        Round round = rounds.compute(directory, ENTER);
        try {
            sync(directory, round);
        } finally {
            rounds.computeIfPresent(directory, LEAVE);
        }
    }

    private void sync(Path directory, Round round) throws IOException {
        long mine;
        synchronized (round) {
            mine = round.started + 1;
            while (round.running && round.finished < mine) {
                round.await();
            }
            if (round.finished >= mine) {
                round.rethrow(mine);
                return;
            }
            round.running = true;
            mine = ++round.started;
        }
        IOException failure = null;
        boolean ended = false;
        try {
            disk.syncDirectory(directory);
            ended = true;
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted; // nobody else's sync: one of the waiting begins anew
        } catch (IOException e) {
            failure = e;
            ended = true;
            throw e;
        } finally {
            synchronized (round) {
                round.running = false;
                if (ended) {
                    round.finished = mine;
                    round.failed = failure == null ? round.failed : mine;
                    round.failure = failure == null ? round.failure : failure;
                }
                round.notifyAll();
            }
        }
    }

    /** The syncs of one directory, numbered in the order they begin; kept while somebody uses it. */
    private static final class Round {
        private int users; // guarded by the map
        private boolean running;
        private long started;
        private long finished; // the last that ran to its end, well or not
        private long failed;
        private IOException failure;

        /** Waits without being interruptible: the caller's bytes are already in place, only their proof is missing. */
        private void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    wait();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void rethrow(long mine) throws IOException {
            if (failed >= mine) {
                throw failure;
            }
        }
    }
}
