// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Some bytes of a file, which can be read any number of times.
 *
 * @param offset first byte, from 0
 * @param length how many; the file has them
 */
public record FileSlice(Path file, long offset, long length) {

    /** @throws UncheckedIOException when the file cannot be opened: that is the caller's disk */
    public InputStream open() {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new Limited(Channels.newInputStream(channel.position(offset)), length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @throws UncheckedIOException when the file cannot be read: that is the caller's disk */
    public byte[] digest(String algorithm) {
        MessageDigest digest = Outgoing.digest(algorithm);
        try (InputStream slice = open()) {
            Outgoing.digest(slice, digest);
        } catch (IOException e) {
            throw unreadable(e);
        }
        return digest.digest();
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }

    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
