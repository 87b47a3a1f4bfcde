// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.ledger.ListingWindow;
import io.callvault.model.FeedPart;
import io.callvault.model.ListedPage;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingRunTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(29);

    @ParameterizedTest
    @ValueSource(ints = {1, 28, 29, 30, 33, 36, 59, 90, 400})
    void no_window_is_longer_than_the_feed_allows_and_none_leaves_a_gap(int days) {
        Instant to = FROM.plus(Duration.ofDays(days));
        List<Window> windows = windows(feed(LONGEST), to);

        assertThat(windows).allMatch(window -> window.length().compareTo(LONGEST) <= 0);
        assertThat(windows.get(0).from()).isEqualTo(FROM);
        assertThat(windows.get(windows.size() - 1).to()).isEqualTo(to);
        for (int i = 1; i < windows.size(); i++) {
            assertThat(windows.get(i).from()).isEqualTo(windows.get(i - 1).to());
        }
    }

    @Test
    void windows_of_one_page_grow_to_a_month_where_the_feed_does_not_say() {
        assertThat(windows(feed(null), FROM.plus(Duration.ofDays(400))))
                .extracting(Window::length)
                .contains(Duration.ofDays(31));
    }

    private static Feed feed(Duration longest) {
        return new Feed("calls", "slow", "slow", null, null, false, Duration.ofDays(1), longest);
    }

    /** Each window brings one page. */
    private static List<Window> windows(Feed feed, Instant to) {
        FeedPart whole = FeedPart.whole("acme", "calls");
        ListingRun run = new ListingRun(null, feed, whole, List.of(), FROM, to, new Progress(), () -> {}, null);
        List<Window> windows = new ArrayList<>();
        for (Window next = run.nextNew(); next != null; next = run.nextNew()) {
            windows.add(next);
            run.begin(new ListingWindow(windows.size(), whole, next, null, 0, 0, FROM), "/");
            run.page(new ListedPage(List.of(), null, null), List.of());
            run.kept();
        }
        return windows;
    }
}
