// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/** An endpoint does not answer what it was asked. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private Refusal(Answer answer) {
        super("refused", null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    static Refusal badParameter(String name, String value) {
        return new Refusal(Answer.error(
                400, "CMN-101", "Parameter [" + name + "] value is invalid: " + value, "parameterName", name));
    }

    static Refusal notFound(String parameter) {
        return new Refusal(Answer.error(
                404, "CMN-102", "Resource for parameter [" + parameter + "] is not found", "parameterName", parameter));
    }

    static Refusal of(int status, String code, String message) {
        return new Refusal(Answer.error(status, code, message));
    }
}
