// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A schedule whose time came between two services. */
class MissedTest {

    /** Five in the morning in New York, in winter. */
    private static final Instant TIME = Instant.parse("2026-01-10T10:00:00Z");

    private static Set<String> missed(Instant restedAt, Instant now) {
        Configuration configuration = new ConfigurationReader(null)
                .read(
                        Path.of("application.properties"),
                        """
                        callvault.routes = routes
                        target.nas.kind = file
                        target.nas.directory = nas
                        """
                                + customer("daily", "0 0 5 * * ?")
                                + customer("never", "0 0 5 1 1 ? 2099"));
        return Missed.since(restedAt, now, configuration, List.of("daily", "never"));
    }

    private static String customer(String id, String schedule) {
        return """
                customer.%1$s.provider = ringcentral
                customer.%1$s.client-id = a
                customer.%1$s.client-secret = {{env:B}}
                customer.%1$s.jwt = {{env:C}}
                customer.%1$s.time-zone = America/New_York
                customer.%1$s.schedule = %2$s
                customer.%1$s.targets = nas
                """
                .formatted(id, schedule);
    }

    @Test
    void is_not_skipped_for_that() {
        assertThat(missed(TIME.minusSeconds(2), TIME.plusSeconds(1))).containsExactly("daily");
        assertThat(missed(TIME.minusSeconds(2), TIME)).containsExactly("daily");
    }

    @Test
    void that_came_before_or_comes_later_is_the_triggers() {
        assertThat(missed(TIME, TIME.plusSeconds(3))).isEmpty();
        assertThat(missed(TIME.minusSeconds(3), TIME.minusSeconds(1))).isEmpty();
        assertThat(missed(null, TIME)).as("nobody was there before").isEmpty();
    }
}
