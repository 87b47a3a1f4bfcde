// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A download, whole and proved.
 *
 * @param path where it lies
 * @param length in bytes, as counted
 * @param sha256 of the bytes, 64 lower-case hex digits
 * @param type its media type: from its first bytes, or as the provider said when they tell nothing
 */
public record SpoolFile(Path path, long length, String sha256, String type) {

    public String name() {
        return path.getFileName().toString();
    }

    /** SHA-256 of bytes, 64 lower-case hex digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Spool.digest().digest(bytes));
    }
}
