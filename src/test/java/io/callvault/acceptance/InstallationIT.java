// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the program may lie, and what it leaves in a system's temporary directory. */
class InstallationIT {

    @TempDir
    Path temporary;

    private record Ended(int exit, String said) {}

    private Ended run(Path program, Path home, Path tmp, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList())
                .directory(home.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-Djava.io.tmpdir=" + tmp);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void lies_in_a_directory_with_a_space_and_unpacks_no_library_elsewhere() throws IOException, InterruptedException {
        Path original = new Distribution(temporary).installation();
        Path copy = Files.createDirectory(temporary.resolve("a place")).resolve("call vault");
        Process cp = new ProcessBuilder(List.of("cp", "-R", original.toString(), copy.toString()))
                .inheritIO()
                .start();
        assertThat(cp.waitFor()).isZero();
        Path tmp = Files.createDirectory(temporary.resolve("tmp"));

        Ended demo = run(copy.resolve("bin/callvault"), temporary, tmp, "demo");

        assertThat(demo.exit()).as(demo.said()).isZero();
        assertThat(demo.said()).contains("complete");
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            assertThat(tmp).as("may forbid to run what lies in it").isEmptyDirectory();
        }
    }
}
