// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ErrorCode;
import io.callvault.ledger.DueItem;
import io.callvault.ledger.Verdict;
import io.callvault.model.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LadderTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void each_failure_of_an_item_waits_longer_and_the_eighth_is_its_death() {
        List<Verdict> verdicts = IntStream.range(0, 8)
                .mapToObj(attempts -> Ladder.next(attempts, ErrorCode.CONTENT_SHORT, "cut", 0, NOW))
                .toList();
        assertThat(verdicts.subList(0, 7))
                .extracting(verdict -> Duration.between(NOW, verdict.nextAt()))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(20),
                        Duration.ofHours(1),
                        Duration.ofHours(3),
                        Duration.ofHours(12),
                        Duration.ofHours(24));
        assertThat(verdicts.subList(0, 7)).extracting(Verdict::state).containsOnly("due");
        assertThat(verdicts.get(7).state()).isEqualTo("dead");
        assertThat(verdicts.get(7).attempts()).isEqualTo(8);
    }

    @Test
    void an_item_that_is_not_there_yet_waits_and_costs_no_rung() {
        Verdict verdict = missing(0, null, NOW.plus(Duration.ofDays(80)));
        assertThat(verdict.state()).isEqualTo("waiting");
        assertThat(verdict.attempts()).isEqualTo(2);
        assertThat(verdict.missing()).isOne();
        assertThat(verdict.missingSince()).isEqualTo(NOW);
    }

    @Test
    void an_item_younger_than_the_retention_is_gone_only_when_asked_three_times_over_a_day() {
        Instant loss = NOW.plus(Duration.ofDays(80));
        assertThat(missing(2, NOW.minus(Duration.ofHours(23)), loss).state()).isEqualTo("waiting");
        assertThat(missing(1, NOW.minus(Duration.ofHours(30)), loss).state()).isEqualTo("waiting");
        assertThat(missing(2, NOW.minus(Duration.ofHours(24)), loss).state()).isEqualTo("gone");
    }

    @Test
    void an_item_past_the_retention_is_gone_at_the_first_answer() {
        assertThat(missing(0, null, NOW.minusSeconds(1)).state()).isEqualTo("gone");
    }

    private static Verdict missing(int missing, Instant since, Instant lossAt) {
        DueItem item = new DueItem(
                new ItemKey("acme", "recording/1"),
                "calls",
                "A",
                1,
                "{}",
                "recording",
                "/1",
                null,
                null,
                "heavy",
                NOW.minus(Duration.ofDays(10)),
                lossAt,
                2,
                missing,
                since,
                null,
                null);
        return Ladder.missing(item, ErrorCode.CONTENT_MISSING, "404", 404, NOW);
    }
}
