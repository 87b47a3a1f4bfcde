// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * One file on its way to a target.
 *
 * @param path where to, relative to the target; see {@link ObjectPath}
 * @param file what: a proved file that nobody writes to meanwhile
 * @param length of the file in bytes, as counted
 * @param sha256 of the file, 64 lower-case hex digits
 * @param type media type; null when not known
 * @param mayShare true when nobody ever writes to this file again, so that its inode may become the stored object. Only
 *     one target of an item is told so; mode and owner of the file may change
 * @param isFollowed true when another put to the same directory follows, and this one is relied on only after that one has
 *     returned: so that what makes both names survive a power cut may be left to it
 * @param metadata kept with the object where the target can; empty for none
 * @param tags set on the object where the target knows tags; empty for none
 */
public record StorePut(
        String path,
        Path file,
        long length,
        String sha256,
        String type,
        boolean mayShare,
        boolean isFollowed,
        Map<String, String> metadata,
        Map<String, String> tags) {

    public StorePut {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(file, "file");
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " of " + path);
        }
        if (sha256 == null || !isDigest(sha256)) {
            throw new IllegalArgumentException("sha256 of " + path + " is not 64 lower-case hex digits: " + sha256);
        }
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    private static boolean isDigest(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == 64;
    }

    /** One that is not followed, without metadata and tags. */
    public StorePut(String path, Path file, long length, String sha256, String type, boolean mayShare) {
        this(path, file, length, sha256, type, mayShare, false, Map.of(), Map.of());
    }

    /** For messages: the path and the length. */
    public String described() {
        return path + " (" + length + " bytes)";
    }
}
