// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DirectorySyncTest {

    private static final Path DIRECTORY = Path.of("d");
    private static final int CALLERS = 10;

    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService pool = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    });
    private final CountDownLatch firstRuns = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger syncs = new AtomicInteger();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    /** A disk whose first sync waits; each sync then ends as told. */
    private DirectorySync waitingAtFirst(IOException first, IOException second) {
        return new DirectorySync(new Disk() {
            @Override
            void syncDirectory(Path directory) throws IOException {
                int number = syncs.incrementAndGet();
                if (number == 1) {
                    firstRuns.countDown();
                    awaitRelease();
                }
                IOException failure = number == 1 ? first : number == 2 ? second : null;
                if (failure != null) {
                    throw failure;
                }
            }
        });
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<IOException> call(DirectorySync sync) {
        return pool.submit(() -> {
            try {
                sync.sync(DIRECTORY);
                return null;
            } catch (IOException e) {
                return e;
            }
        });
    }

    /** Starts one sync, and while it runs ten callers who all wait. */
    private List<Future<IOException>> crowd(DirectorySync sync) throws Exception {
        List<Future<IOException>> calls = new ArrayList<>();
        calls.add(call(sync));
        firstRuns.await();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(call(sync));
        }
        while (threads.stream().filter(one -> one.getState() == Thread.State.WAITING).count() < CALLERS + 1) {
            Thread.onSpinWait();
        }
        release.countDown();
        return calls;
    }

    @Test
    void all_who_come_while_a_sync_runs_share_the_next_one() throws Exception {
        for (Future<IOException> call : crowd(waitingAtFirst(null, null))) {
            assertThat(call.get()).isNull();
        }

        assertThat(syncs).hasValue(2);
    }

    @Test
    void a_sync_that_began_before_the_call_does_not_count() throws Exception {
        DirectorySync sync = waitingAtFirst(null, new IOException("second"));

        List<Future<IOException>> calls = crowd(sync);

        assertThat(calls.get(0).get()).isNull();
        for (Future<IOException> call : calls.subList(1, calls.size())) {
            assertThat(call.get()).hasMessage("second");
        }
        assertThat(syncs).hasValue(2);
    }

    @Test
    void a_failure_of_an_earlier_sync_is_not_that_of_a_later_one() throws Exception {
        List<Future<IOException>> calls = crowd(waitingAtFirst(new IOException("first"), null));

        assertThat(calls.get(0).get()).hasMessage("first");
        for (Future<IOException> call : calls.subList(1, calls.size())) {
            assertThat(call.get()).isNull();
        }
    }

    @Test
    void a_caller_who_is_interrupted_in_the_sync_fails_alone() throws Exception {
        List<Future<IOException>> calls = crowd(waitingAtFirst(null, new ClosedByInterruptException()));

        int failed = 0;
        for (Future<IOException> call : calls) {
            failed += call.get() == null ? 0 : 1;
        }
        assertThat(failed).isEqualTo(1);
        assertThat(syncs).hasValue(3);
    }

    @Test
    void calls_one_after_the_other_sync_each() throws IOException {
        release.countDown();
        DirectorySync sync = waitingAtFirst(null, null);

        sync.sync(DIRECTORY);
        sync.sync(DIRECTORY);

        assertThat(syncs).hasValue(2);
    }
}
