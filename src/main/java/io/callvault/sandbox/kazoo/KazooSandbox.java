// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The server. */
public final class KazooSandbox implements AutoCloseable {

    /** A key that signs in to the account at the top. */
    public static final String API_KEY = "0123456789abcdef".repeat(4);

    /** MD5 of {@code archiver@example.test:s3cret}, a user of the account at the top. */
    public static final String CREDENTIALS = "3757a98d96e265f5225319569a0d485a";

    static {
        // An answer goes out in two packets; without this the second waits for the first's receipt.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final int BUCKET = 100;
    private static final double REFILL = 10; // a second

    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(KazooSandbox::daemon);
    private final KazooAccounts accounts = new KazooAccounts();
    private final KazooCrossbar crossbar = new KazooCrossbar(accounts);
    private final KazooChanges changes = new KazooChanges(accounts);
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final List<KazooRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Switch> switches = new CopyOnWriteArrayList<>();
    private final String top;

    private static final class Bucket {
        private double tokens = BUCKET;
        private Instant at;
    }

    private record Switch(
            Predicate<KazooRequest> when, AtomicInteger after, AtomicInteger times, Function<KazooReply, KazooReply> then) {}

    private KazooSandbox(Clock clock) {
        this.clock = clock;
        this.top = accounts.account("top", null);
        try {
            this.server = HttpServer.create(new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    /** With one account that holds nothing. */
    public static KazooSandbox start(Clock clock) {
        return new KazooSandbox(clock);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "kazoo-sandbox");
        thread.setDaemon(true);
        return thread;
    }

    public URI server() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Id of the account at the top. */
    public String top() {
        return top;
    }

    public KazooAccounts accounts() {
        return accounts;
    }

    /** Everything that was asked, with what it was answered. */
    public List<KazooRequest> requests() {
        return List.copyOf(requests);
    }

    public List<KazooRequest> requests(Predicate<KazooRequest> wanted) {
        return requests.stream().filter(wanted).toList();
    }

    /** From now on these are answered so, always. */
    public void when(Predicate<KazooRequest> asked, KazooReply reply) {
        when(asked, 0, Integer.MAX_VALUE, good -> reply);
    }

    /**
     * From now on, after some that are answered well, so many are answered so.
     *
     * @param then makes the answer of the good one
     */
    public void when(Predicate<KazooRequest> asked, int after, int times, Function<KazooReply, KazooReply> then) {
        switches.add(new Switch(asked, new AtomicInteger(after), new AtomicInteger(times), then));
    }

    /** Everything is well from now on. */
    public void heal() {
        switches.clear();
    }

    /** The longest span that a listing may have from now on. */
    public void maximumRange(Duration longest) {
        crossbar.maximumRange(longest.toSeconds());
    }

    /** From now on the server is one with the patch that hides documents with {@code soft_delete}. */
    public void patch() {
        changes.patched();
        crossbar.patched();
    }

    /** From now on this is told each document's id at the moment it is deleted, or marked as deleted. */
    public void onRemoval(Consumer<String> told) {
        changes.onRemoval(told);
    }

    /** No token that was given is good any more. */
    public synchronized void expireTokens() {
        tokens.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String[] pieces = uri.getPath().split("/");
        String account = pieces.length > 3 && pieces[2].equals("accounts") ? pieces[3] : null;
        KazooRequest request = new KazooRequest(
                exchange.getRequestMethod(),
                uri.getPath(),
                KazooRequest.query(uri.getRawQuery()),
                account,
                exchange.getRequestHeaders().getFirst("Accept"),
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                clock.instant(),
                0);
        byte[] body = exchange.getRequestBody().readAllBytes();
        KazooReply reply = switched(request, answer(request, body));
        requests.add(request.answered(reply.status()));
        send(exchange, reply);
    }

    private KazooReply switched(KazooRequest request, KazooReply good) {
        for (Switch each : switches) {
            if (each.when().test(request) && each.after().getAndDecrement() <= 0 && each.times().getAndDecrement() > 0) {
                return each.then().apply(good);
            }
        }
        return good;
    }

    private KazooReply answer(KazooRequest request, byte[] body) {
        if (!takesToken(request)) {
            return KazooReply.tooMany();
        }
        if (request.isLogin()) {
            return request.method().equals("PUT") ? login(request, body) : KazooReply.error(405, "invalid_method", "{}");
        }
        if (!List.of("GET", "DELETE", "PATCH").contains(request.method())) {
            return KazooReply.error(405, "invalid_method", "{}");
        }
        Instant end;
        synchronized (this) {
            end = request.token() == null ? null : tokens.get(request.token());
        }
        if (end == null) {
            return KazooReply.tokenUnknown();
        }
        if (!end.isAfter(clock.instant())) {
            return KazooReply.tokenExpired();
        }
        if (request.account() == null || accounts.account(request.account()) == null) {
            return KazooReply.badIdentifier();
        }
        if (!accounts.isWithin(request.account(), top)) {
            return KazooReply.forbidden();
        }
        return request.method().equals("GET")
                ? crossbar.answer(request, clock.instant())
                : changes.answer(request, body);
    }

    private KazooReply login(KazooRequest request, byte[] body) {
        JsonNode data;
        try {
            data = KazooAccounts.MAPPER.readTree(body).path("data");
        } catch (IOException e) {
            return KazooReply.error(400, "parse_error", "{}");
        }
        if (request.path().equals("/v2/api_auth")) {
            String key = data.path("api_key").asText();
            if (key.length() != 64) {
                return KazooReply.error(400, "validation error", "{\"api_key\":{\"minLength\":{}}}");
            }
            if (!key.equals(API_KEY)) {
                return KazooReply.error(404, "bad identifier", "[\"" + key + "\"]");
            }
        } else if (!data.path("credentials").asText().equals(CREDENTIALS)
                || !data.path("account_name").asText().equals("acmetelco")) {
            return KazooReply.tokenExpired();
        }
        return KazooReply.json(
                201,
                "{\"data\":{\"account_id\":\"%s\"},\"auth_token\":\"%s\",\"status\":\"success\",\"timestamp\":\"%s\"}"
                        .formatted(top, token(), clock.instant()));
    }

    private synchronized String token() {
        Instant end = clock.instant().plus(TOKEN_LIFE);
        String claims = "{\"exp\":%d,\"account_id\":\"%s\",\"n\":%d}".formatted(end.getEpochSecond(), top, tokens.size());
        String token = "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
        tokens.put(token, end);
        return token;
    }

    /** A bucket for each account in an address, and one for what has none. */
    private synchronized boolean takesToken(KazooRequest request) {
        Bucket bucket = buckets.computeIfAbsent(String.valueOf(request.account()), none -> new Bucket());
        if (bucket.at != null) {
            double refilled = Duration.between(bucket.at, request.at()).toMillis() / 1000.0 * REFILL;
            bucket.tokens = Math.min(BUCKET, bucket.tokens + Math.max(0, refilled));
        }
        bucket.at = request.at();
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    private static void send(HttpExchange exchange, KazooReply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(reply.body(), 0, reply.cutAfter() < 0 ? reply.body().length : reply.cutAfter());
            if (reply.cutAfter() >= 0) {
                out.flush();
                // An exchange that failed is not closed: the server cuts its connection.
                throw new IOException("cut after " + reply.cutAfter() + " bytes");
            }
        }
        exchange.close();
    }
}
