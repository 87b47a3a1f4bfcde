// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The right to work on a ledger in PostgreSQL, for 30 s at a time. The server's clock alone decides when it ends, so the
 * machines' clocks may differ; how long ago it was renewed is measured here without a clock.
 *
 * <p>Its table is not a part of the migrations: whoever migrates holds the lease already.
 */
final class Lease implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(10);
    /** Without an answer for so long it counts as lost: at the second beat in vain, before another can take it. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(15);

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS lease (name TEXT NOT NULL PRIMARY KEY,"
            + " holder TEXT NOT NULL, host TEXT NOT NULL, pid BIGINT NOT NULL, command TEXT NOT NULL, since TEXT NOT NULL,"
            + " ends_at TIMESTAMP WITH TIME ZONE NOT NULL)";

    private record Holder(String id, String host, long pid, String command, String since) {

        boolean isDeadHere() {
            return host.equals(hostName())
                    && !host.isEmpty()
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }

        String words() {
            return "pid " + pid + " on " + host + " (" + command + ") since " + since;
        }
    }

    private final PostgresDialect dialect;
    private final String id = UUID.randomUUID().toString();
    private final Runnable onLost;
    private final ScheduledExecutorService heart;
    private Connection connection;
    private long renewedAt; // nanoTime before the last renewal that was answered
    private boolean ended;

    private Lease(PostgresDialect dialect, Runnable onLost) {
        this.dialect = dialect;
        this.onLost = onLost;
        this.heart = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "ledger-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws StopAllException {@code LOCKED}, with who holds it; {@code HOME_UNUSABLE} without a database */
    static Lease take(PostgresDialect dialect, String command, String since, Runnable onLost) {
        Lease lease = new Lease(dialect, onLost);
        try {
            lease.begin(command, since);
            lease.heart.scheduleAtFixedRate(lease::renew, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
            return lease;
        } catch (SQLException e) {
            lease.close();
            throw dialect.failure("take the lease of the ledger", e);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private synchronized void begin(String command, String since) throws SQLException {
        renewedAt = System.nanoTime();
        connection = dialect.leases().getConnection();
        Statements statements = statements();
        if (statements.one(dialect.tableNamed(), row -> true, "lease").isEmpty()) {
            statements.update(TABLE);
        }
        Optional<Holder> holder = insert(statements, command, since);
        if (holder.isPresent() && holder.get().isDeadHere()) {
            statements.update("DELETE FROM lease WHERE holder = ?", holder.get().id());
            holder = insert(statements, command, since);
        }
        if (holder.isPresent()) {
            throw new StopAllException(
                    ErrorCode.LOCKED,
                    WorkLock.refusal(
                            command,
                            Dialect.withoutSecrets(dialect.url),
                            holder.get().words()));
        }
    }

    /** @return who holds it; empty when it is ours now */
    private Optional<Holder> insert(Statements statements, String command, String since) throws SQLException {
        statements.update(
                "INSERT INTO lease (name, holder, host, pid, command, since, ends_at)"
                        + " VALUES ('work', ?, ?, ?, ?, ?, now() + interval '30 seconds') ON CONFLICT (name) DO UPDATE"
                        + " SET holder = excluded.holder, host = excluded.host, pid = excluded.pid,"
                        + " command = excluded.command, since = excluded.since, ends_at = excluded.ends_at"
                        + " WHERE lease.ends_at < now()",
                id,
                hostName(),
                ProcessHandle.current().pid(),
                command,
                since);
        return statements.one(
                "SELECT holder, host, pid, command, since FROM lease WHERE holder <> ?", Lease::holder, id);
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getString("holder"),
                row.getString("host"),
                row.getLong("pid"),
                row.getString("command"),
                row.getString("since"));
    }

    /** One beat: renews, or finds that it is lost. */
    void renew() {
        if (isLostAtBeat()) {
            heart.shutdown();
            onLost.run(); // outside the monitor: it may wait for a thread that closes this
        }
    }

    private synchronized boolean isLostAtBeat() {
        if (ended) {
            return false;
        }
        long before = System.nanoTime();
        try {
            if (connection == null) {
                connection = dialect.leases().getConnection();
            }
            // Late is not lost: as long as the row is ours nobody else had it.
            ended = statements()
                            .update("UPDATE lease SET ends_at = now() + interval '30 seconds' WHERE holder = ?", id)
                    == 0;
            renewedAt = before;
        } catch (SQLException unanswered) {
            hangUp();
            ended = before - renewedAt > GIVEN_UP.toNanos();
        }
        return ended;
    }

    private Statements statements() {
        return new Statements(connection);
    }

    private void hangUp() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException ignored) {
                // It was not usable any more.
            }
            connection = null;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    @Override
    public void close() {
        heart.shutdown();
        synchronized (this) {
            ended = true;
            if (connection != null) {
                try {
                    statements().update("DELETE FROM lease WHERE holder = ?", id);
                } catch (SQLException ignored) {
                    // It ends by itself in 30 s.
                }
            }
            hangUp();
        }
    }
}
