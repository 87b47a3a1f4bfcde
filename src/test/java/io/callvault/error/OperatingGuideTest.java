// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page for operators and the codes say the same. */
class OperatingGuideTest {

    private static final Map<String, Owner> WHO = Map.of(
            "operator", Owner.OPERATOR, "provider", Owner.PROVIDER, "store", Owner.STORE, "us", Owner.OURS);

    @Test
    void every_code_is_in_the_guide_once_with_its_owner_and_no_other_is() throws IOException {
        Map<String, Owner> written = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("src/docs/guide/operating.md"))) {
            if (line.matches("\\| `[A-Z_]+` \\|.*")) {
                String[] cells = line.split("\\|");
                assertThat(cells).as(line).hasSize(6);
                String code = cells[1].strip().replace("`", "");
                assertThat(written.put(code, WHO.get(cells[3].strip()))).as(code).isNull();
                assertThat(cells[5]).as(code + " says what to do").isNotBlank();
            }
        }
        Map<String, Owner> codes = new HashMap<>();
        Arrays.stream(ErrorCode.values()).forEach(code -> codes.put(code.name(), code.owner()));
        assertThat(written).isEqualTo(codes);
    }
}
