// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import io.callvault.error.ArchiveException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Attempts that begin together. */
public final class Race {

    private Race() {}

    /** One runner. */
    public interface Attempt {
        Object of(int number) throws Exception;
    }

    /** What each attempt returned, or the failure of ours that it threw; any other failure ends the race. */
    public static List<Object> run(int attempts, Attempt attempt) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(attempts);
        try {
            CyclicBarrier begin = new CyclicBarrier(attempts);
            List<Future<Object>> running = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    begin.await();
                    try {
                        return attempt.of(number);
                    } catch (ArchiveException e) {
                        return e;
                    }
                }));
            }
            List<Object> results = new ArrayList<>();
            for (Future<Object> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
