// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What a running service shows at its port: health, metrics and the console. */
final class Window {

    /** A sample as Prometheus' text format has it ("Exposition formats", read 2026-11). */
    private static final Pattern SAMPLE = Pattern.compile(
            "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)*})? (NaN|[+-]Inf|[-+0-9.eE]+)");

    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    Window() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    void assertShows(String customer) {
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);

        HttpResponse<String> metrics = get("/observe/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        List<String> samples =
                metrics.body().lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(samples)
                .allMatch(line -> SAMPLE.matcher(line).matches())
                .anyMatch(line -> line.startsWith("callvault_items{") && line.contains("customer=\"" + customer + "\""));

        HttpResponse<String> overview = get("/");
        assertThat(overview.statusCode()).isEqualTo(200);
        assertThat(overview.body()).startsWithIgnoringCase("<!doctype html>").contains(customer).doesNotContain("INTERNAL");
        assertThat(overview.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(get("/nothing/here").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 303 || answer.statusCode() == 302) {
                return get(answer.headers().firstValue("Location").orElseThrow());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
