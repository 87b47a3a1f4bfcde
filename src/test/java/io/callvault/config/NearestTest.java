// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("since", "targets", "time-zone", "look-back", "client-id");

    @ParameterizedTest
    @CsvSource({
        "sicne, since",
        "target, targets",
        "timezone, time-zone",
        "LOOK-BACK, look-back",
        "clientId, client-id",
        "path,",
        "schedule,",
        "x,"
    })
    void proposes_the_nearest_name_or_none(String name, String nearest) {
        assertThat(Nearest.of(name, KNOWN).orElse(null)).isEqualTo(nearest);
    }
}
