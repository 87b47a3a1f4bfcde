// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.flow.Archive;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.MediaFaults;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.SandboxOptions.Limits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that archives while its configuration and its routes are edited. */
class LiveEngineTest {

    @TempDir
    Path home;

    /** Each recording was asked for once and lies once in each of these directories, and there is nothing left to do. */
    private static void nothingLostNothingTwice(Changeable service, String customer, Sandbox sandbox, String... nas) {
        assertThat(sandbox.truth().recordings())
                .allSatisfy(id -> assertThat(sandbox.requests().contentRequests(id)).as(id).isEqualTo(1));
        for (String directory : nas) {
            assertThat(service.recordings(directory + "/" + customer))
                    .as(directory)
                    .hasSize(sandbox.truth().recordings().size())
                    .allMatch(name -> !name.contains("~"))
                    .doesNotHaveDuplicates();
        }
        assertThat(sandbox.count().refusals()).as("requests refused by " + customer).isZero();
    }

    @Test
    void a_customer_added_a_target_added_and_changed_and_a_route_broken_and_mended_while_it_archives() {
        try (Sandbox first = Sandbox.start(Changeable.COMPANY, Clock.systemUTC());
                Sandbox second = Sandbox.start(Changeable.COMPANY.withSeed(2), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            service.customer("acme", first, "nas").target("nas");
            LiveEngine live = service.start();
            service.awaitStored("acme", 5);

            service.customer("bolt", second, "nas").change();
            assertThat(live.refused()).isNull();
            assertThat(live.configuration().customers()).containsKeys("acme", "bolt");
            service.awaitStored("acme", 25);
            assertThat(service.stored("acme")).as("in the midst of it").isLessThan(100);

            service.target("extra").settings.put("customer.acme.targets", "nas, extra");
            service.change();
            service.awaitStored("bolt", 25);

            String route = service.route("fetch-item.camel.yaml");
            service.change("fetch-item.camel.yaml", route.replace("steps:", "stpes:"));
            assertThat(live.refused()).contains("A change of routes/fetch-item.camel.yaml is refused", "stpes");
            long before = service.stored("bolt");
            service.awaitStored("bolt", Math.min(100, before + 5));
            service.change("fetch-item.camel.yaml", route);
            assertThat(live.refused()).isNull();

            service.settings.put("target.extra.mode", "0600");
            service.change();
            assertThat(live.refused()).isNull();
            service.awaitStored("acme", 100);
            service.awaitStored("bolt", 100);

            live.end();
            assertThat(service.taken).containsExactly("acme", "acme,bolt", "acme,bolt", "acme,bolt");
            nothingLostNothingTwice(service, "acme", first, "nas", "extra");
            nothingLostNothingTwice(service, "bolt", second, "nas");
            live.close();
            int asked = first.requests().contentRequests() + second.requests().contentRequests();
            try (Engine engine = Engine.start(
                    live.configuration(), List.of("acme", "bolt"), "archive", false, Clock.systemUTC())) {
                assertThat(engine.archive().run())
                        .allSatisfy(outcome -> assertThat(outcome.failures()).isEmpty())
                        .extracting(Archive.Outcome::customer)
                        .containsExactly("acme", "bolt");
            }
            assertThat(first.requests().contentRequests() + second.requests().contentRequests())
                    .as("an archive afterwards has nothing to fetch")
                    .isEqualTo(asked);
        }
    }

    private static SandboxOptions few() {
        return Changeable.COMPANY.withVolume(20, 20, 0);
    }

    @Test
    void what_is_on_its_way_is_waited_for() {
        try (Sandbox sandbox = Sandbox.start(Changeable.COMPANY.withVolume(60, 60, 0), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            Fault.Armed slow = sandbox.faults().add(MediaFaults.trickle(100, Duration.ofMillis(50)));
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            Changeable.await(() -> sandbox.requests().contentRequests() >= 3, () -> "something is asked for");
            service.settings.put("target.nas.mode", "0600");
            service.change();
            assertThat(service.taken).hasSize(2);
            assertThat(sandbox.requests().contentRequests()).as("in the midst of it").isLessThan(60);
            slow.off();
            service.awaitStored("acme", 60);
            live.end();
            nothingLostNothingTwice(service, "acme", sandbox, "nas");
        }
    }

    @Test
    void a_change_that_the_end_of_the_process_meets_ends_well() {
        try (Sandbox sandbox = Sandbox.start(few(), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            Fault.Armed slow = sandbox.faults().add(MediaFaults.trickle(100, Duration.ofMillis(50)));
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            Changeable.await(() -> sandbox.requests().contentRequests() >= 3, () -> "something is asked for");
            service.isEnding = true;
            service.settings.put("target.nas.mode", "0600");
            service.change();
            live.look();
            live.end();
            live.close();
            slow.off();
            try (Engine engine =
                    Engine.start(live.configuration(), List.of("acme"), "archive", false, Clock.systemUTC())) {
                assertThat(engine.archive().run().get(0).failures()).isEmpty();
            }
            nothingLostNothingTwice(service, "acme", sandbox, "nas");
        }
    }

    /** The first listing is the schedule's, and the schedule has no other time. */
    @Test
    void a_listing_that_is_cut_off_goes_on_at_once() {
        SandboxOptions pages = few().withVolume(40, 20, 0)
                .withPerPageCap(2)
                .withLimits(new Limits(50, 40, 4, 50, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        try (Sandbox sandbox = Sandbox.start(pages, Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            Changeable.await(() -> calls(live) > 0, () -> "pages are listed");
            service.settings.put("customer.acme.schedule", "0 0 0 1 1 ? 2099");
            service.change();
            assertThat(calls(live)).as("in the midst of it").isLessThan(40);
            service.awaitStored("acme", 20);
            nothingLostNothingTwice(service, "acme", sandbox, "nas");
        }
    }

    private static long calls(LiveEngine live) {
        return live.ledger().counts(List.of("acme")).get(0).records().getOrDefault("calls", 0L);
    }

    @Test
    void a_customer_and_a_target_taken_out_are_left_alone() {
        try (Sandbox first = Sandbox.start(few(), Clock.systemUTC());
                Sandbox second = Sandbox.start(few().withSeed(2), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            service.customer("acme", first, "nas, extra").target("nas").target("extra");
            LiveEngine live = service.customer("bolt", second, "nas").start();
            service.awaitStored("acme", 20);
            service.awaitStored("bolt", 20);
            service.settings.keySet().removeIf(key -> key.startsWith("customer.bolt.") || key.startsWith("target.extra."));
            service.settings.put("customer.acme.targets", "nas");
            service.change();
            assertThat(live.refused()).isNull();
            int asked = second.requests().size();
            second.ring();
            first.ring();
            Changeable.await(
                    () -> service.recordings("nas/acme").size() >= first.truth().recordings().size(),
                    () -> "the new call is stored");
            assertThat(second.requests().size()).isEqualTo(asked);
            assertThat(service.recordings("extra/acme")).hasSize(20);
            assertThat(service.recordings("nas/bolt")).hasSize(20);
        }
    }

    @Test
    void what_cannot_be_used_is_refused_with_its_reason_and_what_was_before_goes_on() throws IOException {
        try (Sandbox sandbox = Sandbox.start(few(), Clock.systemUTC());
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Changeable service = new Changeable(home)) {
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            Map<String, String> good = new LinkedHashMap<>(service.settings);
            refused(service, live, good, "customer.acme.tragets", "nas", "nothing reads this key; did you mean");
            refused(service, live, good, "callvault.home", "elsewhere", "callvault.home cannot be changed while");
            refused(service, live, good, "callvault.ledger", "jdbc:sqlite:other.db", "callvault.ledger cannot be changed");
            refused(service, live, good, "customer.acme.jwt", "{{file:no-such-file}}", "no-such-file cannot be read");
            refused(service, live, good, "callvault.console.port", "" + taken.getLocalPort(), "free port");
            refused(service, live, good, "alarm.webhook.url", "{{env:CALLVAULT_NO_SUCH}}", "is not set");

            service.remove("application.properties");
            assertThat(live.refused()).startsWith("A change of application.properties is refused").contains("there is no such file");
            service.change();
            assertThat(live.refused()).isNull();

            refusedRoute(service, live, "own/on-record.camel.yaml", "- log:", "- lgo:", "lgo");
            refusedRoute(service, live, "fetch-item.camel.yaml", "direct:fetch-item", "direct:fetch", "direct:fetch-item");
            refusedRoute(service, live, "keep-page.camel.yaml", "method: unseen", "method: unsaid", "unsaid");
            refusedRoute(service, live, "store-item.camel.yaml", "direct:own-before-store", "direct:own-befor", "own-befor");
            refusedRoute(service, live, "store/store-file.kamelet.yaml", "FileTarget", "FileTraget", "FileTraget");
            refusedRoute(service, live, "ringcentral/provider.yaml", "feeds:", "fedes:", "fedes");
            assertThat(service.taken).as("taken").hasSize(1);

            sandbox.ring();
            Changeable.await(
                    () -> service.recordings("nas/acme").size() >= sandbox.truth().recordings().size(),
                    () -> "the new call is stored");
            live.end();
        }
    }

    private static void refused(
            Changeable service, LiveEngine live, Map<String, String> good, String key, String value, String reason) {
        service.settings.put(key, value);
        service.change();
        assertThat(live.refused()).as(key).startsWith("A change of application.properties").contains(reason);
        service.settings.clear();
        service.settings.putAll(good);
        service.change();
        assertThat(live.refused()).isNull();
    }

    private static void refusedRoute(
            Changeable service, LiveEngine live, String name, String good, String bad, String reason) {
        String route = service.route(name);
        assertThat(route).contains(good);
        service.change(name, route.replace(good, bad));
        assertThat(live.refused()).as(name).startsWith("A change of routes/" + name + " is refused").contains(reason);
        service.change(name, route);
        assertThat(live.refused()).isNull();
    }

    /** Two routes that listen to the same can be made, and only the second cannot be started. */
    @Test
    void a_route_that_cannot_be_started_is_taken_back() {
        try (Sandbox sandbox = Sandbox.start(few(), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            service.awaitStored("acme", 3);
            service.change("own/second.yaml", """
                    - route:
                        id: second
                        description: Listens where another one does.
                        from:
                          uri: direct:scheduled
                          steps:
                            - log: "no"
                    """);
            assertThat(live.refused()).startsWith("A change of routes/own/second.yaml is refused").contains("direct");
            service.awaitStored("acme", 20);
            sandbox.ring();
            Changeable.await(
                    () -> service.recordings("nas/acme").size() >= sandbox.truth().recordings().size(),
                    () -> "the new call is listed and stored");
            service.remove("routes/own/second.yaml");
            assertThat(live.refused()).isNull();
            live.end();
            nothingLostNothingTwice(service, "acme", sandbox, "nas");
        }
    }

    @Test
    void what_is_half_written_or_has_no_effect_changes_nothing() {
        try (Sandbox sandbox = Sandbox.start(few(), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            String whole = service.text();
            Changeable.write(service.file(), whole.substring(0, whole.length() / 2));
            live.look();
            assertThat(live.refused()).as("seen once").isNull();
            Changeable.write(service.file(), "# Only a word.\n" + whole);
            live.look();
            assertThat(live.refused()).as("another one").isNull();
            live.look();
            live.look();
            assertThat(live.refused()).isNull();
            assertThat(service.taken).hasSize(1);
            live.end();
        }
    }

    @Test
    void the_console_moves_to_another_port() throws Exception {
        try (Sandbox sandbox = Sandbox.start(few(), Clock.systemUTC());
                Changeable service = new Changeable(home)) {
            int first = freePort();
            int second = freePort();
            service.settings.put("callvault.console.port", "" + first);
            LiveEngine live = service.customer("acme", sandbox, "nas").target("nas").start();
            assertThat(get(first, "/customers/acme")).isEqualTo(200);
            service.customer("bolt", sandbox, "nas").change();
            assertThat(get(first, "/customers/bolt")).as("at the same port").isEqualTo(200);
            service.settings.put("callvault.console.port", "" + second);
            service.change();
            assertThat(live.consoleAddress()).isEqualTo("http://127.0.0.1:" + second + "/");
            assertThat(get(second, "/customers/bolt")).isEqualTo(200);
            assertThat(get(second, "/observe/health/live")).isEqualTo(200);
            assertThatThrownBy(() -> get(first, "/")).isInstanceOf(ConnectException.class);
            service.settings.put("callvault.console.port", "0");
            service.change();
            assertThat(live.consoleAddress()).isNull();
            assertThatThrownBy(() -> get(second, "/")).isInstanceOf(ConnectException.class);
            live.end();
        }
    }

    private static int get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
