// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The only one that writes: one thread, one connection, and as many operations in a transaction as are waiting when it
 * begins. Whatever arrives during a commit shares the next, so the fuller the house the fewer the commits. While operations
 * keep coming together, a commit waits {@link #GATHERING} for more of them; a lone operation never waits for others.
 *
 * <p>When an operation fails, the transaction is rolled back and each of its operations runs again in one of its own, so
 * that only the guilty one fails. An operation may therefore run twice and must touch nothing but the database.
 */
final class Writer implements AutoCloseable {

    /** Operations in one transaction, at most: bounds what a failure repeats and how long the first waits. */
    static final int BATCH = 500;

    /** What comes within this time shares a commit, when the last one was shared too: syncing costs more than waiting. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    /** Something to be done in a transaction, with its answer. */
    @FunctionalInterface
    interface Work<T> {
        T with(Statements statements) throws SQLException;
    }

    private final Dialect dialect;
    private final Connection connection;
    private final Statements statements;
    private final BlockingQueue<Operation<?>> waiting = new LinkedBlockingQueue<>();
    private final Operation<Void> end = new Operation<>(statements -> null);
    private final Thread thread;
    private boolean closed;

    /** @param connection to be used by nobody else; closed with the writer */
    Writer(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
        this.statements = new Statements(connection);
        thread = new Thread(this::run, "ledger-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** @return completes on the writer's thread, after the commit */
    <T> CompletableFuture<T> submit(Work<T> work) {
        Operation<T> operation = new Operation<>(work);
        synchronized (waiting) {
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("the ledger is closed"));
            }
            waiting.add(operation);
        }
        return operation.future;
    }

    private void run() {
        boolean ended = false;
        boolean isBusy = false;
        while (!ended) {
            List<Operation<?>> batch = new ArrayList<>();
            batch.add(next());
            if (isBusy) {
                LockSupport.parkNanos(GATHERING.toNanos());
            }
            waiting.drainTo(batch, BATCH - 1);
            isBusy = batch.size() > 1;
            ended = batch.remove(end);
            if (!batch.isEmpty()) {
                commit(batch);
            }
        }
    }

    private Operation<?> next() {
        while (true) {
            try {
                return waiting.take();
            } catch (InterruptedException ignored) {
                // Nobody's to interrupt: it ends when it is closed, with nothing left undone.
            }
        }
    }

    private void commit(List<Operation<?>> batch) {
        boolean ran = false;
        try {
            dialect.begin(connection);
            for (Operation<?> operation : batch) {
                operation.run(statements);
            }
            ran = true;
            dialect.commit(connection);
        } catch (Throwable thrown) {
            rollBack();
            if (ran || batch.size() == 1) {
                Throwable told = told(thrown);
                batch.forEach(operation -> operation.future.completeExceptionally(told));
            } else {
                batch.forEach(operation -> commit(List.of(operation)));
            }
            return;
        }
        batch.forEach(Operation::succeed);
    }

    private Throwable told(Throwable thrown) {
        return thrown instanceof Exception exception ? dialect.failure("write to the ledger", exception) : thrown;
    }

    private void rollBack() {
        statements.forget(); // sqlite-jdbc gives up the statement that failed
        try {
            dialect.rollBack(connection);
        } catch (SQLException ignored) {
            // SQLite rolls back by itself when its disk is full; a dead connection has nothing to roll back.
        }
    }

    /** Finishes what is waiting, then closes the connection. A second call does nothing. */
    @Override
    public void close() {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.add(end);
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException ignored) {
                interrupted = true; // told to the caller below; what is queued is still to be committed
            }
        }
        try (connection) {
            statements.forget();
        } catch (SQLException ignored) {
            // Everything is committed.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Operation<T> {
        private final Work<T> work;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private T answer;

        private Operation(Work<T> work) {
            this.work = work;
        }

        private void run(Statements statements) throws SQLException {
            answer = work.with(statements);
        }

        private void succeed() {
            future.complete(answer);
        }
    }
}
