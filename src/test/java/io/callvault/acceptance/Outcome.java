// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;

/** How a command ended and what it said. */
public record Outcome(int exit, String out, String err) {

    /** Standard output, which must be one JSON value and nothing else. */
    public JsonNode json() {
        return Json.read(out);
    }

    /** All it said. */
    public String said() {
        return out + "\n" + err;
    }

    @Override
    public String toString() {
        return "exit " + exit + "\n--- standard output\n" + out + "\n--- standard error\n" + err;
    }
}
