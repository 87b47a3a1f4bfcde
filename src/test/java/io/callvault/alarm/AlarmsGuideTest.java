// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page for operators and the codes say the same. */
class AlarmsGuideTest {

    @Test
    void every_alarm_is_in_the_guide_once_with_what_to_do_and_no_other_is() throws IOException {
        TreeSet<String> written = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/docs/guide/alarms.md"))) {
            if (line.matches("\\| `[A-Z_]+` \\|.*")) {
                String[] cells = line.split("\\|");
                assertThat(cells).as(line).hasSize(4);
                String code = cells[1].strip().replace("`", "");
                assertThat(written.add(code)).as(code).isTrue();
                assertThat(cells[2]).as(code + " says when").isNotBlank();
                assertThat(cells[3]).as(code + " says what to do").isNotBlank();
            }
        }
        assertThat(written)
                .containsExactlyElementsOf(new TreeSet<>(
                        Arrays.stream(AlarmCode.values()).map(Enum::name).toList()));
    }

    @Test
    void every_alarm_says_what_to_do() {
        assertThat(AlarmCode.values()).allSatisfy(code -> assertThat(code.advice()).endsWith("."));
    }
}
