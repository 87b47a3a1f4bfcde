// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.error.ErrorCode;

/**
 * What one look came to.
 *
 * @param verdict good, good with something to know, or not
 * @param about what was looked at: {@code home}, a customer, a customer and its lane or target
 * @param sentence for people
 * @param code why it is not good; null unless it failed
 */
public record Checked(Verdict verdict, String about, String sentence, ErrorCode code) {

    /** How a look ended. */
    public enum Verdict {
        OK,
        WARN,
        FAIL
    }

    static Checked ok(String about, String sentence) {
        return new Checked(Verdict.OK, about, sentence, null);
    }

    static Checked warn(String about, String sentence) {
        return new Checked(Verdict.WARN, about, sentence, null);
    }

    static Checked fail(String about, String sentence, ErrorCode code) {
        return new Checked(Verdict.FAIL, about, sentence, code);
    }
}
