// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One file. Written ahead and synchronised at every commit; readers never wait for the writer. */
final class SqliteDialect extends Dialect {

    static final String PREFIX = "jdbc:sqlite:";

    // Result codes, of which the low byte is the kind: https://www.sqlite.org/rescode.html, read 2026-08.
    private static final int SQLITE_ERROR = 1;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_MISMATCH = 20;
    private static final int SQLITE_MISUSE = 21;

    private final Path file;

    SqliteDialect(String url) {
        super(url);
        String name = withoutSecrets(url).substring(PREFIX.length()).replaceFirst("^file:", "");
        if (name.isEmpty() || name.startsWith(":")) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to open the ledger but " + url + " names no file: set callvault.ledger to"
                            + " jdbc:sqlite:<file>");
        }
        this.file = Path.of(name);
    }

    @Override
    void prepare() throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            PrivateDirectory.make(parent);
        }
    }

    @Override
    boolean mayExist() {
        return Files.exists(file);
    }

    @Override
    DataSource connections(boolean reading) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(30_000);
        if (reading) {
            config.setReadOnly(true);
        } else {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setCacheSize(-16_384); // KiB, for the writer alone
            config.setJournalSizeLimit(64 << 20);
            config.setGetGeneratedKeys(false); // else each INSERT is followed by a SELECT that nobody asked for
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    @Override
    void tune(Connection connection) throws SQLException {
        // In pages of 4 KiB. Pages changed again and again, as those of indexes are, go back to the file less often than
        // with the usual 1000.
        execute(connection, "PRAGMA wal_autocheckpoint = 8000");
    }

    // By hand: with auto-commit off, sqlite-jdbc 3.54 begins the next transaction right after a commit, and with it holds
    // the lock while nothing is to be written. Immediate, because a transaction that reads first cannot always go on to
    // write.
    @Override
    void begin(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    @Override
    void rollBack(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    String tableNamed() {
        return "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
    }

    @Override
    String bytewise() {
        return "";
    }

    @Override
    String clustered() {
        return " WITHOUT ROWID";
    }

    // Without statistics SQLite takes two columns of one index for better than one of an index that holds all it needs.
    @Override
    String by(String index) {
        return " INDEXED BY " + index;
    }

    // The index that SQLite makes for a key is named so: https://www.sqlite.org/fileformat2.html, "Representation Of SQL
    // Indices", read 2026-11.
    @Override
    String byKey(String table) {
        return by("sqlite_autoindex_" + table + "_1");
    }

    @Override
    String forUpdate() {
        return ""; // there is one writer, and its transaction has begun
    }

    @Override
    boolean isFull(SQLException thrown) {
        return (thrown.getErrorCode() & 0xff) == SQLITE_FULL;
    }

    @Override
    boolean isOurs(SQLException thrown) {
        int code = thrown.getErrorCode() & 0xff;
        return code == SQLITE_ERROR
                || code == SQLITE_CONSTRAINT
                || code == SQLITE_MISMATCH
                || code == SQLITE_MISUSE;
    }

    @Override
    String advice() {
        return "check the file, its directory and who may write there";
    }
}
