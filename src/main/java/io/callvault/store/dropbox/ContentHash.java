// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import io.callvault.store.Outgoing;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Dropbox's hash of a file: SHA-256 of the SHA-256s of its blocks of 4 MiB (Dropbox, "Content hash", read 2026-11). Keeps
 * 32 bytes for each block, so that the hash of a part that begins at a block can be had too.
 */
final class ContentHash extends MessageDigest {

    /** Bytes. */
    static final int BLOCK = 4 << 20;

    private final MessageDigest sha256 = Outgoing.sha256();
    private final List<byte[]> blocks = new ArrayList<>();
    private int filled;

    ContentHash() {
        super("Dropbox content hash");
    }

    /** Of nothing. */
    static String ofNothing() {
        return HexFormat.of().formatHex(Outgoing.sha256().digest());
    }

    /** Of all that was read, lower-case hex. Nothing can be added afterwards. */
    String whole() {
        close();
        return of(0, blocks.size());
    }

    /**
     * Of a part, lower-case hex; null when it does not begin at a block.
     *
     * @param offset of the part, bytes
     * @param length of the part, bytes: to the end of a block or of all
     */
    String of(long offset, long length) {
        if (offset % BLOCK != 0) {
            return null;
        }
        close();
        return of((int) (offset / BLOCK), (int) ((offset + length + BLOCK - 1) / BLOCK));
    }

    private String of(int from, int to) {
        MessageDigest all = Outgoing.sha256();
        blocks.subList(from, to).forEach(all::update);
        return HexFormat.of().formatHex(all.digest());
    }

    private void close() {
        if (filled > 0) {
            blocks.add(sha256.digest());
            filled = 0;
        }
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, BLOCK - filled);
            sha256.update(input, offset + done, part);
            filled += part;
            done += part;
            if (filled == BLOCK) {
                close();
            }
        }
    }

    @Override
    protected byte[] engineDigest() {
        return HexFormat.of().parseHex(whole());
    }

    @Override
    protected void engineReset() {
        sha256.reset();
        blocks.clear();
        filled = 0;
    }
}
