// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One port of the sandbox on loopback, taken at once and answering when opened; it can be closed and opened again. */
final class Listener {

    static {
        // Head and body of an answer leave in two packets; without this the second waits for the first's receipt.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Door door;
    private final Clock clock;
    private final Executor executor;
    private final Function<Request, Answer> answers;
    private HttpServer server;
    private int port;
    private boolean isOpen;

    Listener(Door door, int port, Clock clock, Executor executor, Function<Request, Answer> answers) throws IOException {
        this.door = door;
        this.port = port;
        this.clock = clock;
        this.executor = executor;
        this.answers = answers;
        this.server = bound();
        this.port = server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Begins to answer, again after {@link #close}; does nothing when it does already. */
    synchronized void open() throws IOException {
        if (isOpen) {
            return;
        }
        if (server == null) {
            server = bound();
        }
        server.start();
        isOpen = true;
    }

    private HttpServer bound() throws IOException {
        HttpServer one = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 256);
        one.setExecutor(executor);
        one.createContext("/", this::exchange);
        return one;
    }

    /** Cuts every connection; afterwards connections are refused. Does nothing when it is closed. */
    synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
            isOpen = false;
        }
    }

    private void exchange(HttpExchange exchange) throws IOException {
        Request request = new Request(
                door,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders()::getFirst,
                exchange.getRequestBody().readAllBytes(),
                clock.instant());
        // Closing an exchange ends its body properly, so one that failed is not closed: the server cuts its connection.
        send(exchange, answers.apply(request));
        exchange.close();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.status() == 0) {
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        long length = answer.body().length();
        boolean isChunked = answer.delivery().isChunked() && length > 0;
        exchange.sendResponseHeaders(answer.status(), isChunked ? 0 : length == 0 ? -1 : length);
        if (length > 0) {
            OutputStream out = exchange.getResponseBody();
            if (answer.delivery().equals(Answer.Delivery.PLAIN)) {
                answer.body().writeTo(out);
            } else {
                answer.body().writeTo(new Rationed(out, answer.delivery()));
            }
        }
    }

    /** Cuts or slices what goes through it. */
    private static final class Rationed extends FilterOutputStream {
        private final Answer.Delivery delivery;
        private long sent;

        private Rationed(OutputStream out, Answer.Delivery delivery) {
            super(out);
            this.delivery = delivery;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int at = offset;
            int end = offset + count;
            while (at < end) {
                int some = delivery.slice() > 0 ? Math.min(delivery.slice(), end - at) : end - at;
                if (delivery.cutAfter() >= 0) {
                    some = (int) Math.min(some, delivery.cutAfter() - sent);
                    if (some == 0) {
                        out.flush();
                        throw new IOException("cut after " + sent + " bytes");
                    }
                }
                out.write(bytes, at, some);
                at += some;
                sent += some;
                if (delivery.slice() > 0) {
                    out.flush();
                    pause();
                }
            }
        }

        private void pause() throws IOException {
            try {
                TimeUnit.NANOSECONDS.sleep(delivery.pause().toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", e);
            }
        }
    }
}
