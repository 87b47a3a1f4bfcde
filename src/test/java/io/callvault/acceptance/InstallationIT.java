// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the program may lie, and what it leaves in a system's temporary directory. */
class InstallationIT {

    @Test
    void lies_in_a_directory_with_a_space_and_unpacks_no_library_elsewhere(@TempDir Path temporary)
            throws IOException, InterruptedException {
        Path copy = Files.createDirectory(temporary.resolve("a place")).resolve("call vault");
        Process cp = new ProcessBuilder(List.of("cp", "-R", Distribution.packaged().toString(), copy.toString()))
                .inheritIO()
                .start();
        assertThat(cp.waitFor()).isZero();
        Path tmp = Files.createDirectory(temporary.resolve("tmp"));

        Outcome demo = new Distribution(temporary, copy)
                .environment("JAVA_OPTS", "-Djava.io.tmpdir=" + tmp)
                .run("demo");

        assertThat(demo.exit()).as(demo.toString()).isZero();
        assertThat(demo.said()).contains("complete");
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            assertThat(tmp).as("may forbid to run what lies in it").isEmptyDirectory();
        }
    }
}
