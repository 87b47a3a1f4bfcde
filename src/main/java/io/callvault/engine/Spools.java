// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.ledger.Ledger;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolRoom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
        long lying;
        try (Stream<Path> files = Files.walk(directory)) {
            lying = files.filter(Files::isRegularFile).mapToLong(Spools::size).sum();
        }
        try {
            return (gauge.free(directory) + lying) / 2;
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
