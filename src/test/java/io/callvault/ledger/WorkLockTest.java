// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkLockTest {

    private static final String SQLITE = "jdbc:sqlite:ledger.db";

    @TempDir
    private Path directory;

    private final AtomicInteger lost = new AtomicInteger();

    private WorkLock take(String home, String url) {
        return WorkLock.take(
                directory.resolve(home),
                url,
                "run",
                Clock.fixed(LedgerSamples.NOW, ZoneOffset.UTC),
                lost::incrementAndGet);
    }

    @Test
    void makes_the_home_and_says_who_holds_it() throws IOException {
        try (WorkLock lock = take("new/home", SQLITE)) {
            assertThat(lock.lease()).isNull();
            assertThat(Files.readString(directory.resolve("new/home/lock")).strip())
                    .isEqualTo("pid " + ProcessHandle.current().pid() + " (run) since 2026-03-10T14:00:00.000Z");
        }
    }

    @Test
    void is_free_again_when_it_was_closed() {
        WorkLock first = take("home", SQLITE);
        assertThatThrownBy(() -> take("home", SQLITE)).isInstanceOf(StopAllException.class);
        first.close();
        WorkLock second = take("home", SQLITE);
        first.close();
        assertThatThrownBy(() -> take("home", SQLITE))
                .as("closing the first again takes nothing from the second")
                .isInstanceOf(StopAllException.class);
        second.close();
    }

    @Test
    void two_homes_are_worked_on_at_once() {
        try (WorkLock one = take("one", SQLITE);
                WorkLock two = take("two", SQLITE)) {
            assertThat(one).isNotSameAs(two);
        }
    }

    @Test
    void another_process_is_told_who_holds_it_until_that_is_killed() throws Exception {
        Process other = LockHolder.start(directory.resolve("home"), SQLITE);
        try {
            assertThatThrownBy(() -> take("home", SQLITE))
                    .isInstanceOfSatisfying(StopAllException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED))
                    .hasMessage("Tried to run run on " + directory.resolve("home")
                            + " but another process works on this ledger: pid " + other.pid()
                            + " (archive) since 2026-03-10T14:00:00.000Z; wait until it has ended, or stop it");
        } finally {
            other.destroyForcibly().waitFor();
        }
        take("home", SQLITE).close();
    }

    @Test
    void a_home_that_is_no_directory_is_unusable() throws IOException {
        Files.writeString(directory.resolve("home"), "");
        assertThatThrownBy(() -> take("home", SQLITE))
                .isInstanceOfSatisfying(
                        StopAllException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOME_UNUSABLE))
                .hasMessageStartingWith("Tried to lock " + directory.resolve("home/lock") + " but ");
    }

    @Test
    void on_postgresql_a_lease_holds_over_homes() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            WorkLock first = take("one", url);
            assertThatThrownBy(() -> take("two", url))
                    .isInstanceOfSatisfying(StopAllException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid() + " on ")
                    .hasMessageContaining(" (run) since 2026-03-10T14:00:00.000Z");
            Ledgers.open(url, Clock.systemUTC()).close(); // migrates beside the lease's table
            first.lease().renew();
            assertThat(lost).hasValue(0);
            first.close();
            WorkLock second = take("two", url);

            execute(server, "UPDATE lease SET ends_at = now() - interval '1 second', host = 'elsewhere'");
            WorkLock third = take("one", url);
            second.lease().renew();
            second.lease().renew();
            assertThat(lost).as("told once that another took it").hasValue(1);
            third.lease().renew();
            second.close();
            third.lease().renew();
            assertThat(lost).as("closing takes nothing from the third").hasValue(1);
            third.close();

            Process other = LockHolder.start(directory.resolve("three"), url);
            assertThatThrownBy(() -> take("one", url)).hasMessageContaining("pid " + other.pid() + " on ");
            other.destroyForcibly().waitFor();
            take("one", url).close(); // at once, since its process is known to be dead
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
