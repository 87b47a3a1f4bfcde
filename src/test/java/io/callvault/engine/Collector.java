// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces that keeps what it is sent: OTLP over HTTP, in Protocol Buffers. */
final class Collector implements AutoCloseable {

    /** A span. Attributes that are no text are left out. */
    record Span(String name, boolean isError, Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        bodies.add(exchange.getRequestBody().readAllBytes());
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " for "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Method, path and authorization of each request. */
    List<String> requests() {
        return requests;
    }

    /** Everything that came, as text. */
    String text() {
        StringBuilder text = new StringBuilder();
        bodies.forEach(body -> text.append(new String(body, StandardCharsets.UTF_8)));
        return text.toString();
    }

    /** Numbers of the fields as in opentelemetry/proto/trace/v1/trace.proto (OTLP 1.5, read 2026-11). */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (byte[] body : bodies) {
            for (ByteBuffer resource : Message.of(ByteBuffer.wrap(body)).parts(1)) {
                for (ByteBuffer scope : Message.of(resource).parts(2)) {
                    Message.of(scope).parts(2).forEach(span -> spans.add(span(Message.of(span))));
                }
            }
        }
        return spans;
    }

    private static Span span(Message span) {
        Map<String, String> attributes = new TreeMap<>();
        for (ByteBuffer each : span.parts(9)) {
            Message attribute = Message.of(each);
            Message value = Message.of(attribute.parts(2).get(0));
            if (!value.parts(1).isEmpty()) {
                attributes.put(text(attribute.parts(1).get(0)), text(value.parts(1).get(0)));
            }
        }
        boolean isError = span.parts(15).stream().anyMatch(status -> Message.of(status).number(3) == 2);
        return new Span(text(span.parts(5).get(0)), isError, attributes);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Fields of a message by their numbers, as Protocol Buffers write them ("Encoding", read 2026-11). */
    private record Message(Map<Integer, List<ByteBuffer>> parts, Map<Integer, Long> numbers) {

        static Message of(ByteBuffer bytes) {
            Message message = new Message(new TreeMap<>(), new TreeMap<>());
            ByteBuffer rest = bytes.duplicate();
            while (rest.hasRemaining()) {
                long tag = varint(rest);
                int field = (int) (tag >>> 3);
                switch ((int) (tag & 7)) {
                    case 0 -> message.numbers.put(field, varint(rest));
                    case 1 -> rest.position(rest.position() + Long.BYTES);
                    case 2 -> {
                        int length = (int) varint(rest);
                        message.parts
                                .computeIfAbsent(field, first -> new ArrayList<>())
                                .add(rest.slice(rest.position(), length));
                        rest.position(rest.position() + length);
                    }
                    case 5 -> rest.position(rest.position() + Integer.BYTES);
                    default -> throw new AssertionError("no such kind of field: " + (tag & 7));
                }
            }
            return message;
        }

        private static long varint(ByteBuffer bytes) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<ByteBuffer> parts(int field) {
            return parts.getOrDefault(field, List.of());
        }

        long number(int field) {
            return numbers.getOrDefault(field, 0L);
        }
    }
}
