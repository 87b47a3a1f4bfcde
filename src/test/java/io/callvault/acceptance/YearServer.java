// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A call log of any size, by the published protocol. No call is kept anywhere: each is computed from its number when a page
 * with it is written, and is the same every time. Calls are spread evenly; every hundredth was recorded.
 */
final class YearServer implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** A page that was asked for. */
    record Asked(Instant from, Instant to, long page) {}

    private final long calls;
    private final int perPageCap;
    private final Instant first;
    private final Duration span;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<Asked> asked = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private Runnable onPage = () -> {};

    /**
     * @param calls how many, the first at {@code first}, the last just before {@code first} plus {@code span}
     * @param perPageCap no page has more rows
     */
    YearServer(long calls, int perPageCap, Instant first, Duration span) {
        this.calls = calls;
        this.perPageCap = perPageCap;
        this.first = first;
        this.span = span;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Called before a page is answered. */
    synchronized void onPage(Runnable action) {
        onPage = action;
    }

    /** Every page asked for, in order. */
    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What was asked for besides pages and tokens. */
    synchronized List<String> others() {
        return List.copyOf(others);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (path.equals("/restapi/oauth/token")) {
                rates(exchange, "auth");
                answer(exchange, 200, "{\"access_token\":\"year\",\"token_type\":\"bearer\",\"expires_in\":3600}");
            } else if (path.endsWith("/call-log")) {
                rates(exchange, "heavy");
                page(exchange);
            } else {
                synchronized (this) {
                    others.add(exchange.getRequestMethod() + " " + path);
                }
                answer(exchange, 404, "{\"errorCode\":\"CMN-102\",\"message\":\"Resource is not found\"}");
            }
        } catch (IOException e) {
            // The asker was killed.
            exchange.close();
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        Map<String, List<String>> query =
                Lookalike.parameters(exchange.getRequestURI().getRawQuery());
        Instant from = OffsetDateTime.parse(query.get("dateFrom").get(0)).toInstant();
        Instant to = OffsetDateTime.parse(query.get("dateTo").get(0)).toInstant();
        long page = Long.parseLong(query.get("page").get(0));
        Runnable action;
        synchronized (this) {
            asked.add(new Asked(from, to, page));
            action = onPage;
        }
        action.run();
        int perPage = Math.min(perPageCap, Integer.parseInt(query.get("perPage").get(0)));
        // Newest first: the page's first row is the newest call that is left after the pages before it.
        long newest = numberAtOrBefore(to) - (page - 1) * perPage;
        long oldest = numberAtOrAfter(from);
        long last = Math.max(oldest, newest - perPage + 1);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 65_536)) {
            write(out, "{\"uri\":\"" + base() + "/call-log\",\"records\":[");
            for (long number = newest; number >= last; number--) {
                write(out, (number == newest ? "" : ",") + call(number));
            }
            write(out, "],\"paging\":{\"page\":" + page + ",\"perPage\":" + perPage + "},\"navigation\":{");
            if (last > oldest) {
                write(out, "\"nextPage\":{\"uri\":\"" + next(from, to, page + 1, perPage) + "\"}");
            }
            write(out, "}}");
        }
    }

    private String next(Instant from, Instant to, long page, int perPage) {
        return base() + "/restapi/v1.0/account/100200300/call-log?view=Detailed&dateFrom=" + encoded(from) + "&dateTo="
                + encoded(to) + "&page=" + page + "&perPage=" + perPage;
    }

    private static String encoded(Instant instant) {
        return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
    }

    private Instant at(long number) {
        return first.plusMillis(Math.multiplyExact(number, span.toMillis()) / calls);
    }

    /** -1 when there is none. */
    private long numberAtOrBefore(Instant instant) {
        long number = numberAtOrAfter(instant);
        return number < calls && at(number).equals(instant) ? number : number - 1;
    }

    /** The number of calls when there is none. */
    private long numberAtOrAfter(Instant instant) {
        long low = 0;
        long high = calls;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private String call(long number) {
        String id = "Year" + number;
        String start = at(number).atOffset(ZoneOffset.UTC).toInstant().toString();
        String account = base() + "/restapi/v1.0/account/100200300/";
        String parties = "\"from\":{\"phoneNumber\":\"+1650555" + String.format("%04d", number % 10_000)
                + "\",\"name\":\"WIRELESS CALLER\",\"location\":\"San Mateo, CA\"},\"to\":{\"phoneNumber\":\"+14155550100\","
                + "\"name\":\"Robin Example\",\"extensionNumber\":\"101\",\"extensionId\":\"700800900\"}";
        String facts = "\"startTime\":\"" + start + "\",\"duration\":" + number % 600 + ",\"type\":\"Voice\","
                + "\"direction\":\"Inbound\",\"action\":\"Phone Call\",\"result\":\"Accepted\"," + parties
                + ",\"extension\":{\"id\":700800900,\"uri\":\"" + account + "extension/700800900\"}"
                + (number % 100 == 0 ? recording(account, 9_900_000_000_000L + number) : "");
        return "{\"id\":\"" + id + "\",\"uri\":\"" + account + "call-log/" + id + "?view=Detailed\",\"sessionId\":\"4503"
                + number + "\"," + facts + ",\"finished\":true,\"lastModifiedTime\":\"" + start + "\",\"legs\":[{"
                + "\"legType\":\"Accept\",\"master\":true," + facts + "}]}";
    }

    private static String recording(String account, long id) {
        String uri = account + "recording/" + id;
        return ",\"recording\":{\"id\":\"" + id + "\",\"type\":\"Automatic\",\"uri\":\"" + uri + "\",\"contentUri\":\""
                + uri + "/content\"}";
    }

    private static void rates(HttpExchange exchange, String group) {
        exchange.getResponseHeaders().set("X-Rate-Limit-Group", group);
        exchange.getResponseHeaders().set("X-Rate-Limit-Limit", "1000000");
        exchange.getResponseHeaders().set("X-Rate-Limit-Remaining", "999999");
        exchange.getResponseHeaders().set("X-Rate-Limit-Window", "60");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
