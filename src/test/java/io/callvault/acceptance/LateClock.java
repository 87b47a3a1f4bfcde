// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's answers as they came, but for their Date, which is earlier. */
public final class LateClock implements AutoCloseable {

    private static final Pattern DATE = Pattern.compile("(?i)\r\nDate: ([^\r]*)\r\n");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ServerSocket listener;

    LateClock(String server, Duration late) {
        this(server, () -> late);
    }

    /** @param late how much earlier an answer's Date is than it came; less than nothing for later */
    public LateClock(String server, Supplier<Duration> late) {
        URI uri = URI.create(server);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.execute(() -> {
            try {
                while (true) {
                    Socket asker = listener.accept();
                    Socket there = new Socket(uri.getHost(), uri.getPort());
                    workers.execute(() -> copy(asker, there, null));
                    workers.execute(() -> copy(there, asker, late));
                }
            } catch (IOException closed) {
                // The end of the test.
            }
        });
    }

    public String base() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private static void copy(Socket from, Socket to, Supplier<Duration> late) {
        try (to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                Matcher date = DATE.matcher(text);
                if (late != null && date.find()) {
                    ZonedDateTime said = ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME);
                    String earlier = FORMAT.format(said.withZoneSameInstant(ZoneOffset.UTC).minus(late.get()));
                    text = text.substring(0, date.start(1)) + earlier + text.substring(date.end(1));
                }
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException e) {
            // Either side went away.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What is still open ends with the server behind it.
        workers.shutdownNow();
    }
}
