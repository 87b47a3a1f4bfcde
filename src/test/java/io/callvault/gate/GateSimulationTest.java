// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate's two promises at once: never refused, and hardly slower than the budget. */
class GateSimulationTest {

    private static final int MINUTES = 20;
    private static final int SEEDS = 40;

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 50})
    void a_sliding_window_is_used_up_and_never_overdrawn(int limit) {
        for (long seed = 0; seed < SEEDS; seed++) {
            check(seed, GateSimulation.sliding(limit), true);
            check(seed, GateSimulation.sliding(limit), false);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 50})
    void a_fixed_window_is_used_up_and_never_overdrawn(int limit) {
        for (long seed = 0; seed < SEEDS; seed++) {
            check(seed, GateSimulation.fixed(limit), true);
            check(seed, GateSimulation.fixed(limit), false);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40})
    void a_wrong_configured_limit_is_mended_by_the_first_answer(int configured) {
        GateSimulation simulation = new GateSimulation(7, GateSimulation.sliding(10), true, configured);
        simulation.run(Duration.ofMinutes(MINUTES));
        assertThat(simulation.refused()).isZero();
        assertThat(simulation.accepted()).isGreaterThanOrEqualTo((int) (0.97 * 10 * MINUTES));
    }

    private static void check(long seed, GateSimulation.Server server, boolean hasHeaders) {
        GateSimulation simulation = new GateSimulation(seed, server, hasHeaders, server.limit());
        simulation.run(Duration.ofMinutes(MINUTES));
        String which = "seed " + seed + ", limit " + server.limit() + (hasHeaders ? "" : ", no headers");
        assertThat(simulation.refused()).as(which).isZero();
        assertThat(simulation.accepted()).as(which).isGreaterThanOrEqualTo((int) (0.97 * server.limit() * MINUTES));
    }
}
