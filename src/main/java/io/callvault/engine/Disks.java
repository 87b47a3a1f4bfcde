// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.alarm.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How much room there is. A share that hangs is not waited for: it holds up the other disks' answers, and nothing else. */
final class Disks implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    /** Bytes that can be written where a path is or will be. */
    @FunctionalInterface
    interface Gauge {
        long free(Path place) throws IOException;

        Gauge REAL = place -> {
            Path there = place;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            if (there.toFile().getTotalSpace() == 0) {
                throw new IOException(there + " does not say how much room it has");
            }
            // Asked of the path itself: a FileStore looks for the mount first, and a change of root hides that.
            return there.toFile().getUsableSpace();
        };
    }

    private final Gauge gauge;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "callvault-disks");
        thread.setDaemon(true);
        return thread;
    });

    Disks(Gauge gauge) {
        this.gauge = gauge;
    }

    Situation.Room room(Path place) {
        CompletableFuture<Long> answer = CompletableFuture.supplyAsync(() -> ask(place), asking);
        try {
            return new Situation.Room(place.toString(), answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
        }
        return new Situation.Room(place.toString(), null);
    }

    private Long ask(Path place) {
        try {
            return gauge.free(place);
        } catch (IOException e) {
            return null; // gone, or not to be asked: the target's own alarm says so
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
