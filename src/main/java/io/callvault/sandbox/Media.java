// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that can be written from any offset, any number of times, always the same. */
interface Media {

    long length();

    /** Writes {@code count} bytes from the offset on; both must lie within the length. */
    void write(OutputStream out, long offset, long count) throws IOException;

    /** Of all bytes, in lower-case hexadecimal. Reads them all. */
    default String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                write(out, 0, length());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes held in memory. */
    static Media of(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        byte[] bytes = all.toByteArray();
        return new Media() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void write(OutputStream out, long offset, long count) throws IOException {
                out.write(bytes, Math.toIntExact(offset), Math.toIntExact(count));
            }
        };
    }
}
