// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

/** Ends a request with a status and a sentence for people. */
final class Refusal extends RuntimeException {

    private final int status;

    Refusal(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    static Refusal notFound(String what) {
        return new Refusal(404, what);
    }

    int status() {
        return status;
    }
}
