// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real S3 server that a test stops and starts again, at the same port and with the objects it had. */
public final class StoppableS3 implements AutoCloseable {

    private final Path directory;
    private S3Server.Started running;

    /** @param directory empty; the objects lie in it */
    public StoppableS3(Path directory) {
        this.directory = directory;
        this.running = start(0);
    }

    public S3Server server() {
        return running.server();
    }

    /** Kills it: requests on their way are cut off, further ones find nobody. */
    public void stop() {
        running.process().destroyForcibly();
        try {
            if (!running.process().waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a killed process does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again after {@link #stop}; when it returns, it answers. */
    public void start() {
        running = start(running.server().uri().getPort());
    }

    private S3Server.Started start(int port) {
        try {
            Path objects = Files.createDirectories(directory.resolve("objects"));
            return S3Server.startProxy(
                    directory.resolve("s3proxy.properties"),
                    port,
                    "jclouds.provider=filesystem-nio2\njclouds.filesystem.basedir=" + objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
