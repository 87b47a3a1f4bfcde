// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Another host, to which links and redirects lead: it has the bytes, and must never be shown who asks. */
final class Foreign {

    private final HttpServer server;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    Foreign(Function<String, Media> contents) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, contents.apply(exchange.getRequestURI().getPath()));
            }
        });
        server.start();
    }

    private void answer(HttpExchange exchange, Media media) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null || String.valueOf(exchange.getRequestURI()).contains("access_token")) {
            tokens.add(exchange.getRequestURI() + " " + authorization);
        }
        exchange.getRequestBody().readAllBytes();
        if (media == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", media.contentType());
        exchange.sendResponseHeaders(200, media.bytes().length);
        exchange.getResponseBody().write(media.bytes());
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything it was asked. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Requests that came with a token or any other authorization. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    void stop() {
        server.stop(0);
    }
}
