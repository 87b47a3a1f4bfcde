// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.error.StopAllException;
import io.callvault.observe.Observed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is served at the console's port. */
class ConsoleServerTest {

    @TempDir
    Path home;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private Observed.Page page(String name, String authorization) {
        asked.add(name + " for " + authorization);
        return name.equals("ready")
                ? new Observed.Page(503, "text/plain; charset=utf-8", "starting\n")
                : new Observed.Page(200, "text/plain; version=0.0.4; charset=utf-8", name + " \u00e4\n");
    }

    private Configuration configuration(int port) {
        return new ConfigurationReader(null).read(
                home.resolve("application.properties"),
                "callvault.routes = " + Path.of("routes").toAbsolutePath() + "\ncallvault.console.port = " + port + "\n");
    }

    private static HttpResponse<String> ask(int port, String path, String method, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metrics_and_health_are_served_and_nothing_else_is() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ConsoleServer server = ConsoleServer.open(configuration(port), this::page)) {
            assertThat(server).isNotNull();
            HttpResponse<String> metrics = ask(port, "/observe/metrics", "GET", "Authorization", "Bearer t0ken");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).isEqualTo("metrics \u00e4\n");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.headers().map().keySet()).noneMatch(name -> name.startsWith("camel"));
            assertThat(metrics.headers().firstValue("Authorization")).isEmpty();
            assertThat(ask(port, "/observe/health/live", "GET").body()).isEqualTo("live \u00e4\n");
            HttpResponse<String> ready = ask(port, "/observe/health/ready", "GET");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("starting\n");
            assertThat(ask(port, "/observe/metrics", "POST").statusCode()).isEqualTo(405);
            assertThat(ask(port, "/observe/else", "GET").statusCode()).isEqualTo(404);
            assertThat(asked).containsExactly("metrics for Bearer t0ken", "live for null", "ready for null");
        }
    }

    @Test
    void a_port_that_is_taken_stops_the_start_and_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Configuration configuration = configuration(taken.getLocalPort());
            assertThatThrownBy(() -> ConsoleServer.open(configuration, this::page))
                    .isInstanceOf(StopAllException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("callvault.console.port");
        }
    }

    @Test
    void nothing_listens_when_it_is_off() {
        assertThat(ConsoleServer.start(configuration(0), List.of(), null, Clock.systemUTC())).isNull();
    }
}
