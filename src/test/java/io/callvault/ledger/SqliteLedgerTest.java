// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.plan;
import static io.callvault.ledger.LedgerSamples.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {

    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:sqlite:" + file();
    }

    private Path file() {
        return directory.resolve("new/data/ledger.db");
    }

    @Test
    void what_was_reported_is_there_after_a_crash_and_what_was_claimed_is_not_lost() throws IOException {
        DueReceipt stored = planned("1", "vault").get(0);
        done(ledger().stored(stored, proof(stored), false, NOW));
        planned("2", "vault");

        // As a killed process leaves it: the file and its log, copied while the ledger is open.
        Path copy = Files.createDirectories(directory.resolve("crashed")).resolve("ledger.db");
        for (String suffix : List.of("", "-wal")) {
            Files.copy(Path.of(file() + suffix), Path.of(copy + suffix));
        }
        try (Ledger looked = Ledgers.read("jdbc:sqlite:" + copy).orElseThrow()) {
            assertThat(looked.counts(List.of("acme")).get(0).items()).isEqualTo(Map.of("stored", 1L, "fetching", 1L));
        }
        try (Ledger restarted = Ledgers.open("jdbc:sqlite:" + copy, Clock.fixed(NOW, ZoneOffset.UTC))) {
            done(restarted.releaseClaims());
            DueItem again = done(restarted.claimItems("acme", "heavy", ALL, 9, NOW)).get(0);
            assertThat(again.plan()).isEqualTo(plan("2"));
            assertThat(restarted.events("acme", "vault", 0, 9)).hasSize(3);
        }
    }

    @Test
    void a_ledger_that_does_not_exist_is_not_made_by_a_look() throws IOException {
        Path none = directory.resolve("none.db");
        assertThat(Ledgers.read("jdbc:sqlite:" + none)).isEmpty();
        assertThat(none).doesNotExist();
        Files.createFile(none);
        assertThat(Ledgers.read("jdbc:sqlite:" + none)).as("without tables").isEmpty();
    }

    @Test
    void a_look_sees_what_is_committed_and_writes_nothing() {
        planned("1", "vault");
        try (Ledger looked = Ledgers.read(url()).orElseThrow()) {
            assertThat(looked.counts(List.of("acme"))).isEqualTo(ledger().counts(List.of("acme")));
            assertThatThrownBy(() -> done(looked.beginPass(NOW))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_address_of_no_database_we_know_is_refused_without_its_password() {
        for (String url : List.of("jdbc:mysql://me:hidden@host/db?password=hidden", "jdbc:sqlite::memory:", "x")) {
            assertThatThrownBy(() -> Ledgers.open(url, Clock.systemUTC()))
                    .isInstanceOf(StopAllException.class)
                    .hasMessageStartingWith("Tried to open the ledger but ")
                    .hasMessageNotContaining("hidden");
        }
    }

    @Test
    void a_file_that_is_no_database_is_unusable() throws IOException {
        Path text = Files.writeString(directory.resolve("text.db"), "not a database, but long enough to be read as one");
        for (String url : List.of("jdbc:sqlite:" + text, "jdbc:sqlite:" + text + "/below/ledger.db")) {
            assertThatThrownBy(() -> Ledgers.open(url, Clock.systemUTC()))
                    .isInstanceOfSatisfying(
                            StopAllException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOME_UNUSABLE))
                    .hasMessageStartingWith("Tried to open the ledger " + url + " but ");
        }
        assertThatThrownBy(() -> Ledgers.read("jdbc:sqlite:" + text)).isInstanceOf(StopAllException.class);
    }

    @Test
    void a_full_disk_fails_what_is_not_kept_and_keeps_what_was() {
        done(ledger().beginPass(NOW));
        Ledger small = Ledgers.open(url() + "?max_page_count=60", Clock.systemUTC());
        List<RuntimeException> failures = new ArrayList<>();
        String long1 = "x".repeat(100_000);
        try (small) {
            done(small.beginPass(NOW));
            for (int i = 0; i < 3; i++) {
                try {
                    done(small.stopped("acme", "INTERNAL", long1 + long1, NOW));
                } catch (StopAllException e) {
                    failures.add(e);
                }
            }
            assertThat(failures)
                    .hasSize(3)
                    .allSatisfy(e -> assertThat(((StopAllException) e).code()).isEqualTo(ErrorCode.SPOOL_FULL))
                    .first()
                    .asString()
                    .contains("its disk is full");
            assertThat(done(small.beginPass(NOW))).isEqualTo(3);
        }
        assertThat(counts().stopped()).isNull();
    }

    @Test
    void claims_counts_and_pages_are_answered_from_indexes() throws SQLException {
        assertThat(explained("SELECT * FROM item claimed INDEXED BY item_claimable WHERE claimed.state IN ('due', 'waiting')"
                        + " AND claimed.customer = 'a' AND claimed.api_group = 'h'"
                        + " AND (claimed.next_at IS NULL OR claimed.next_at <= 'n')"
                        + " ORDER BY claimed.loss_at, claimed.started_at, claimed.item LIMIT 64"))
                .contains("INDEX item_claimable (customer=? AND api_group=?)")
                .doesNotContain("TEMP B-TREE");
        assertThat(explained("SELECT state, COUNT(*), COUNT(length), SUM(length) FROM item WHERE customer = 'a'"
                        + " GROUP BY state"))
                .contains("COVERING INDEX item_state");
        assertThat(explained("SELECT MIN(started_at), MIN(loss_at) FROM item INDEXED BY item_claimable WHERE customer = 'a' AND "
                        + ItemTable.CLAIMABLE))
                .contains("COVERING INDEX item_claimable");
        assertThat(explained("SELECT e.number, r.raw FROM event e LEFT JOIN revision r ON e.line IS NULL"
                        + " AND r.customer = e.customer AND r.feed = e.feed AND r.record_id = e.record_id"
                        + " AND r.revision = e.revision WHERE e.customer = 'a' AND e.number > 1"
                        + " AND (e.target = '' OR e.target = 't') ORDER BY e.number LIMIT 9"))
                .contains("INDEX event_customer (customer=? AND number>?)")
                .doesNotContain("TEMP B-TREE");
    }

    private String explained(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
            return plan.toString();
        }
    }
}
