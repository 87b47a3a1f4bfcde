// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has a schema of its own in one server that the class starts. */
class PostgresLedgerTest extends LedgerContract {

    private static EmbeddedPostgres server;
    private static int schemas;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    @Override
    void open() {
        schemas++;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA test" + schemas);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        super.open();
    }

    @Override
    String url() {
        return server.getJdbcUrl("postgres", "postgres") + "&currentSchema=test" + schemas;
    }

    @Test
    void a_look_sees_what_is_committed_and_makes_no_tables() throws SQLException {
        planned("1", "vault");
        try (Ledger looked = Ledgers.read(url()).orElseThrow()) {
            assertThat(looked.counts(List.of("acme"))).isEqualTo(ledger().counts(List.of("acme")));
        }
        assertThat(Ledgers.read(server.getJdbcUrl("postgres", "postgres"))).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_told_without_the_password() {
        String url = "jdbc:postgresql://127.0.0.1:1/ledger?user=me&password=hidden";
        assertThatThrownBy(() -> Ledgers.open(url, Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        StopAllException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOME_UNUSABLE))
                .hasMessageStartingWith("Tried to open the ledger jdbc:postgresql://127.0.0.1:1/ledger but ")
                .hasMessageEndingWith(
                        "check that the server runs, the address, the user and its rights, then start again")
                .extracting(LedgerSamples::trace)
                .asString()
                .doesNotContain("hidden");
    }
}
