// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Paths of objects in a target: relative, {@code /} between pieces, 1 to {@value #MAX_BYTES} bytes of UTF-8 in all and at
 * most {@value #MAX_PIECE_BYTES} a piece. {@link PathTemplate} makes those of items.
 */
public final class ObjectPath {

    /** Longest path in bytes of UTF-8: what S3 takes as a key. */
    public static final int MAX_BYTES = 1024;

    /** Longest piece in bytes of UTF-8: what Linux file systems take as a name. */
    public static final int MAX_PIECE_BYTES = 255;

    /** How names begin that targets use for themselves; no object has one. */
    public static final String OWN_NAMES = ".callvault-";

    private ObjectPath() {}

    /** Where the record's raw JSON lies: beside the item. */
    public static String sidecar(String path) {
        return path + ".json";
    }

    /**
     * Where other bytes of the same item lie: {@code <name>~<first 8 of sha256>}, the extension kept at the end so that
     * the file still opens.
     */
    public static String variant(String path, String sha256) {
        int dot = path.lastIndexOf('.');
        int end = dot > path.lastIndexOf('/') + 1 ? dot : path.length();
        return path.substring(0, end) + "~" + sha256.substring(0, 8) + path.substring(end);
    }

    /** What is wrong with a path: the end of a sentence that begins with the path. Null when it is good. */
    public static String problem(String path) {
        if (path == null || path.isEmpty()) {
            return "is empty";
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "is longer than " + MAX_BYTES + " bytes";
        }
        return pieceProblem(path, 0);
    }

    /** As {@link #problem}, for the beginning of a path: it may be empty and may end within a piece or after a slash. */
    public static String prefixProblem(String prefix) {
        if (prefix.isEmpty()) {
            return null;
        }
        return problem(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }

    /** @throws SkipRecordException STORE_PATH_REFUSED, if there is a {@link #problem} */
    public static void require(String tried, String path, String problem) {
        if (problem != null) {
            throw new SkipRecordException(
                    ErrorCode.STORE_PATH_REFUSED,
                    "Tried to " + tried + " but the path \"" + printable(path) + "\" " + problem
                            + ": nothing was done; the path must be mended where it is made.");
        }
    }

    private static String pieceProblem(String path, int from) {
        for (int start = from; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String problem = nameProblem(path.substring(start, end));
            if (problem != null) {
                return problem;
            }
            start = end + 1;
        }
        return null;
    }

    private static String nameProblem(String name) {
        if (name.isEmpty()) {
            return "begins or ends with a slash, or has two in a row";
        }
        if (name.equals(".") || name.equals("..")) {
            return "has a piece that is " + name;
        }
        if (name.toLowerCase(Locale.ROOT).startsWith(OWN_NAMES)) {
            return "has a name that targets keep for themselves";
        }
        if (name.length() * 3 > MAX_PIECE_BYTES && name.getBytes(StandardCharsets.UTF_8).length > MAX_PIECE_BYTES) {
            return "has a piece longer than " + MAX_PIECE_BYTES + " bytes";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || Character.isISOControl(c)) {
                return "has a backslash or a control character";
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < name.length()
                        && Character.isLowSurrogate(name.charAt(i + 1));
                if (!pair) {
                    return "is not well-formed Unicode";
                }
                i++;
            }
        }
        return null;
    }

    private static String printable(String path) {
        return path == null ? "" : path.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
