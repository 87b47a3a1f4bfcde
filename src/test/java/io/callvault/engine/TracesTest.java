// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Reports;
import io.callvault.ledger.Search;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.telemetry.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of traces is told of an archive, and what not. */
class TracesTest {

    private static final SandboxOptions COMPANY =
            SandboxOptions.demo().withVolume(24, 12, 4).withDays(5);

    @TempDir
    Path home;

    private Configuration read(String text) throws IOException {
        return new ConfigurationReader(null)
                .read(Files.writeString(
                        home.resolve("application.properties"),
                        "callvault.routes = " + Path.of("routes").toAbsolutePath() + "\n" + text));
    }

    private static String customer(String id, Object server) {
        return """
                customer.%1$s.provider = ringcentral
                customer.%1$s.server = %2$s
                customer.%1$s.client-id = %3$s
                customer.%1$s.client-secret = %4$s
                customer.%1$s.jwt = %5$s
                customer.%1$s.targets = nas
                """
                .formatted(
                        id,
                        server,
                        COMPANY.credentials().clientId(),
                        COMPANY.credentials().clientSecret(),
                        COMPANY.credentials().jwts().get(0));
    }

    @Test
    void a_collector_gets_the_way_of_each_item_and_no_secret() throws Exception {
        Set<String> headers = new ConcurrentSkipListSet<>();
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        refusing.start();
        try (Collector collector = new Collector();
                Sandbox sandbox = Sandbox.start(COMPANY, Clock.systemUTC())) {
            Configuration configuration = read("callvault.traces.endpoint = " + collector.address()
                    + "\ncallvault.traces.token = {{sys:no.such.property:t0ken}}\n"
                    + customer("acme", sandbox.server())
                    + customer("refused", "http://127.0.0.1:" + refusing.getAddress().getPort())
                    + "target.nas.kind = file\ntarget.nas.directory = nas\n");
            long stored;
            Set<String> people;
            try (Engine engine =
                    Engine.start(configuration, List.of("acme", "refused"), "archive", false, Clock.systemUTC())) {
                engine.archive().run();
                stored = engine.ledger().counts(List.of("acme")).get(0).items("stored");
                people = people(engine.ledger());
            }
            assertThat(stored).isGreaterThan(10);
            assertThat(collector.requests()).isNotEmpty().containsOnly("POST /v1/traces for Bearer t0ken");

            List<Collector.Span> spans = collector.spans();
            assertThat(spans.stream().filter(each -> each.name().equals("fetch-item")))
                    .as("one an item, and of the customer that is let in")
                    .hasSize((int) stored)
                    .allMatch(each -> "acme".equals(each.attributes().get("callvault.customer")))
                    .allMatch(each -> each.attributes().containsKey("callvault.item"));
            assertThat(spans).extracting(Collector.Span::name).contains("ringcentral-heavy", "store-item", "store-nas", "http");
            assertThat(spans.stream().filter(each -> "refused".equals(each.attributes().get("callvault.customer"))))
                    .as("what failed says why")
                    .anyMatch(each -> each.isError() && each.attributes().get("callvault.code") != null);
            assertHarmless(collector, spans);
            assertThat(people).hasSizeGreaterThan(10);
            assertThat(collector.text()).doesNotContain(people.toArray(new String[0]));
            assertThat(headers).isNotEmpty().noneMatch(name -> name.matches("(?i).*(trace|span|baggage|camel).*"));
        } finally {
            refusing.stop(0);
        }
    }

    /** Numbers and names of who called whom. */
    private static Set<String> people(Ledger ledger) {
        Set<String> people = new TreeSet<>();
        for (Reports.Listed each : ledger.reports().records("acme", "", "", 1000)) {
            Search.Hit record =
                    ledger.views().record("acme", each.feed(), each.id()).orElseThrow();
            Stream.of(record.from(), record.fromName(), record.to(), record.toName())
                    .filter(text -> text != null && text.length() > 4)
                    .forEach(people::add);
        }
        return people;
    }

    private void assertHarmless(Collector collector, List<Collector.Span> spans) {
        Set<String> names = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        spans.forEach(each -> {
            names.add(each.name());
            keys.addAll(each.attributes().keySet());
        });
        assertThat(names).allMatch(name -> name.matches("[a-z0-9/-]+"));
        assertThat(keys).allMatch(key -> key.startsWith("callvault.")
                || Set.of("component", "error", "exchangeId", "http.method", "http.status_code", "op").contains(key));
        assertThat(collector.text())
                .doesNotContain(
                        COMPANY.credentials().clientSecret(),
                        COMPANY.credentials().jwts().get(0),
                        COMPANY.credentials().clientId(),
                        "t0ken",
                        "restapi",
                        home.toString(),
                        "phoneNumber");
    }

    @Test
    void a_collector_that_is_not_there_costs_the_archive_nothing() throws Exception {
        String nobody;
        try (Collector gone = new Collector()) {
            nobody = gone.address().toString();
        }
        try (Sandbox sandbox = Sandbox.start(COMPANY, Clock.systemUTC())) {
            Configuration configuration = read("callvault.traces.endpoint = " + nobody + "\n"
                    + customer("acme", sandbox.server()) + "target.nas.kind = file\ntarget.nas.directory = nas\n");
            try (Engine engine = Engine.start(configuration, List.of("acme"), "archive", false, Clock.systemUTC())) {
                assertThat(engine.archive().run()).allMatch(each -> each.stopped() == null && each.failures().isEmpty());
                assertThat(engine.ledger().counts(List.of("acme")).get(0).pending()).isZero();
            }
        }
    }

    @Test
    void without_an_endpoint_no_route_is_watched() throws Exception {
        context("callvault.traces.share = 5%\n", off -> {
            assertThat(off.hasService(Tracer.class)).isNull();
            assertThat(off.getRoutePolicyFactories()).isEmpty();
            assertThat(off.getManagementStrategy().getEventNotifiers())
                    .noneMatch(each -> each.getClass().getName().contains("telemetry"));
        });
        context("callvault.traces.endpoint = http://127.0.0.1:1\n", on -> {
            assertThat(on.hasService(Tracer.class)).isNotNull();
            assertThat(on.getRoutePolicyFactories()).hasSize(1);
            assertThat(on.getManagementStrategy().getEventNotifiers())
                    .anyMatch(each -> each.getClass().getName().contains("telemetry"));
        });
    }

    private void context(String text, Consumer<CamelContext> look) throws IOException {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addMainListener(ContextParts.traced(read(text)));
        main.start();
        try {
            look.accept(main.getCamelContext());
        } finally {
            main.stop();
        }
    }
}
