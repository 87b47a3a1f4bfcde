// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much room the spool takes. */
class SpoolsTest {

    @TempDir
    Path home;

    private Configuration read(String text) throws IOException {
        return new ConfigurationReader(null)
                .read(Files.writeString(
                        home.resolve("application.properties"),
                        "callvault.routes = " + Path.of("routes").toAbsolutePath() + "\ncallvault.home = data\n" + text));
    }

    @Test
    void half_of_what_is_free_counting_what_lies_there() throws IOException {
        Files.createDirectories(home.resolve("data/spool/acme"));
        Files.write(home.resolve("data/spool/acme/file"), new byte[200]);
        assertThat(Spools.open(read(""), place -> 1000).room().share()).isEqualTo(600);
        assertThat(Spools.open(read("callvault.spool.max = 3KB\n"), place -> 1000).room().share()).isEqualTo(3 * 1024);
    }

    /** As in a change of root, which hides the mounts from Java. */
    @Test
    void a_disk_that_does_not_say_stops_nothing() throws IOException {
        Disks.Gauge silent = place -> {
            throw new IOException("Mount point not found");
        };
        assertThat(Spools.open(read(""), silent).room().share()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Disks(silent).room(home).free()).isNull();
    }

    @Test
    void the_machine_is_asked_where_the_path_is_or_will_be() throws IOException {
        assertThat(Disks.Gauge.REAL.free(home.resolve("not/yet"))).isPositive();
    }
}
