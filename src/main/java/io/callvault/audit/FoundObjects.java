// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The objects that a target listed: their lengths, and whether anything explains them. An object takes 24 to 48 bytes
 * whatever the length of its path, so that a million fit a small heap: what is kept of a path is half its SHA-256, and two
 * paths are the same when that is.
 */
final class FoundObjects {

    private static final long EMPTY = -1;

    private final MessageDigest digest;
    private long[] keys = new long[2 * 1024];
    private long[] values = filled(1024);
    private int size;

    FoundObjects() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @param length in bytes, not negative */
    void add(String path, long length) {
        if (size * 3L > values.length * 2L) {
            grow();
        }
        ByteBuffer key = key(path);
        int slot = slot(keys, values, key.getLong(0), key.getLong(8));
        if (values[slot] == EMPTY) {
            size++;
        }
        keys[2 * slot] = key.getLong(0);
        keys[2 * slot + 1] = key.getLong(8);
        values[slot] = length << 1;
    }

    /** In bytes; null when no such object was listed. */
    Long length(String path) {
        ByteBuffer key = key(path);
        long value = values[slot(keys, values, key.getLong(0), key.getLong(8))];
        return value == EMPTY ? null : value >>> 1;
    }

    /** Something is known to be the reason for the object; one that was not listed needs none. */
    void explain(String path) {
        ByteBuffer key = key(path);
        int slot = slot(keys, values, key.getLong(0), key.getLong(8));
        if (values[slot] != EMPTY) {
            values[slot] |= 1;
        }
    }

    /** False for one that was not listed. */
    boolean isUnexplained(String path) {
        ByteBuffer key = key(path);
        long value = values[slot(keys, values, key.getLong(0), key.getLong(8))];
        return value != EMPTY && (value & 1) == 0;
    }

    boolean hasUnexplained() {
        return Arrays.stream(values).anyMatch(value -> value != EMPTY && (value & 1) == 0);
    }

    private ByteBuffer key(String path) {
        return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    }

    /** Where the key is, or where it would be. */
    private static int slot(long[] keys, long[] values, long first, long second) {
        int mask = values.length - 1;
        int slot = (int) first & mask;
        while (values[slot] != EMPTY && (keys[2 * slot] != first || keys[2 * slot + 1] != second)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] newKeys = new long[keys.length * 2];
        long[] newValues = filled(values.length * 2);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != EMPTY) {
                int slot = slot(newKeys, newValues, keys[2 * i], keys[2 * i + 1]);
                newKeys[2 * slot] = keys[2 * i];
                newKeys[2 * slot + 1] = keys[2 * i + 1];
                newValues[slot] = values[i];
            }
        }
        keys = newKeys;
        values = newValues;
    }

    private static long[] filled(int length) {
        long[] values = new long[length];
        Arrays.fill(values, EMPTY);
        return values;
    }
}
