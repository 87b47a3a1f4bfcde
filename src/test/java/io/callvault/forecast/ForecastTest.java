// SPDX-License-Identifier: Apache-2.0
package io.callvault.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final double HEAVY = 14_400; // a day, at ten a minute
    private static final Map<Integer, Long> NOTHING_DUE = Map.of();

    private static Forecast of(int lanes, double listing, double inflow, Integer kept, Map<Integer, Long> backlog) {
        return Forecast.of(new Load(lanes, HEAVY, listing, List.of(new Load.Inflow(inflow, kept)), backlog, 0));
    }

    @Test
    void two_requests_for_each_item_halve_what_can_go_out() {
        List<Load.Inflow> inflow = List.of(new Load.Inflow(10_000, 90));
        Forecast one = Forecast.of(new Load(1, HEAVY, 400, inflow, NOTHING_DUE, 0));
        Forecast two = Forecast.of(new Load(1, HEAVY, 2, 400, inflow, NOTHING_DUE, 0));
        assertThat(one.capacityADay()).isEqualTo(14_000);
        assertThat(two.capacityADay()).isEqualTo(7_000);
        assertThat(two.budgetADay()).isEqualTo(one.budgetADay());
        assertThat(two.listingADay()).isEqualTo(one.listingADay());
        assertThat(one.lanesEnough()).isEqualTo(1);
        assertThat(two.lanesEnough()).isEqualTo(2);
    }

    @Test
    void four_thousand_users_with_ten_recorded_calls_are_too_many_for_one_lane() {
        Forecast forecast = of(1, 0, 40_000, 90, NOTHING_DUE);
        assertThat(forecast.capacityADay()).isEqualTo(14_400);
        assertThat(forecast.lostADay()).isEqualTo(25_600);
        assertThat(forecast.daysToDone()).isNull();
        assertThat(forecast.lanesEnough()).isEqualTo(3);
        assertThat(forecast.lanesPlanned()).isEqualTo(4);
        // What came in on day a has its turn on day 2.78 a, and is lost 90 days after a.
        assertThat(forecast.firstLossDay()).isBetween(139, 142);
    }

    @Test
    void three_lanes_keep_up_and_the_listing_that_goes_with_it_does_not_change_that() {
        Forecast forecast = of(3, 400, 40_000, 90, NOTHING_DUE);
        assertThat(forecast.capacityADay()).isEqualTo(42_800);
        assertThat(forecast.lostADay()).isZero();
        assertThat(forecast.firstLossDay()).isNull();
        assertThat(forecast.daysToDone()).isZero();
        assertThat(forecast.lanesEnough()).isEqualTo(3);
        assertThat(forecast.lanesPlanned()).isEqualTo(4);
    }

    @Test
    void listing_takes_at_most_a_fifth() {
        Forecast forecast = of(1, 10_000, 0, 90, NOTHING_DUE);
        assertThat(forecast.listingADay()).isEqualTo(2_880, within(1e-6));
        assertThat(forecast.capacityADay()).isEqualTo(11_520, within(1e-6));
        assertThat(forecast.budgetADay()).isEqualTo(14_400);
    }

    @Test
    void a_backlog_is_done_when_what_came_in_meanwhile_is_done_too() {
        Forecast forecast = of(1, 0, 7_200, 90, Map.of(80, 72_000L));
        assertThat(forecast.due()).isEqualTo(72_000);
        assertThat(forecast.daysToDone()).isEqualTo(10, within(1.0));
        assertThat(forecast.lostOfDue()).isZero();
        assertThat(of(1, 0, 0, 90, Map.of(80, 7_200L)).daysToDone()).isEqualTo(0.5, within(1e-6));
    }

    @Test
    void what_is_lost_before_its_turn_is_counted_in_the_order_of_loss() {
        // 14,400 today, 14,400 tomorrow: of those lost tomorrow 20,000 - 14,400 have no turn.
        Forecast forecast = of(1, 0, 0, 90, Map.of(0, 14_400L, 1, 20_000L, 50, 10_000L));
        assertThat(forecast.lostOfDue()).isEqualTo(5_600);
        assertThat(forecast.firstLossDay()).isEqualTo(1);
        assertThat(forecast.lanesEnough()).isEqualTo(2);
        assertThat(forecast.daysToDone()).isEqualTo(2 + 10_000 / HEAVY, within(1e-6));
        assertThat(forecast.lostADay()).isZero();
    }

    @Test
    void what_is_overdue_no_number_of_lanes_saves() {
        Forecast forecast = of(1, 0, 0, 90, Map.of(-3, 100L, 5, 10L));
        assertThat(forecast.overdue()).isEqualTo(100);
        assertThat(forecast.due()).isEqualTo(10);
        assertThat(forecast.lostOfDue()).isZero();
        assertThat(forecast.lanesEnough()).isEqualTo(1);
    }

    @Test
    void what_is_never_lost_can_only_pile_up() {
        Forecast forecast = of(1, 0, 20_000, null, NOTHING_DUE);
        assertThat(forecast.lostADay()).isZero();
        assertThat(forecast.firstLossDay()).isNull();
        assertThat(forecast.daysToDone()).isNull();
        assertThat(forecast.lanesEnough()).isEqualTo(2);
    }

    @Test
    void without_anything_nothing_is_needed() {
        Forecast forecast = Forecast.of(new Load(1, HEAVY, 0, List.of(), NOTHING_DUE, 0));
        assertThat(forecast.daysToDone()).isZero();
        assertThat(forecast.lanesEnough()).isEqualTo(1);
        assertThat(forecast.lanesPlanned()).isEqualTo(1);
        assertThatThrownBy(() -> new Load(0, 1, 0, List.of(), NOTHING_DUE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void more_than_a_thousand_lanes_are_no_plan() {
        assertThat(of(1, 0, 1e9, 90, NOTHING_DUE).lanesEnough()).isNull();
    }
}
