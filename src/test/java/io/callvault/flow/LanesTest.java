// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.provider.Lane;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LanesTest {

    private static final Lane ONE = new Lane("acme", "1", "a");
    private static final Lane TWO = new Lane("acme", "2", "b");
    private static final StopCustomerException REFUSED =
            new StopCustomerException(ErrorCode.CREDENTIALS_REJECTED, "wrong jwt");

    @Test
    void lanes_take_turns() {
        Lanes lanes = new Lanes(List.of(ONE, TWO));
        assertThat(List.of(lanes.next(), lanes.next(), lanes.next())).containsExactly(ONE, TWO, ONE);
    }

    @Test
    void a_refused_lane_is_left_out_and_the_other_does_its_work() {
        Lanes lanes = new Lanes(List.of(ONE, TWO));
        assertThat(lanes.leaveOut(ONE, REFUSED)).isTrue();
        assertThat(lanes.leaveOut(ONE, REFUSED)).as("a request that was on the way too").isTrue();
        assertThat(List.of(lanes.next(), lanes.next())).containsOnly(TWO);
    }

    @Test
    void the_last_lane_cannot_be_left_out() {
        Lanes lanes = new Lanes(List.of(ONE));
        assertThat(lanes.leaveOut(ONE, REFUSED)).isFalse();
        assertThat(lanes.next()).isEqualTo(ONE);
    }

    @Test
    void a_missing_permission_is_no_refused_lane() {
        Lanes lanes = new Lanes(List.of(ONE, TWO));
        assertThat(lanes.leaveOut(ONE, new StopCustomerException(ErrorCode.PERMISSION_MISSING, "no ReadCallLog")))
                .isFalse();
    }
}
