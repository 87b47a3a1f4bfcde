// SPDX-License-Identifier: Apache-2.0
package io.callvault.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Stands on loopback in front of an HTTP server, passes requests on byte by byte, remembers them, and does them harm when
 * told to. One request a connection.
 */
public final class HttpDoor implements AutoCloseable {

    private static final int DEEPEST = 64;

    private final URI server;
    private final int port;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Socket> held = new CopyOnWriteArrayList<>();
    private volatile ServerSocket listener;

    /** What was asked for: names of headers in lower case. */
    public record Heard(String method, String target, Map<String, String> headers) {

        public String header(String name) {
            return headers.get(name);
        }

        public long length() {
            return Long.parseLong(headers.getOrDefault("content-length", "0"));
        }
    }

    /** What happens to a request instead of being passed on unharmed. */
    public interface Harm {
        void befall(Exchange exchange) throws IOException;
    }

    private record Rule(Predicate<Heard> when, Harm harm) {}

    public HttpDoor(URI server) {
        this.server = server;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        serve(listener);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** The newest rule that fits is the one that counts. */
    public HttpDoor when(Predicate<Heard> when, Harm harm) {
        rules.add(0, new Rule(when, harm));
        return this;
    }

    /** From now on no harm is done. */
    public void clear() {
        rules.clear();
        if (listener.isClosed()) {
            listener = listen(port);
            serve(listener);
        }
    }

    /** From now on connections are refused. */
    public HttpDoor shut() {
        quietly(listener);
        return this;
    }

    /** The request is read to its end and answered here. */
    public static Harm answer(int status, String body, String... headers) {
        return exchange -> {
            exchange.discardBody();
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Made up\r\nConnection: close\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            exchange.out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            if (!exchange.heard.method().equals("HEAD")) {
                exchange.out.write(bytes);
            }
        };
    }

    /** The connection ends after so many bytes of the request's body. */
    public static Harm cutRequest(int after) {
        return exchange -> {
            exchange.welcome();
            exchange.in.readNBytes(after);
        };
    }

    /** The request reaches the server; the connection ends before its answer comes back. */
    public static Harm loseAnswer() {
        return exchange -> {
            try (Socket upstream = exchange.forward(Map.of())) {
                upstream.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        };
    }

    /** The connection ends after so many bytes of the answer's body. */
    public static Harm cutAnswer(int after) {
        return exchange -> {
            try (Socket upstream = exchange.forward(Map.of())) {
                InputStream answer = upstream.getInputStream();
                exchange.out.write(head(answer));
                exchange.out.write(answer.readNBytes(after));
            }
        };
    }

    /** Nothing is ever answered. */
    public static Harm silence() {
        return exchange -> {
            exchange.hold();
            exchange.discardBody();
            exchange.in.read(); // until the other side has had enough
        };
    }

    /** Headers of the answer are set, or taken away where the value is empty. */
    public static Harm answerHeaders(String... headers) {
        return exchange -> {
            try (Socket upstream = exchange.forward(Map.of())) {
                InputStream answer = upstream.getInputStream();
                Map<String, String> changes = pairs(headers);
                changes.put("connection", "close");
                exchange.out.write(changed(head(answer), changes));
                answer.transferTo(exchange.out);
            }
        };
    }

    /** Headers of the request are set, or taken away where the value is empty: for servers that check no signature. */
    public static Harm requestHeaders(String... headers) {
        return exchange -> {
            try (Socket upstream = exchange.forward(pairs(headers))) {
                InputStream answer = upstream.getInputStream();
                exchange.out.write(changed(head(answer), Map.of("connection", "close")));
                answer.transferTo(exchange.out);
            }
        };
    }

    /** A request on its way. */
    public final class Exchange {

        private final Heard heard;
        private final byte[] head;
        private final Socket client;
        private final InputStream in;
        private final OutputStream out;
        private boolean isWelcome;

        private Exchange(Socket client) throws IOException {
            this.client = client;
            this.in = client.getInputStream();
            this.out = client.getOutputStream();
            this.head = head(in);
            String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n");
            String[] first = lines[0].split(" ");
            Map<String, String> headers = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
            this.heard = new Heard(first[0], first[1], headers);
        }

        private void hold() {
            held.add(client);
        }

        private void welcome() throws IOException {
            if (!isWelcome && "100-continue".equalsIgnoreCase(heard.header("expect"))) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            isWelcome = true;
        }

        private void discardBody() throws IOException {
            body(OutputStream.nullOutputStream());
        }

        private Socket forward(Map<String, String> other) throws IOException {
            Map<String, String> changes = new TreeMap<>(other);
            changes.put("expect", "");
            changes.put("connection", "close");
            Socket upstream = new Socket(server.getHost(), server.getPort());
            OutputStream up = upstream.getOutputStream();
            up.write(changed(head, changes));
            body(up);
            up.flush();
            return upstream;
        }

        private void body(OutputStream to) throws IOException {
            welcome();
            if ("chunked".equalsIgnoreCase(heard.header("transfer-encoding"))) {
                int size = -1;
                while (size != 0) {
                    byte[] line = line(in);
                    to.write(line);
                    size = Integer.parseInt(
                            new String(line, StandardCharsets.ISO_8859_1).strip().split(";")[0], 16);
                    copy(in, to, size + (size == 0 ? 0 : 2));
                }
                to.write(line(in));
            } else {
                copy(in, to, heard.length());
            }
        }
    }

    private void serve(ServerSocket open) {
        thread(() -> {
            while (!open.isClosed()) {
                Socket client = open.accept();
                thread(() -> pass(client));
            }
        });
    }

    private void pass(Socket client) throws IOException {
        try (client) {
            Exchange exchange = new Exchange(client);
            heard.add(exchange.heard);
            Harm harm = rules.stream()
                    .filter(rule -> rule.when().test(exchange.heard))
                    .map(Rule::harm)
                    .findFirst()
                    .orElse(answerHeaders());
            harm.befall(exchange);
            exchange.out.flush();
        } finally {
            held.remove(client);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // One side has gone, which is what doors are for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEEPEST);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> pairs(String... headers) {
        Map<String, String> pairs = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            pairs.put(headers[i].toLowerCase(Locale.ROOT), headers[i + 1]);
        }
        return pairs;
    }

    private static byte[] changed(byte[] head, Map<String, String> changes) {
        StringBuilder text = new StringBuilder();
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n");
        for (int i = 0; i < lines.length; i++) {
            String name = lines[i].split(":")[0].toLowerCase(Locale.ROOT);
            if (i == 0 || !changes.containsKey(name)) {
                text.append(lines[i]).append("\r\n");
            }
        }
        changes.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] line = line(in);
        while (line.length > 2) {
            head.write(line);
            line = line(in);
        }
        head.write(line);
        return head.toByteArray();
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void copy(InputStream in, OutputStream to, long length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void quietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception closed) {
            throw new IllegalStateException(closed);
        }
    }

    @Override
    public void close() {
        quietly(listener);
        held.forEach(HttpDoor::quietly);
    }
}
