// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file, copied so that a failure tells which of the two disks it came from. */
final class FileRange {

    private static final int BUFFER = 128 * 1024; // bytes

    private FileRange() {}

    /**
     * @param limit at most so many bytes; -1: to the end
     * @return how many bytes were copied
     * @throws IOException when the source cannot be read
     * @throws UncheckedIOException when {@code into} cannot be written
     */
    static long copy(FileChannel source, long offset, long limit, Path into) throws IOException {
        FileChannel target = open(into);
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long copied = 0;
            while (limit < 0 || copied < limit) {
                buffer.clear();
                if (limit >= 0) {
                    buffer.limit((int) Math.min(BUFFER, limit - copied));
                }
                if (source.read(buffer, offset + copied) < 0) {
                    break;
                }
                copied += buffer.position();
                write(target, buffer.flip(), into);
            }
            return copied;
        } finally {
            close(target, into);
        }
    }

    private static FileChannel open(Path into) {
        try {
            return FileChannel.open(
                    into, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(into, e);
        }
    }

    private static void write(FileChannel target, ByteBuffer buffer, Path into) {
        try {
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        } catch (IOException e) {
            throw unwritable(into, e);
        }
    }

    private static void close(FileChannel target, Path into) {
        try {
            target.close();
        } catch (IOException e) {
            throw unwritable(into, e);
        }
    }

    private static UncheckedIOException unwritable(Path into, IOException e) {
        return new UncheckedIOException("cannot write " + into + ": " + e.getMessage(), e);
    }
}
