// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.sandbox.SandboxOptions.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldTest {

    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0", "1, 0, 1", "1, 1, 2", "1, 2, 3", "5, 0, 0", "7, 14, 9", "20, 10, 40", "20, 20, 1", "500, 409, 36"
    })
    void has_exactly_as_much_as_was_asked_for(int calls, int recordings, int messages) {
        World world = world(new Volume(30, calls, recordings, messages, 0), 1);
        assertThat(world.calls()).hasSize(calls);
        assertThat(world.recordings()).hasSize(recordings);
        assertThat(world.messages()).hasSize(messages);
        assertThat(named(world)).hasSize(recordings);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7", "365"})
    void everything_lies_within_its_days(int days) {
        World world = world(new Volume(days, 100, 50, 50, 0), days);
        Instant oldest = NOW.minus(Duration.ofDays(days));
        assertThat(world.calls()).allMatch(call -> !call.start().isBefore(oldest)
                && call.start().plusMillis(call.durationMs()).isBefore(NOW));
        assertThat(world.messages()).allMatch(message -> message.created().isAfter(oldest)
                && message.created().isBefore(NOW));
    }

    @Test
    void ids_differ_beyond_case() {
        World world = world(new Volume(30, 2000, 1000, 500, 0), 3);
        Set<String> ids = new HashSet<>();
        world.calls().forEach(call -> ids.add(call.id().toLowerCase(Locale.ROOT)));
        world.recordings().forEach(recording -> ids.add(recording.id()));
        world.messages().forEach(message -> ids.add(Long.toString(message.id())));
        assertThat(ids).hasSize(3500);
    }

    @Test
    void most_calls_are_in_business_hours() {
        World world = world(new Volume(30, 500, 100, 0, 0), 4);
        assertThat(world.calls().stream()
                        .map(call -> call.start().atZone(Company.ZONE))
                        .filter(start -> start.getHour() >= 8 && start.getHour() < 18))
                .hasSizeGreaterThan(480);
    }

    @Test
    void callers_have_the_names_that_attackers_give_themselves() {
        List<String> names = world(new Volume(30, 600, 300, 0, 0), 5).calls().stream()
                .filter(call -> call.from() != null && call.from().name() != null)
                .map(call -> call.from().name())
                .toList();
        assertThat(names).contains("../../../../etc/passwd", "<script>alert(1)</script>", "nul\0byte", "CON", "..");
        assertThat(names).anyMatch(name -> name.length() == 300);
        assertThat(names).anyMatch(name -> name.contains("\r\n"));
        assertThat(names).contains("Beispiel \u00c4rzte", "Beispiel A\u0308rzte");
    }

    @Test
    void a_company_that_cannot_be_is_refused() {
        assertThatThrownBy(() -> new Volume(0, 1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Volume(1, 1, 3, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SandboxOptions.demo().withPerPageCap(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SandboxOptions.demo().withJwts()).isInstanceOf(IllegalArgumentException.class);
    }

    private static World world(Volume volume, long seed) {
        return new World(SandboxOptions.demo().withVolume(volume).withSeed(seed), NOW);
    }

    /** Ids that rows and legs name. */
    private static Set<String> named(World world) {
        Set<String> ids = new HashSet<>();
        for (Call call : world.calls()) {
            ids.addAll(Truth.row(call).recordings());
        }
        return ids;
    }
}
