// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Where databases differ. The SQL is the same for all but for the few words asked for here. */
abstract class Dialect {

    private static final Pattern SECRET = Pattern.compile("(?i)(?:password|pass|pwd)=([^&;]+)|//[^/@:]*:([^@/]+)@");

    final String url;

    Dialect(String url) {
        this.url = url;
    }

    /**
     * The dialect of an address.
     *
     * @throws StopAllException if no database here has such an address
     */
    static Dialect of(String url) {
        if (url.startsWith(SqliteDialect.PREFIX)) {
            return new SqliteDialect(url);
        }
        if (url.startsWith(PostgresDialect.PREFIX)) {
            return new PostgresDialect(url);
        }
        throw new StopAllException(
                ErrorCode.HOME_UNUSABLE,
                "Tried to open the ledger but its address " + withoutSecrets(url) + " is neither jdbc:sqlite:<file>"
                        + " nor jdbc:postgresql:…: set callvault.ledger");
    }

    /**
     * Makes what must be there before the first connection.
     *
     * @throws IOException if it cannot be made
     */
    abstract void prepare() throws IOException;

    /** False when there is surely no ledger, without connecting. */
    abstract boolean mayExist();

    /**
     * New connections at each call.
     *
     * @param reading true for connections that cannot write
     */
    abstract DataSource connections(boolean reading);

    /** Sets what makes the writer's connection fast. */
    void tune(Connection connection) throws SQLException {
        // nothing unless the database has something
    }

    /** Begins a transaction that writes, on a connection of the writer. */
    abstract void begin(Connection connection) throws SQLException;

    abstract void commit(Connection connection) throws SQLException;

    abstract void rollBack(Connection connection) throws SQLException;

    /** A query that answers a row if the table of this name exists. */
    abstract String tableNamed();

    /** Behind the columns of a new table: its rows lie in its primary key. Empty where they cannot. */
    abstract String clustered();

    /** Behind the type of a text column: it is in the order of its bytes, whatever the database's language. */
    abstract String bytewise();

    /** Behind the name of a table: reads it by this index. Empty where the planner knows by itself. */
    abstract String by(String index);

    /** The same by its primary key. */
    abstract String byKey(String table);

    /** Behind a SELECT whose rows, called {@code claimed}, will be changed: leaves out what others are changing. */
    abstract String forUpdate();

    /** The disk under the database is full. */
    abstract boolean isFull(SQLException thrown);

    /** The statement itself is wrong: a bug of ours, not the database's state. */
    abstract boolean isOurs(SQLException thrown);

    /**
     * What a person is told.
     *
     * @param tried ends the sentence "Tried to …"
     */
    RuntimeException failure(String tried, Exception thrown) {
        SQLException sql = sqlIn(thrown);
        if (thrown instanceof RuntimeException ours && sql == null && !(thrown instanceof FlywayException)) {
            return ours;
        }
        if (sql != null && isOurs(sql)) {
            return new IllegalStateException("the ledger refused a statement: " + safe(thrown), harmless(thrown));
        }
        boolean full = sql != null && isFull(sql);
        return new StopAllException(
                full ? ErrorCode.SPOOL_FULL : ErrorCode.HOME_UNUSABLE,
                "Tried to " + tried + " " + withoutSecrets(url) + " but "
                        + (full ? "its disk is full (" + safe(thrown) + "): make room" : safe(thrown) + ": " + advice())
                        + ", then start again",
                harmless(thrown));
    }

    private static SQLException sqlIn(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }

    /** What to do when it cannot be used. */
    abstract String advice();

    /** An address without user, password and other parameters. */
    static String withoutSecrets(String url) {
        return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }

    private String safe(Exception thrown) {
        String message = String.valueOf(thrown.getMessage()).strip().replace(url, withoutSecrets(url));
        Matcher secrets = SECRET.matcher(url);
        while (secrets.find()) {
            String secret = secrets.group(1) == null ? secrets.group(2) : secrets.group(1);
            message = message.replace(secret, "***");
        }
        message = message.replaceAll("\\s+", " ");
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** The cause, unless it or one of its own tells the address with its secrets. */
    private Exception harmless(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            Matcher secrets = SECRET.matcher(url);
            while (secrets.find()) {
                if (message.contains(secrets.group(1) == null ? secrets.group(2) : secrets.group(1))) {
                    return null;
                }
            }
        }
        return thrown;
    }
}
