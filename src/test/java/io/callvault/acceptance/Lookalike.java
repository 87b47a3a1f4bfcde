// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * RingCentral as its documentation describes it, on a free port of the loopback interface.
 *
 * <p>Strict in what it accepts: an operation or parameter that is not published is answered 400, 404 or 405 and
 * remembered as a violation. A second listener on another port plays a host that must never see a token.
 */
final class Lookalike implements AutoCloseable {

    static {
        // Otherwise every answer on a kept connection waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Foreign foreign;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Tokens tokens;
    private final RateGroups groups;
    private final Switches switches = new Switches();
    private final Service service;
    private final String clientId = "client-" + UUID.randomUUID();
    private final String clientSecret = "secret-" + UUID.randomUUID();
    private final Collection<Company> companies = new ConcurrentLinkedQueue<>();
    private final Queue<Seen> log = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LateClock front;
    private volatile Consumer<Seen> hook = seen -> {};

    Lookalike() {
        this(Clock.systemUTC());
    }

    Lookalike(Clock clock) {
        this(clock, false);
    }

    /** One whose answers' Date is what that clock says. */
    static Lookalike dated(Clock clock) {
        return new Lookalike(clock, true);
    }

    private Lookalike(Clock clock, boolean isDated) {
        tokens = new Tokens(clock);
        groups = new RateGroups(clock);
        try {
            foreign = new Foreign(this::content);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front = isDated
                ? new LateClock(direct(), () -> Duration.between(clock.instant(), Instant.now()))
                : null;
        Doorman doorman = new Doorman(tokens, clientId, clientSecret, violations::add);
        service = new Service(base(), foreign, clock, doorman, tokens, groups, switches, violations::add);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A new account with one administrator, extension 700800900. */
    Company company(String account) {
        Company company = new Company(this, account);
        companies.add(company);
        return company;
    }

    /** A new credential of the company's first extension. */
    String jwt(Company company) {
        String jwt = "eyJraWQiOiI4NzYy." + UUID.randomUUID() + "." + UUID.randomUUID();
        tokens.admit(jwt, new Tokens.User(company, company.firstExtension()));
        return jwt;
    }

    /** Called with each request before it is answered; may block, and may stop the asker. */
    void onRequest(Consumer<Seen> hook) {
        this.hook = hook;
    }

    /** Scheme, address and port. */
    String base() {
        return front == null ? direct() : front.base();
    }

    private String direct() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String clientId() {
        return clientId;
    }

    String clientSecret() {
        return clientSecret;
    }

    Tokens tokens() {
        return tokens;
    }

    RateGroups groups() {
        return groups;
    }

    Switches switches() {
        return switches;
    }

    Foreign foreign() {
        return foreign;
    }

    /** What was asked that no published page allows. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Everything that was asked, in order of arrival. */
    List<Seen> log() {
        return List.copyOf(log);
    }

    /** What was asked after that many requests. */
    List<Seen> logSince(int number) {
        return log.stream().filter(seen -> seen.number() > number).toList();
    }

    /** How many requests came so far. */
    int requests() {
        return count.get();
    }

    int contentRequests(Media media) {
        return (int) log.stream()
                .filter(seen -> seen.kind() == Seen.Kind.CONTENT && seen.path().equals(media.path()))
                .count();
    }

    /** Everything that must never be written down. */
    List<String> secrets(String... more) {
        List<String> secrets = new ArrayList<>(Set.copyOf(tokens.issued()));
        secrets.add(clientSecret);
        secrets.addAll(List.of(more));
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
        foreign.stop();
        workers.shutdownNow();
    }

    private Media content(String path) {
        return companies.stream()
                .map(company -> company.content(path))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Answer answer = answer(exchange);
            answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.getResponseHeaders().set("RCRequestId", UUID.randomUUID().toString());
            // For this server 0 means chunks and -1 an empty body.
            long length = answer.announced() < 0 ? 0 : answer.announced() == 0 ? -1 : answer.announced();
            exchange.sendResponseHeaders(answer.status(), length);
            if (length >= 0) {
                exchange.getResponseBody().write(answer.body());
                exchange.getResponseBody().flush();
            }
        } catch (IOException e) {
            // The asker went away; that is its right.
            exchange.close();
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Seen seen = read(exchange);
        log.add(seen);
        try {
            hook.accept(seen);
            return service.answer(seen);
        } catch (RuntimeException e) {
            violations.add("the look-alike itself failed at " + seen + ": " + e);
            return Answer.html(500, "text/html");
        }
    }

    private Seen read(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        Map<String, List<String>> parameters = parameters(exchange.getRequestURI().getRawQuery());
        Seen.Kind kind = Operations.find(method, path)
                .map(match -> match.operation().kind())
                .orElse(Seen.Kind.UNKNOWN);
        return new Seen(
                count.incrementAndGet(),
                method,
                path,
                parameters,
                kind,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Range"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** A query or a form: decoded, repeated keys kept. */
    static Map<String, List<String>> parameters(String query) {
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
