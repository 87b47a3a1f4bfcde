// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes read to know what they are, never kept. */
public final class Outgoing {

    private static final int BUFFER = 128 * 1024; // bytes

    private Outgoing() {}

    /**
     * Reads the file of a put once, before it goes out.
     *
     * @param also get the same bytes
     * @return what is wrong with it, to follow "but"; null when it is what was announced
     * @throws UncheckedIOException when it cannot be read: that is the caller's disk
     */
    public static String problem(StorePut put, MessageDigest... also) {
        try (InputStream file = Files.newInputStream(put.file())) {
            MessageDigest sha256 = sha256();
            long length = digest(file, sha256, also);
            if (length != put.length()) {
                return "the file to be put, " + put.file() + ", has " + length + " bytes";
            }
            String found = HexFormat.of().formatHex(sha256.digest());
            return found.equals(put.sha256())
                    ? null
                    : "the file to be put, " + put.file() + ", has SHA-256 " + found + " instead of " + put.sha256();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + put.file() + ": " + e.getMessage(), e);
        }
    }

    /** SHA-256 of a stream to its end, lower-case hex. */
    public static String sha256(InputStream stream) throws IOException {
        MessageDigest sha256 = sha256();
        digest(stream, sha256);
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Every Java has it. */
    public static MessageDigest sha256() {
        return digest("SHA-256");
    }

    /** One of those that every Java has: MD5, SHA-1, SHA-256. */
    public static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static long digest(InputStream stream, MessageDigest one, MessageDigest... also) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            length += read;
            one.update(buffer, 0, read);
            for (MessageDigest each : also) {
                each.update(buffer, 0, read);
            }
        }
        return length;
    }
}
