// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callvault.acceptance.LateClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kazoo's Crossbar, as far as an archiver may know it, on a free port of the loopback interface. */
final class Kazoo implements AutoCloseable {

    static {
        // Otherwise every answer on a kept connection waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern ACCOUNT = Pattern.compile("/v2/accounts/([^/]+)(/.*)?");

    private final HttpServer server;
    private final Storage storage;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Clock clock;
    private final Tokens tokens;
    private final Buckets buckets;
    private final Service service;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Queue<Asked> log = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LateClock front;
    private volatile Consumer<Asked> hook = asked -> {};

    Kazoo() {
        this(Clock.systemUTC());
    }

    Kazoo(Clock clock) {
        this(clock, false);
    }

    /** One whose answers' Date is what that clock says. */
    static Kazoo dated(Clock clock) {
        return new Kazoo(clock, true);
    }

    private Kazoo(Clock clock, boolean isDated) {
        this.clock = clock;
        tokens = new Tokens(clock);
        buckets = new Buckets(clock);
        try {
            storage = new Storage(this::blob);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front = isDated
                ? new LateClock(direct(), () -> Duration.between(clock.instant(), Instant.now()))
                : null;
        service = new Service(accounts, clock, tokens, buckets, storage.base(), violations::add);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A new account at the top. */
    Account account(String name) {
        return admit(new Account(name, null, accounts.size()));
    }

    /** A new account below another. */
    Account account(String name, Account parent) {
        return admit(parent.child(new Account(name, parent, accounts.size())));
    }

    private Account admit(Account account) {
        accounts.put(account.id(), account);
        return account;
    }

    /** Called with each request before it is answered; may block, and may stop the asker. */
    void onRequest(Consumer<Asked> hook) {
        this.hook = hook;
    }

    /** Scheme, address and port. */
    String base() {
        return front == null ? direct() : front.base();
    }

    private String direct() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Tokens tokens() {
        return tokens;
    }

    Buckets buckets() {
        return buckets;
    }

    Storage storage() {
        return storage;
    }

    /** What was asked that no careful asker asks. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Everything that was asked, in order of arrival. */
    List<Asked> log() {
        return List.copyOf(log);
    }

    /** What was asked about an account. */
    List<Asked> log(Account account) {
        return log.stream().filter(asked -> account.id().equals(asked.account())).toList();
    }

    /** What was asked after that many requests. */
    List<Asked> logSince(int number) {
        return log.stream().filter(asked -> asked.number() > number).toList();
    }

    /** How many requests came so far. */
    int requests() {
        return count.get();
    }

    /** How often the binary of a document was asked for. */
    int contentRequests(Row row) {
        return (int) log.stream()
                .filter(asked -> asked.kind() == Asked.Kind.CONTENT && asked.path().contains("/" + row.id()))
                .count();
    }

    /** Everything that must never be written down. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(tokens.all());
        for (Account account : accounts.values()) {
            secrets.add(account.apiKey());
            account.passwords().forEach((user, password) -> {
                secrets.add(password);
                secrets.add(Doorman.hash("md5", user + ":" + password));
                secrets.add(Doorman.hash("sha", user + ":" + password));
            });
        }
        return secrets;
    }

    /** Nobody listens any more. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        server.stop(0);
        if (front != null) {
            front.close();
        }
        storage.stop();
        workers.shutdownNow();
    }

    private Blob blob(String sha256) {
        return accounts.values().stream()
                .flatMap(account -> account.rows().stream())
                .map(Row::blob)
                .filter(Objects::nonNull)
                .filter(blob -> blob.sha256().equals(sha256))
                .findFirst()
                .orElse(null);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Reply reply = reply(exchange);
            reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            // For this server 0 means chunks and -1 an empty body.
            long length = reply.announced() < 0 ? 0 : reply.announced() == 0 ? -1 : reply.announced();
            exchange.sendResponseHeaders(reply.status(), length);
            if (length >= 0) {
                exchange.getResponseBody().write(reply.body());
                exchange.getResponseBody().flush();
            }
        } catch (IOException e) {
            // The asker went away; that is its right.
            exchange.close();
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        Asked asked = read(exchange);
        log.add(asked);
        try {
            hook.accept(asked);
            return service.answer(asked);
        } catch (RuntimeException e) {
            violations.add("the server itself failed at " + asked + ": " + e);
            return Reply.page(500, "text/html");
        }
    }

    private Asked read(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Matcher account = ACCOUNT.matcher(path);
        Asked asked = new Asked(
                count.incrementAndGet(),
                clock.instant(),
                method,
                path,
                parameters(exchange.getRequestURI().getRawQuery()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                Asked.Kind.UNKNOWN,
                account.matches() ? account.group(1) : null);
        return asked.of(kind(asked));
    }

    /** A recording's document and its media have one address. */
    private static Asked.Kind kind(Asked asked) {
        return Operations.find(asked.method(), asked.path())
                .map(Operations.Match::operation)
                .map(operation -> operation.name().equals("recording") && Downloads.isDocument(asked)
                        ? Asked.Kind.METADATA
                        : operation.kind())
                .orElse(Asked.Kind.UNKNOWN);
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&")) {
                String[] parts = pair.split("=", 2);
                String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
                String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }
}
