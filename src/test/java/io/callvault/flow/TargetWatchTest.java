// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.exchange.Variables;
import io.callvault.flow.TargetWatch.Blame;
import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TargetWatchTest {

    private static final ArchiveException UNREACHABLE =
            new TryAgainException(ErrorCode.STORE_UNREACHABLE, "Tried to put something but nobody answered.");
    private static final ArchiveException DENIED =
            new StopCustomerException(ErrorCode.STORE_DENIED, "Tried to put something but it is forbidden.");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
    private final HandAlarm alarm = new HandAlarm(clock);
    private final CamelContext camel = new DefaultCamelContext();
    private final List<ArchiveException> givenUp = new ArrayList<>();
    private RuntimeException answer;
    private boolean isElseDone;
    private int asked;
    private int woken;
    private TargetWatch watch;

    @BeforeEach
    void open() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store-vault").process(exchange -> {
                    asked++;
                    if (answer != null) {
                        throw answer;
                    }
                    exchange.setVariable(Variables.FOUND, false);
                });
            }
        });
        camel.start();
        watch = watch(true);
    }

    @AfterEach
    void close() {
        camel.stop();
    }

    @Test
    void an_item_that_fails_while_the_target_answers_fails_by_itself() {
        for (int i = 0; i < 10; i++) {
            assertThat(failed("recording/1", UNREACHABLE)).isEqualTo(Blame.ITEM);
        }
        assertThat(watch.width(16)).isEqualTo(16);
        assertThat(asked).isEqualTo(10);
    }

    @Test
    void the_only_item_loses_no_try_to_a_target_that_does_not_answer() {
        answer = UNREACHABLE;
        assertThat(failed("recording/1", UNREACHABLE)).isEqualTo(Blame.TARGET);
        assertThat(watch.width(16)).isZero();
        assertThat(watch.isDown()).isTrue();
    }

    @Test
    void a_store_that_will_not_say_whether_an_object_is_missing_answers() {
        answer = DENIED;
        assertThat(failed("recording/1", UNREACHABLE)).isEqualTo(Blame.ITEM);
    }

    @Test
    void where_nothing_gets_through_although_the_target_answers_other_items_have_their_turn() {
        failed("recording/1", UNREACHABLE);
        failed("recording/2", UNREACHABLE);
        assertThat(failed("recording/3", UNREACHABLE)).isEqualTo(Blame.EITHER);
        assertThat(watch.width(16)).isZero();
    }

    @Test
    void after_ever_longer_pauses_one_is_let_through_and_after_its_success_all() {
        answer = UNREACHABLE;
        failed("recording/1", UNREACHABLE);
        for (int seconds : new int[] {1, 2, 4}) {
            alarm.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(watch.width(16)).isZero();
            alarm.advance(Duration.ofMillis(1));
            assertThat(watch.width(16)).isEqualTo(1);
            assertThat(failed("recording/1", UNREACHABLE)).isEqualTo(Blame.TARGET);
        }
        assertThat(woken).isEqualTo(3);
        alarm.advance(Duration.ofSeconds(8));
        watch.succeeded();
        assertThat(watch.width(16)).isEqualTo(16);
        assertThat(watch.isDown()).isFalse();
        assertThat(woken).isEqualTo(5);
    }

    @Test
    void what_was_on_its_way_when_it_went_down_makes_no_pause_shorter_or_longer() {
        answer = UNREACHABLE;
        failed("recording/1", UNREACHABLE);
        alarm.advance(Duration.ofMillis(500));
        failed("recording/2", UNREACHABLE);
        alarm.advance(Duration.ofMillis(500));
        assertThat(watch.width(16)).isEqualTo(1);
        assertThat(woken).isEqualTo(1);
    }

    @Test
    void a_pass_with_other_work_waits_and_one_without_gives_up() {
        answer = UNREACHABLE;
        for (int i = 0; i < 10; i++) {
            failed("recording/1", UNREACHABLE);
            alarm.advance(Duration.ofMinutes(1));
        }
        assertThat(givenUp).isEmpty();
        isElseDone = true;
        failed("recording/1", UNREACHABLE);
        assertThat(givenUp).containsExactly(UNREACHABLE);
    }

    @Test
    void a_pass_without_other_work_asks_some_seconds_before_it_gives_up() {
        answer = UNREACHABLE;
        isElseDone = true;
        Instant begin = clock.instant();
        while (givenUp.isEmpty()) {
            failed("recording/1", UNREACHABLE);
            if (givenUp.isEmpty()) {
                alarm.advance(Duration.ofSeconds(1L << (asked - 1)));
            }
        }
        assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void the_service_never_gives_up_and_waits_a_minute_for_a_person() {
        watch = watch(false);
        isElseDone = true;
        for (int i = 0; i < 10; i++) {
            assertThat(failed("recording/1", DENIED)).isEqualTo(Blame.TARGET);
            assertThat(watch.width(16)).isZero();
            alarm.advance(Duration.ofMinutes(1));
            assertThat(watch.width(16)).isEqualTo(1);
        }
        assertThat(givenUp).isEmpty();
    }

    @Test
    void in_a_pass_what_only_a_person_can_mend_is_not_waited_for() {
        assertThat(failed("recording/1", DENIED)).isEqualTo(Blame.ITEM);
        assertThat(watch.isDown()).isFalse();
    }

    private Blame failed(String item, ArchiveException failure) {
        return watch.failed(item, failure).toCompletableFuture().join();
    }

    private TargetWatch watch(boolean isPass) {
        Customer customer =
                new Customer("acme", "none", null, List.of(), List.of(), List.of("vault"), null, null, null, null, null);
        Bench bench = new Bench(
                null, null, null, null, null, new Targets(camel::createProducerTemplate), Runnable::run, alarm, clock);
        return new TargetWatch(bench, customer, "vault", isPass, () -> isElseDone, () -> woken++, () -> {}, givenUp::add);
    }
}
