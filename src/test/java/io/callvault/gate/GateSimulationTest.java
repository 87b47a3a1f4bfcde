// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.gate.SimulatedServer.Headers;
import io.callvault.gate.SimulatedServer.Windows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate's promises at once: hardly slower than the budget, next to never refused, silent when told to be. */
class GateSimulationTest {

    private static final int REQUESTS = 6_000;
    private static final int SEEDS = 5;
    private static final Duration HOUR = Duration.ofHours(1);

    static Stream<Arguments> budgets() {
        return Stream.of(10, 40, 50).flatMap(limit -> Arrays.stream(Windows.values())
                .flatMap(windows -> Stream.of(true, false).map(restarts -> Arguments.of(limit, windows, restarts))));
    }

    @ParameterizedTest(name = "limit {0}, {1} windows, penalty restarts: {2}")
    @MethodSource("budgets")
    void a_budget_of_our_own_is_used_up_and_hardly_ever_overdrawn(int limit, Windows windows, boolean restarts) {
        checkBars(seeds(seed -> of(seed, limit, windows, restarts, Headers.TRUE).run(REQUESTS)));
        checkBars(seeds(seed -> of(seed, limit, windows, restarts, Headers.ABSENT).run(REQUESTS)));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_HIGH", "ALWAYS_ALL", "RENAMED"})
    void more_remaining_than_there_is_misleads_nobody(Headers headers) {
        for (Windows windows : Windows.values()) {
            checkBars(seeds(seed -> of(seed, 10, windows, true, headers).run(REQUESTS)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS_HALF", "ALWAYS_NOTHING"})
    void a_remaining_that_never_changes_is_found_out(Headers headers) {
        for (int limit : new int[] {10, 50}) {
            List<GateSimulation> runs = seeds(seed -> of(seed, limit, Windows.SLIDING, true, headers).run(REQUESTS));
            assertThat(runs).allMatch(run -> run.efficiency() > 0.95 && run.refused() <= 4 && run.intoPenalty() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Windows.class)
    void less_remaining_than_there_is_is_taken_for_somebody_else_and_respected(Windows windows) {
        List<GateSimulation> runs = seeds(seed -> of(seed, 10, windows, true, Headers.TOO_LOW).run(REQUESTS));
        assertThat(runs).allMatch(run -> run.efficiency() > 0.6);
        checkRefusals(runs);
    }

    @ParameterizedTest
    @EnumSource(Windows.class)
    void with_another_client_nothing_is_sent_into_a_penalty_and_most_of_the_rest_is_used(Windows windows) {
        // Two of ten a minute: eight are left. Without a word from one to the other refusals cannot be avoided.
        List<GateSimulation> runs = seeds(seed -> of(seed, 10, windows, false, Headers.TRUE)
                .competitor(Duration.ofSeconds(30))
                .run(REQUESTS));
        assertThat(runs).allMatch(run -> run.intoPenalty() == 0 && run.efficiency() > 0.75 && run.refused() < 250);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40})
    void a_wrong_configured_limit_is_mended_by_the_first_answer(int configured) {
        GateLimits limits = new GateLimits(configured, SimulatedServer.WINDOW, 100);
        checkBars(seeds(seed ->
                new GateSimulation(seed, new SimulatedServer(Windows.SLIDING, 10, true), Headers.TRUE, limits).run(REQUESTS)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 50})
    void a_share_is_kept_of_what_headers_teach_and_not_of_what_is_configured(int limit) {
        GateLimits limits = new GateLimits(5, SimulatedServer.WINDOW, 80);
        List<GateSimulation> runs = seeds(seed ->
                new GateSimulation(seed, new SimulatedServer(Windows.SLIDING, limit, true), Headers.TRUE, limits)
                        .run(REQUESTS / 2));
        assertThat(runs).allMatch(run -> run.efficiency() > 0.78 && run.efficiency() < 0.802);
    }

    @ParameterizedTest
    @EnumSource(Windows.class)
    void a_limit_that_falls_costs_one_penalty_and_one_that_rises_is_used(Windows windows) {
        for (boolean restarts : new boolean[] {true, false}) {
            for (GateSimulation run : seeds(seed -> changing(seed, windows, restarts, 40, 5))) {
                assertThat(run.intoPenalty()).as(run.toString()).isZero();
                assertThat(run.refused()).as("what was on the way at once: " + run).isLessThanOrEqualTo(40);
                assertThat(run.gate().status().limit()).isEqualTo(5);
                // The 1,500 after 100 at the old limit and some windows of penalty and of finding out.
                assertThat(run.took()).as(run.toString()).isLessThan(SimulatedServer.WINDOW.multipliedBy(1_400 / 5 + 25));
            }
            for (GateSimulation run : seeds(seed -> changing(seed, windows, restarts, 10, 50))) {
                assertThat(run.intoPenalty()).as(run.toString()).isZero();
                assertThat(run.refused()).as(run.toString()).isLessThanOrEqualTo(2);
                assertThat(run.took()).as(run.toString()).isLessThan(SimulatedServer.WINDOW.multipliedBy(5 + 1_500 / 50 + 3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -300, -61, -1, 1, 61, 300, 3_600})
    void a_clock_that_is_set_changes_nothing(long seconds) {
        for (Windows windows : Windows.values()) {
            checkBars(seeds(seed -> {
                GateSimulation simulation = of(seed, 40, windows, true, Headers.TRUE);
                for (int i = 1; i <= 10; i++) {
                    simulation.after(HOUR.dividedBy(5).multipliedBy(i), () -> simulation.clockJumps(Duration.ofSeconds(seconds)));
                }
                return simulation.run(REQUESTS);
            }));
        }
    }

    private static GateSimulation changing(long seed, Windows windows, boolean restarts, int before, int after) {
        SimulatedServer server = new SimulatedServer(windows, before, restarts);
        return new GateSimulation(seed, server, Headers.TRUE)
                .after(Duration.ofMinutes(4).plusSeconds(seed), () -> server.limit(after))
                .run(1_500);
    }

    private static GateSimulation of(long seed, int limit, Windows windows, boolean restarts, Headers headers) {
        return new GateSimulation(seed, new SimulatedServer(windows, limit, restarts), headers);
    }

    private static List<GateSimulation> seeds(LongFunction<GateSimulation> run) {
        return LongStream.rangeClosed(1, SEEDS).mapToObj(run).toList();
    }

    private static void checkBars(List<GateSimulation> runs) {
        double[] efficiency =
                runs.stream().mapToDouble(GateSimulation::efficiency).sorted().toArray();
        assertThat(efficiency[SEEDS / 2]).as("median of " + runs).isGreaterThanOrEqualTo(0.99);
        assertThat(efficiency[0]).as("worst of " + runs).isGreaterThanOrEqualTo(0.98);
        checkRefusals(runs);
    }

    private static void checkRefusals(List<GateSimulation> runs) {
        int[] refused = runs.stream().mapToInt(GateSimulation::refused).sorted().toArray();
        assertThat(refused[SEEDS / 2]).as("median of " + runs).isZero();
        assertThat(refused[SEEDS - 1]).as("worst of " + runs).isLessThanOrEqualTo(2);
        assertThat(runs).allMatch(run -> run.intoPenalty() == 0);
    }
}
