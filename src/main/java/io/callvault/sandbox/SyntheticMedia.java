// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Bytes of any length made from an id, as cheaply as memory can be copied and never held as a whole.
 *
 * <p>They begin with a valid ID3v2 tag that names the id. What follows repeats neither within one recording nor between
 * two: each block of 64 KiB begins with a mark made of id and block number, so that a piece fetched from a wrong offset is
 * found by its SHA-256.
 */
final class SyntheticMedia implements Media {

    private static final int BLOCK = 64 * 1024;
    private static final byte[] NOISE = noise();

    private final byte[] tag;
    private final long mark;
    private final long length;

    SyntheticMedia(String id, long length) {
        byte[] whole = Tags.id3(id);
        this.tag = length < whole.length ? Arrays.copyOf(whole, (int) length) : whole;
        this.mark = mixed(id.hashCode() * 0x9E3779B97F4A7C15L + id.length());
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void write(OutputStream out, long offset, long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BLOCK, Math.max(count, 1))];
        long at = offset;
        long end = offset + count;
        if (at < tag.length && at < end) {
            int some = (int) (Math.min(tag.length, end) - at);
            out.write(tag, (int) at, some);
            at += some;
        }
        while (at < end) {
            long block = at / BLOCK;
            int within = (int) (at % BLOCK);
            int some = (int) Math.min(BLOCK - within, end - at);
            fill(buffer, block, within, some);
            out.write(buffer, 0, some);
            at += some;
        }
    }

    /** The piece of a block, as it would be cut out of the whole block. */
    private void fill(byte[] buffer, long block, int within, int count) {
        long blockMark = mixed(mark + block);
        int from = (int) Math.floorMod(blockMark, (long) BLOCK);
        System.arraycopy(NOISE, from + within, buffer, 0, count);
        if (within < Long.BYTES) {
            byte[] head = ByteBuffer.allocate(Long.BYTES).putLong(blockMark).array();
            System.arraycopy(head, within, buffer, 0, Math.min(count, Long.BYTES - within));
        }
    }

    /** Two blocks long, so that a block can begin anywhere in the first. */
    private static byte[] noise() {
        byte[] bytes = new byte[2 * BLOCK];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    /** The finaliser of SplitMix64: every bit of the number decides about every bit of the result. */
    private static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
