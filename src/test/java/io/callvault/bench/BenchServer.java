// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The origin, in a JVM of its own: the sandbox in bulk, and beside it a plain directory of the same recordings for
 * programs that can only copy directories. Serves until its standard input ends.
 *
 * <p>Arguments: number of recordings, bytes of each, working directory. Writes {@code recordings.txt} there, a line
 * {@code id sha256} for each, and serves {@code origin/}, which the benchmark fills. Prints one line when ready: the
 * sandbox's address and the directory's.
 */
public final class BenchServer {

    private BenchServer() {}

    public static void main(String... arguments) throws IOException {
        SandboxOptions options = SandboxOptions.bulk(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        Path directory = Path.of(arguments[2]);
        try (Sandbox sandbox = Sandbox.start(options, Clock.systemUTC())) {
            List<String> ids = sandbox.truth().recordings();
            Files.write(
                    directory.resolve("recordings.txt"),
                    ids.parallelStream().map(id -> id + " " + sandbox.sha256(id)).toList());
            HttpServer files = directory(directory.resolve("origin"), ids);
            System.out.println(sandbox.server() + " http://127.0.0.1:"
                    + files.getAddress().getPort());
            while (System.in.read() >= 0) {
                continue;
            }
            files.stop(0);
        }
    }

    private static HttpServer directory(Path origin, List<String> ids) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        String index = ids.stream()
                .map(id -> "<a href=\"" + id + ".mp3\">" + id + ".mp3</a>")
                .collect(Collectors.joining("\n", "<html><body>\n", "\n</body></html>\n"));
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> answer(exchange, origin, index));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, Path origin, String index) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            if (uri.getPath().equals("/")) {
                byte[] page = index.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                return;
            }
            Path file = origin.resolve(uri.getPath().substring(1));
            exchange.getResponseHeaders().add("Content-Type", "audio/mpeg");
            if (isHead) {
                exchange.getResponseHeaders().add("Content-Length", Long.toString(Files.size(file)));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            try (InputStream bytes = Files.newInputStream(file)) {
                bytes.transferTo(exchange.getResponseBody());
            }
        }
    }
}
