// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What an operator says about a file target.
 *
 * @param target its name, for messages
 * @param directory where everything goes
 * @param mode permissions of each stored file; null: what the file system gives
 * @param directoryMode permissions of each directory made; null: what the file system gives
 * @param owner user to own files and directories made, by name or number; null: whoever runs Callvault
 * @param group their group, by name or number; null: what the file system gives
 */
record FileSettings(
        String target,
        Path directory,
        Set<PosixFilePermission> mode,
        Set<PosixFilePermission> directoryMode,
        String owner,
        String group) {

    /**
     * Reads permissions as chmod does, {@code 640} or {@code 0640}.
     *
     * @return null for an empty text
     * @throws IllegalArgumentException saying what is allowed
     */
    static Set<PosixFilePermission> permissions(String name, String octal) {
        if (octal == null || octal.isBlank()) {
            return null;
        }
        String digits = octal.strip();
        if (!digits.matches("0?[0-7]{3}")) {
            throw new IllegalArgumentException(name + " = " + octal
                    + " is no file permission: three octal digits, for example 0640, or nothing to leave it to the"
                    + " file system");
        }
        int bits = Integer.parseInt(digits, 8);
        StringBuilder text = new StringBuilder(9);
        for (int bit = 8; bit >= 0; bit--) {
            text.append((bits >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return Set.copyOf(PosixFilePermissions.fromString(text.toString()));
    }
}
