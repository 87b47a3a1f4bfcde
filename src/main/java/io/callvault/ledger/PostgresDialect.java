// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, any version with {@code SKIP LOCKED} and {@code ON CONFLICT}: 9.5 and later. */
final class PostgresDialect extends Dialect {

    static final String PREFIX = "jdbc:postgresql:";

    // https://www.postgresql.org/docs/current/errcodes-appendix.html, read 2026-08.
    private static final String DISK_FULL = "53100";

    PostgresDialect(String url) {
        super(url);
    }

    @Override
    void prepare() {}

    @Override
    boolean mayExist() {
        return true;
    }

    @Override
    DataSource connections(boolean reading) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(10); // seconds, as the next two; the address may say otherwise
        source.setLoginTimeout(15);
        source.setSocketTimeout(120);
        source.setTcpKeepAlive(true);
        source.setApplicationName("callvault");
        source.setReadOnly(reading);
        source.setUrl(url);
        return source;
    }

    /** Connections that answer within seconds or fail. */
    DataSource leases() {
        PGSimpleDataSource source = (PGSimpleDataSource) connections(false);
        source.setConnectTimeout(5); // seconds
        source.setLoginTimeout(5);
        source.setSocketTimeout(5);
        return source;
    }

    @Override
    void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    void rollBack(Connection connection) throws SQLException {
        connection.rollback();
    }

    @Override
    String tableNamed() {
        return "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ?";
    }

    @Override
    String bytewise() {
        return " COLLATE \"C\"";
    }

    @Override
    String clustered() {
        return "";
    }

    @Override
    String by(String index) {
        return "";
    }

    @Override
    String byKey(String table) {
        return "";
    }

    @Override
    String forUpdate() {
        return " FOR UPDATE OF claimed SKIP LOCKED";
    }

    @Override
    boolean isFull(SQLException thrown) {
        return DISK_FULL.equals(thrown.getSQLState());
    }

    @Override
    boolean isOurs(SQLException thrown) {
        String state = thrown.getSQLState();
        // data exception, constraint, syntax
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }

    @Override
    String advice() {
        return "check that the server runs, the address, the user and its rights";
    }
}
