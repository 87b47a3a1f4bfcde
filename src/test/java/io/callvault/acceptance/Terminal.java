// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command at a pseudo terminal, which {@code script} of Debian's bsdutils makes. */
final class Terminal implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String CTRL_C = "\003";

    private final Process process;
    private final OutputStream keyboard;
    private final StringBuilder shown = new StringBuilder();
    private int read;

    private Terminal(Process process) {
        this.process = process;
        this.keyboard = process.getOutputStream();
        Thread screen = new Thread(this::watch, "terminal");
        screen.setDaemon(true);
        screen.start();
    }

    static Terminal start(Path folder, String command) {
        ProcessBuilder builder = new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TERM", "xterm");
        try {
            return new Terminal(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this is shown after what was waited for before, and types a line. */
    Terminal answer(String prompt, String line) {
        return type(prompt, line + "\n");
    }

    /** The same with Ctrl-C. */
    Terminal interrupt(String prompt) {
        return type(prompt, CTRL_C);
    }

    private Terminal type(String prompt, String keys) {
        await(prompt);
        try {
            keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private synchronized void await(String prompt) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (shown.indexOf(prompt, read) < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !process.isAlive()) {
                throw new AssertionError("nobody asked \"" + prompt + "\"; this was shown:\n" + shown);
            }
            try {
                wait(Math.min(left, 1_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        read = shown.indexOf(prompt, read) + prompt.length();
    }

    private void watch() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                show(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            show("\n(the terminal broke: " + e + ")");
        }
    }

    private synchronized void show(String text) {
        shown.append(text);
        notifyAll();
    }

    /** Everything on the screen so far. */
    synchronized String shown() {
        return shown.toString();
    }

    /** Waits for its end. */
    int exit() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running; this was shown:\n" + shown());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
