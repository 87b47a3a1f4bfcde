// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where records and recordings lie that are nobody else's business. */
final class PrivateDirectory {

    private static final String MODE = "rwxr-x---";

    private PrivateDirectory() {}

    /** Makes it, for its owner and group alone, unless it is there; one that is there stays as its owner made it. */
    static void make(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        if (absolute.getParent() != null) {
            Files.createDirectories(absolute.getParent());
        }
        try {
            Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        } catch (UnsupportedOperationException noModes) {
            Files.createDirectories(absolute);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
    }
}
