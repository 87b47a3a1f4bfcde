// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the guide for operators says of each error code, so that the console says the same. */
final class Guide {

    /**
     * @param means what happened
     * @param who has to act
     * @param then what Callvault does
     * @param act what to do
     */
    record Advice(String means, String who, String then, String act) {}

    private static final int CELLS = 6;

    private final Map<String, Advice> advice = new HashMap<>();

    private Guide() {}

    static Guide read() {
        Guide guide = new Guide();
        try (InputStream stream = Guide.class.getResourceAsStream("guide/operating.md");
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> line.matches("\\| `[A-Z_]+` \\|.*")).forEach(guide::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return guide;
    }

    private void add(String line) {
        String[] cells = line.replace("`", "").split("\\|");
        if (cells.length == CELLS) {
            advice.put(
                    cells[1].strip(), new Advice(cells[2].strip(), cells[3].strip(), cells[4].strip(), cells[5].strip()));
        }
    }

    /** Never null; empty sentences for a code that it does not know. */
    Advice of(String code) {
        return advice.getOrDefault(code, new Advice("", "", "", ""));
    }
}
