// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.ledger.AlarmState;
import io.callvault.ledger.CustomerCounts;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.testing.PacedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An hour of the service for three customers: the credentials of one are wrong, the target of another is down, the third is
 * well. Beside it, by the same clock and on the same machine, an hour of the service for the third alone.
 */
class NeighboursTest {

    private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** More than the budget lets through in an hour. */
    private static final SandboxOptions COMPANY = SandboxOptions.strict()
            .withVolume(new SandboxOptions.Volume(20, 650, 650, 0, 0))
            .withRecordingBytes(2_000);

    @TempDir
    Path temporary;

    @Test
    void the_healthy_one_is_never_later_than_alone() throws Exception {
        try (PacedTime time = new PacedTime(NOW, 8);
                Sandbox lonely = Sandbox.start(COMPANY, time.clock());
                Sandbox healthy = Sandbox.start(COMPANY, time.clock());
                Sandbox refusing = Sandbox.start(COMPANY.withSeed(2), time.clock());
                Sandbox third = Sandbox.start(COMPANY.withSeed(3), time.clock())) {
            Path aloneHome = Files.createDirectory(temporary.resolve("alone"));
            Path togetherHome = Files.createDirectory(temporary.resolve("together"));
            Configuration alone = read(aloneHome, "alone", customer("healthy", lonely, "nas", false));
            String three = customer("healthy", healthy, "nas", false) + customer("refused", refusing, "nas", true)
                    + customer("down", third, "gone", true);
            List<String> one = List.of("healthy");
            List<String> all = List.of("healthy", "refused", "down");
            list(alone, one, time);
            list(read(togetherHome, "together", three), all, time);
            String wrong = three.replace("refused.jwt = sandbox-jwt", "refused.jwt = {{sys:no.such.user:wrong}}");
            assertThat(wrong).isNotEqualTo(three);
            Configuration together = read(togetherHome, "together", wrong);

            try (Engine first = Engine.start(alone, one, "run", true, time.clock(), time);
                    Engine second = Engine.start(together, all, "run", true, time.clock(), time)) {
                time.await(time.clock().instant().plus(HOUR));

                List<AlarmState> raised = second.ledger().alarms().states().stream()
                        .filter(state -> state.raisedAt() != null && !state.code().equals("DIGEST"))
                        .toList();
                assertThat(raised)
                        .extracting(state -> state.customer() + " " + state.code())
                        .contains("refused CUSTOMER_STOPPED", "down TARGET_DOWN")
                        .noneMatch(alarm -> alarm.startsWith("healthy"));
                CustomerCounts well = second.ledger().counts(one).get(0);
                assertThat(well.stopped()).isNull();
                assertThat(well.items().get("stored")).isGreaterThan(500);
                first.endService();
                second.endService();
            }
            neverLater(content(lonely), content(healthy));
        }
    }

    /** Threads are the machine's, not the clock's: a request may slip by what is left of its window. */
    private static void neverLater(List<Duration> alone, List<Duration> together) {
        assertThat(alone).as("the budget is used up").hasSizeBetween(540, 610);
        assertThat(together).hasSizeGreaterThanOrEqualTo(alone.size() - 10);
        for (int i = 0; i < Math.min(alone.size(), together.size()); i++) {
            assertThat(together.get(i)).as("request " + (i + 1)).isLessThanOrEqualTo(alone.get(i).plus(WINDOW));
        }
    }

    /** When each was asked for in the first hour, from the first on. */
    private static List<Duration> content(Sandbox sandbox) {
        List<Instant> asked = sandbox.requests().where(ReceivedRequest::isContent).stream()
                .map(ReceivedRequest::at)
                .toList();
        return asked.stream()
                .map(at -> Duration.between(asked.get(0), at))
                .filter(after -> after.compareTo(HOUR) < 0)
                .toList();
    }

    /** Everything becomes known and due; nothing is fetched. */
    private static void list(Configuration configuration, List<String> ids, PacedTime time) {
        try (Engine engine = Engine.start(configuration, ids, "report", false, time.clock(), time)) {
            assertThat(engine.relist(id -> null, id -> null).run())
                    .allSatisfy(result -> assertThat(result.records()).isGreaterThan(600));
        }
    }

    private static String customer(String id, Sandbox sandbox, String target, boolean isListedOften) {
        return """
                customer.%1$s.provider = ringcentral
                customer.%1$s.server = %2$s
                customer.%1$s.client-id = sandbox-client
                customer.%1$s.client-secret = sandbox-secret
                customer.%1$s.jwt = sandbox-jwt
                customer.%1$s.feeds = calls
                customer.%1$s.since = 30d
                customer.%1$s.schedule = %3$s
                customer.%1$s.targets = %4$s
                """
                .formatted(id, sandbox.server(), isListedOften ? "0/2 * * * * ?" : "0 0 0 1 1 ? 2099", target);
    }

    private static Configuration read(Path home, String name, String customers) throws IOException {
        String text = "camel.main.name = " + name + "\ncallvault.routes = " + Path.of("routes").toAbsolutePath()
                + "\nalarm.disk-free-below = 1B\n" + customers
                + "target.nas.kind = file\ntarget.nas.directory = nas\n"
                + (customers.contains("gone") ? "target.gone.kind = file\ntarget.gone.directory = not/mounted\n" : "");
        return new ConfigurationReader(null)
                .read(Files.writeString(home.resolve("application.properties"), text));
    }
}
