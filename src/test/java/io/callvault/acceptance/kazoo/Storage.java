// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The storage provider behind Kazoo, on a port of its own: it has the bytes, and must never be shown who asks. */
final class Storage {

    private final HttpServer server;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    /** @param blobs by SHA-256; null for none */
    Storage(Function<String, Blob> blobs) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                answer(exchange, blobs.apply(path.substring(path.lastIndexOf('/') + 1)));
            }
        });
        server.start();
    }

    private void answer(HttpExchange exchange, Blob blob) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        for (String header : List.of("X-Auth-Token", "Authorization")) {
            if (exchange.getRequestHeaders().containsKey(header)) {
                tokens.add(header + " for " + exchange.getRequestURI());
            }
        }
        if (String.valueOf(exchange.getRequestURI().getQuery()).contains("auth_token")) {
            tokens.add("auth_token for " + exchange.getRequestURI().getPath());
        }
        exchange.getRequestBody().readAllBytes();
        if (blob == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", blob.kind().contentType);
        exchange.sendResponseHeaders(200, blob.bytes().length);
        exchange.getResponseBody().write(blob.bytes());
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
