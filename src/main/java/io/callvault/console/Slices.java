// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.store.Store;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of an object, taken from its target slice by slice as it is read. Holds one slice in memory and no file open. */
final class Slices extends InputStream {

    /** Bytes taken at a time: also the most that is given for one part asked for. */
    static final int SLICE = 1 << 20;

    private final Store store;
    private final String path;
    private final Path directory;
    private long at;
    private long left;
    private byte[] slice = {};
    private int read;

    Slices(Store store, String path, long from, long length, Path directory) {
        this.store = store;
        this.path = path;
        this.directory = directory;
        this.at = from;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (read == slice.length) {
            if (left == 0) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, slice.length - read);
        System.arraycopy(slice, read, into, offset, count);
        read += count;
        return count;
    }

    private void next() throws IOException {
        long wanted = Math.min(left, SLICE);
        Path file = Files.createTempFile(directory, "slice", null);
        try {
            if (store.get(path, at, wanted, file) < wanted) {
                throw new EOFException(path + " is shorter than its receipt says");
            }
            slice = Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
        read = 0;
        at += wanted;
        left -= wanted;
    }
}
