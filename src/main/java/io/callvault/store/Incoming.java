// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream from a target on its way into a file, so that a failure tells which of the two it came from. */
public final class Incoming {

    private static final int BUFFER = 128 * 1024; // bytes

    private Incoming() {}

    /**
     * @param skip so many bytes of the stream are not wanted
     * @param limit at most so many bytes after these; -1: to the end
     * @param into created, or emptied first
     * @return how many bytes were written
     * @throws IOException when the stream fails
     * @throws UncheckedIOException when {@code into} cannot be written: that is the caller's disk
     */
    public static long write(InputStream stream, long skip, long limit, Path into) throws IOException {
        try (Sink sink = new Sink(into)) {
            byte[] buffer = new byte[BUFFER];
            long unwanted = skip;
            long wanted = limit < 0 ? Long.MAX_VALUE : limit;
            long written = 0;
            while (written < wanted) {
                int most = (int) Math.min(BUFFER, unwanted > 0 ? unwanted : wanted - written);
                int read = stream.read(buffer, 0, most);
                if (read < 0) {
                    break;
                }
                if (unwanted > 0) {
                    unwanted -= read;
                } else {
                    sink.write(buffer, read);
                    written += read;
                }
            }
            return written;
        }
    }

    /** An empty file. @return 0 */
    public static long nothing(Path into) {
        new Sink(into).close();
        return 0;
    }

    private static final class Sink implements AutoCloseable {

        private final Path into;
        private final OutputStream out;

        Sink(Path into) {
            this.into = into;
            try {
                this.out = Files.newOutputStream(into);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        void write(byte[] buffer, int length) {
            try {
                out.write(buffer, 0, length);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        private UncheckedIOException unwritable(IOException e) {
            return new UncheckedIOException("cannot write " + into + ": " + e.getMessage(), e);
        }
    }
}
