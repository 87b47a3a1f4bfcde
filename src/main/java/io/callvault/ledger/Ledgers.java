// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Opens ledgers. The address is {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql:…}.
 *
 * <p>Every failure to open is a {@link io.callvault.error.StopAllException} that says what to do and holds no password.
 */
public final class Ledgers {

    private static final String OPEN = "open the ledger";
    private static final int READERS = 4;

    private Ledgers() {}

    /**
     * Opens the ledger for work, makes it when there is none, and brings its tables up to this version. Whoever works on
     * it holds its {@link WorkLock}; commands that only write a word or two ({@code retry}) need not.
     *
     * @param clock for the few times that no caller passes
     */
    public static Ledger open(String jdbcUrl, Clock clock) {
        Dialect dialect = Dialect.of(jdbcUrl);
        Connection connection = null;
        try {
            dialect.prepare();
            DataSource writing = dialect.connections(false);
            connection = writing.getConnection();
            dialect.tune(connection);
            migrate(writing, dialect);
            return new JdbcLedger(dialect, readers(dialect), new Writer(dialect, connection), clock);
        } catch (IOException | SQLException | RuntimeException e) {
            close(connection);
            throw dialect.failure(OPEN, e);
        }
    }

    /**
     * Opens the ledger for a look, fast: nothing is made or brought up to date, and every future fails.
     *
     * @return empty when there is no ledger yet
     */
    public static Optional<Ledger> read(String jdbcUrl) {
        Dialect dialect = Dialect.of(jdbcUrl);
        if (!dialect.mayExist()) {
            return Optional.empty();
        }
        DataSource reading = dialect.connections(true);
        try (Connection connection = reading.getConnection();
                Statements statements = new Statements(connection)) {
            return statements
                    .one(dialect.tableNamed(), row -> true, "customer_run") // the last that the first version made
                    .map(there -> new JdbcLedger(dialect, reading, null, Clock.systemUTC()));
        } catch (SQLException e) {
            throw dialect.failure(OPEN, e);
        }
    }

    private static void migrate(DataSource writing, Dialect dialect) {
        Flyway.configure()
                .dataSource(writing)
                .locations("classpath:io/callvault/ledger/migration")
                .table("schema_history")
                .baselineOnMigrate(true) // other tables may live in the same PostgreSQL schema
                .baselineVersion("0")
                .failOnMissingLocations(true)
                .placeholders(Map.of("clustered", dialect.clustered(), "bytewise", dialect.bytewise()))
                .load()
                .migrate();
    }

    private static DataSource readers(Dialect dialect) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger-readers");
        config.setDataSource(dialect.connections(true));
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setReadOnly(true);
        return new HikariDataSource(config);
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException ignored) {
                // It is given up; what made it so is told.
            }
        }
    }
}
