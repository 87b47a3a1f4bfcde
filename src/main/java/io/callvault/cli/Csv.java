// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated lines as RFC 4180 has them. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe instead (OWASP, "CSV Injection", read 2026-08): numbers and reasons come from strangers.
 */
final class Csv {

    private static final String FORMULA = "=+-@\t\r";
    private static final String QUOTED = ",\"\r\n";

    private Csv() {}

    static void line(PrintWriter out, List<?> cells) {
        out.print(cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n");
    }

    /** Null is an empty cell. */
    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0) ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
