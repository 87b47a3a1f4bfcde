// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhileListingTest {

    @TempDir
    Path home;

    @Test
    void what_a_page_brought_is_fetched_while_the_next_ones_are_listed() {
        SandboxOptions options =
                SandboxOptions.demo().withVolume(300, 200, 0).withDays(1).withPerPageCap(5);
        try (SandboxArchive archive = new SandboxArchive(home, options, "calls")) {
            assertThat(archive.archive().failures()).isEmpty();

            List<Boolean> isContent = archive.sandbox
                    .requests()
                    .where(request -> request.isContent() || request.path().endsWith("/call-log"))
                    .stream()
                    .map(ReceivedRequest::isContent)
                    .toList();
            assertThat(isContent.indexOf(true)).as("the first download").isPositive();
            assertThat(isContent.indexOf(true)).isLessThan(isContent.lastIndexOf(false));
        }
    }
}
