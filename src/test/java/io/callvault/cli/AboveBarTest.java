// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines of the log on a terminal that shows a bar. */
class AboveBarTest {

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final PrintStream above = new AboveBar(new PrintStream(terminal, true, StandardCharsets.UTF_8));

    @Test
    void each_line_takes_the_bars_and_leaves_nothing_of_it() {
        terminal.writeBytes("\rarchive 10%".getBytes(StandardCharsets.US_ASCII));
        above.writeBytes("INFO one\nINFO two\n".getBytes(StandardCharsets.US_ASCII));
        above.print("a part ");
        above.println("and the rest");
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .isEqualTo("\rarchive 10%\r\u001b[KINFO one\nINFO two\n\r\u001b[Ka part and the rest\n");
    }
}
