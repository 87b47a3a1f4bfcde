// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that goes over to TLS when asked to (RFC 3207) and lets in who signs in by PLAIN (RFC 4954). */
final class StartTlsServer implements AutoCloseable {

    private final ServerSocket listener;
    private final SSLContext context;
    private final String login;
    private final Thread thread;
    private final List<String> inClear = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    /** @param context null for one that knows no TLS */
    StartTlsServer(SSLContext context, String user, String password) throws IOException {
        this.context = context;
        this.login = Base64.getEncoder()
                .encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.thread = new Thread(this::accept, "mail");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Every line that came before TLS. */
    List<String> inClear() {
        return inClear;
    }

    /** Of users who had signed in. */
    List<String> mails() {
        return mails;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                say(socket, "220 here");
                talk(socket, false);
            } catch (IOException e) {
                // Who hangs up, or believes no certificate, is a test's own matter.
            }
        }
    }

    private void talk(Socket socket, boolean isSecret) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        boolean isIn = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!isSecret) {
                inClear.add(line);
            }
            if (line.startsWith("EHLO")) {
                say(socket, isSecret ? "250-here\r\n250 AUTH PLAIN" : context == null ? "250-here\r\n250 AUTH PLAIN" : "250-here\r\n250 STARTTLS");
            } else if (line.equals("STARTTLS") && context != null) {
                say(socket, "220 go on");
                SSLSocket secret = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
                secret.setUseClientMode(false);
                secret.startHandshake();
                talk(secret, true);
                return;
            } else if (line.startsWith("AUTH PLAIN")) {
                isIn = line.endsWith(login);
                say(socket, isIn ? "235 welcome" : "535 5.7.8 no such user or password");
            } else if (line.equals("DATA") && isIn) {
                say(socket, "354 go on");
                mails.add(mail(lines));
                say(socket, "250 kept");
            } else if (line.equals("QUIT")) {
                say(socket, "221 bye");
                return;
            } else {
                say(socket, isIn || line.equals("RSET") ? "250 well" : "530 sign in first");
            }
        }
    }

    private static String mail(BufferedReader lines) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
