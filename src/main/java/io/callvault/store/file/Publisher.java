// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import io.callvault.store.ObjectPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Gives a finished part its final name, and never takes that name from another file. */
final class Publisher {

    private final Path root;
    private final Disk disk;
    private volatile boolean linksExist = true;

    Publisher(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** @throws FileAlreadyExistsException when the name is taken */
    void publish(Path part, Path place) throws IOException {
        if (linksExist) {
            try {
                disk.link(place, part);
                return;
            } catch (FileAlreadyExistsException | NoSuchFileException meant) {
                throw meant;
            } catch (IOException refused) {
                linksExist = canLink(part);
                if (linksExist) {
                    throw refused;
                }
            } catch (UnsupportedOperationException never) {
                linksExist = false;
            }
        }
        rename(part, place);
    }

    /** Whether a link beside the part works: then it was this one name, or this moment, that failed. */
    private boolean canLink(Path part) {
        Path probe = part.resolveSibling(ObjectPath.OWN_NAMES + UUID.randomUUID() + ".part");
        try {
            disk.link(probe, part);
            Files.delete(probe);
            return true;
        } catch (IOException | UnsupportedOperationException refused) {
            return false;
        }
    }

    /** Where links do not exist, a rename would replace what is there: so look first, with everybody else shut out. */
    private synchronized void rename(Path part, Path place) throws IOException {
        Path lock = root.resolve(ObjectPath.OWN_NAMES + "lock");
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (OverlappingFileLockException other) {
            throw new IOException("another target of this process holds " + lock, other);
        }
    }
}
