// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The right to work on a home directory and its ledger, for one process at a time.
 *
 * <p>It is a lock of the operating system on {@code <home>/lock}, and so is gone with the process however that ends. The
 * file stays and says who held it last. On PostgreSQL, where other machines reach the ledger too, a lease in the
 * database comes with it: 30 s long, renewed every 10 s.
 */
public final class WorkLock implements AutoCloseable {

    // Far behind the text, so that where locks forbid reading, others can still read who holds it.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final RandomAccessFile file;
    private final FileLock lock;
    private final Lease lease;

    private WorkLock(RandomAccessFile file, FileLock lock, Lease lease) {
        this.file = file;
        this.lock = lock;
        this.lease = lease;
    }

    /**
     * Takes the lock without waiting. Before the ledger is opened, which may change its tables.
     *
     * @param home made when it does not exist
     * @param jdbcUrl of the ledger
     * @param command what the process does, for whoever is kept out
     * @param onLost runs once, on a thread of the lock, when the lease is lost while it is held: another process may then
     *     work on the ledger, so this one must stop at once. Never runs on SQLite
     * @throws StopAllException {@code LOCKED}, with who holds it; {@code HOME_UNUSABLE} when it cannot be known
     */
    public static WorkLock take(Path home, String jdbcUrl, String command, Clock clock, Runnable onLost) {
        Dialect dialect = Dialect.of(jdbcUrl);
        Path path = home.resolve("lock");
        RandomAccessFile file = null;
        try {
            PrivateDirectory.make(home);
            file = new RandomAccessFile(path.toFile(), "rw");
            FileLock lock = lock(file);
            if (lock == null) {
                throw new StopAllException(ErrorCode.LOCKED, refusal(command, home.toString(), read(file)));
            }
            String holder = "pid " + ProcessHandle.current().pid() + " (" + command + ") since "
                    + Times.text(clock.instant());
            write(file, holder);
            Lease lease = dialect instanceof PostgresDialect postgres
                    ? Lease.take(postgres, command, Times.text(clock.instant()), onLost)
                    : null;
            return new WorkLock(file, lock, lease);
        } catch (IOException e) {
            close(file);
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to lock " + path + " but " + e.getMessage() + ": check that " + home
                            + " is a directory that this user may write to, on a file system with locks",
                    e);
        } catch (RuntimeException e) {
            close(file);
            throw e;
        }
    }

    static String refusal(String command, String where, String holder) {
        return "Tried to run " + command + " on " + where + " but another process works on this ledger"
                + (holder.isEmpty() ? "" : ": " + holder) + "; wait until it has ended, or stop it";
    }

    private static FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String read(RandomAccessFile file) throws IOException {
        byte[] text = new byte[(int) Math.min(file.length(), 1000)];
        file.readFully(text);
        return new String(text, StandardCharsets.UTF_8).strip();
    }

    private static void write(RandomAccessFile file, String holder) throws IOException {
        file.setLength(0);
        file.write((holder + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }

    private static void close(RandomAccessFile file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException ignored) {
                // The lock goes with the process at the latest.
            }
        }
    }

    /** Gives the right back. A second call does nothing. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
        if (lock.isValid()) {
            close(file); // and with it the lock
        }
    }

    /** Null on SQLite. */
    Lease lease() {
        return lease;
    }
}
