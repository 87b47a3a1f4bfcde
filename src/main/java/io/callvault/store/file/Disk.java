// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The system calls on which a file target's promises rest; a test counts them or lets them fail. */
class Disk {

    /** Gives a file a second name; fails if that name is taken. */
    void link(Path name, Path existing) throws IOException {
        Files.createLink(name, existing);
    }

    /** Whether two paths lie on different file systems. Fails where the machine's mounts cannot be seen. */
    boolean areApart(Path one, Path other) throws IOException {
        return !Files.getFileStore(one).equals(Files.getFileStore(other));
    }

    /**
     * Returns when the bytes, mode and owner of a file survive a power cut.
     *
     * @return its length, in bytes
     */
    long sync(Path file) throws IOException {
        // Not a file descriptor's own sync, whose failure does not say why: a full disk may show itself only here.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
            return channel.size();
        }
    }

    /** Returns when the names in a directory survive a power cut. */
    void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
