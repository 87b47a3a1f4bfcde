// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.Retention;
import io.callvault.ledger.Retentions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoanTest {

    private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");

    @TempDir
    Path folder;

    @Test
    void what_was_taken_back_is_neither_read_nor_changed_any_more_nor_are_its_books() {
        try (Ledger ledger = Ledgers.open("jdbc:sqlite:" + folder.resolve("ledger.db"), Clock.systemUTC())) {
            Loan loan = new Loan(ledger);
            Ledger lent = loan.ledger();
            Retentions book = lent.retentions();
            book.keep("acme", Map.of("calls", Duration.ofDays(90)), NOW).join();
            assertThat(lent.beginPass(NOW).join()).isPositive();

            loan.end();

            assertThat(lent.beginPass(NOW)).isCompletedExceptionally();
            assertThat(book.keep("acme", Map.of("calls", Duration.ofDays(7)), NOW)).isCompletedExceptionally();
            assertThatThrownBy(() -> book.of("acme")).isInstanceOf(CancellationException.class);
            assertThatThrownBy(lent::reports).isInstanceOf(CancellationException.class);
            assertThat(ledger.retentions().of("acme"))
                    .as("its owner goes on")
                    .containsExactly(new Retention("calls", Duration.ofDays(90), false));
        }
    }

    @Test
    void what_goes_wrong_in_the_ledger_is_told_as_it_is() {
        try (Ledger ledger = Ledgers.open("jdbc:sqlite:" + folder.resolve("ledger.db"), Clock.systemUTC())) {
            Ledger lent = new Loan(ledger).ledger();
            assertThatThrownBy(() -> lent.retentions().keep("acme", null, NOW)).isInstanceOf(NullPointerException.class);
        }
    }
}
