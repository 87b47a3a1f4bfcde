// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.ledger.Ledger;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolRoom;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The spool as it is configured, and as an earlier process left it. */
final class Spools {

    private Spools() {}

    /** The configured room is divided evenly among all configured customers, whether they are worked for or not. */
    static Spool open(Configuration configuration) {
        return open(configuration, Disks.Gauge.REAL);
    }

    /** A disk that does not say how much is free sets no bound. */
    static Spool open(Configuration configuration, Disks.Gauge gauge) {
        Path directory = configuration.home().resolve("spool");
        int customers = Math.max(1, configuration.customers().size());
        Spool whole = new Spool(directory);
        try {
            Files.createDirectories(directory);
            long max = configuration.spoolMax() == null ? halfOfFree(directory, gauge) : configuration.spoolMax();
            return new Spool(directory, new SpoolRoom(Math.max(1, max / customers)));
        } catch (IOException e) {
            throw whole.unusable(e);
        }
    }

    /** Clears away what was left half-done, and counts the rest. */
    static void resume(Spool spool, Ledger ledger, String customer) {
        spool.sweep(customer, ledger.plannedSpoolFiles(customer));
        ledger.spooled(customer).forEach((item, isProved) -> {
            Path file = spool.file(customer, Spool.name(item));
            try {
                if (Files.exists(file)) {
                    spool.room().found(item, Files.size(file), isProved);
                }
            } catch (IOException e) {
                throw spool.unusable(e);
            }
        });
    }

    /** What lies there already counts as free: it is what the room is for. */
    private static long halfOfFree(Path directory, Disks.Gauge gauge) throws IOException {
        Lying lying = new Lying();
        Files.walkFileTree(directory, lying);
        try {
            return (gauge.free(directory) + lying.bytes) / 2;
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    /** Bytes in a spool that a service may be working with: what goes while it is counted is not there. */
    private static final class Lying extends SimpleFileVisitor<Path> {

        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
            if (gone instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw gone;
        }
    }
}
