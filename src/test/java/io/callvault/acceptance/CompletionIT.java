// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Tab key finds, as bash asks the packaged script. */
class CompletionIT {

    @TempDir
    Path temporary;

    private String completed(String... words) throws IOException, InterruptedException {
        Path script = new Distribution(temporary).installation().resolve("completion/callvault");
        String line = "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; _complete_callvault; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void completes_a_command() throws IOException, InterruptedException {
        assertThat(completed("callvault", "arc").split("\\s+")).containsExactly("archive");
    }
}
