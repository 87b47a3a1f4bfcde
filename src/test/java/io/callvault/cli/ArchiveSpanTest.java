// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.sandbox.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which days an archive of a span takes. */
class ArchiveSpanTest {

    @AfterEach
    void forget() {
        System.clearProperty("callvault.test.secret");
        System.clearProperty("callvault.test.jwt");
    }

    @Test
    void a_day_is_one_of_the_customers_time_zone(@TempDir Path folder) throws IOException {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        LocalDate day = LocalDate.now(auckland).minusDays(5);
        try (SmallArchive archive = new SmallArchive(folder)) {
            assertThat(archive.run("archive", "--from", day.toString(), "--to", day.toString()).exit()).isZero();
            List<ReceivedRequest> pages =
                    archive.sandbox.requests().where(one -> one.path().endsWith("/call-log"));
            assertThat(pages).isNotEmpty();
            assertThat(pages.get(0).parameters().get("dateFrom"))
                    .containsExactly(day.atStartOfDay(auckland).toInstant().toString());
            assertThat(pages.get(pages.size() - 1).parameters().get("dateTo"))
                    .containsExactly(
                            day.plusDays(1).atStartOfDay(auckland).toInstant().toString());
        }
    }
}
