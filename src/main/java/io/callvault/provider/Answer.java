// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A provider's answer whose body is still on the wire. Whoever holds it reads or closes the body.
 *
 * @param status the HTTP status
 * @param headers the answer's headers; names are found in any case
 * @param body never null; may be empty
 */
public record Answer(int status, Map<String, String> headers, InputStream body) {

    public Answer {
        TreeMap<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** A header's value; null when it is absent. */
    public String header(String name) {
        return headers.get(name);
    }

    /** A header's whole number; null when it is absent or none. */
    public Long number(String name) {
        String value = headers.get(name);
        String digits = value == null ? "" : value.strip();
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= 18
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? Long.valueOf(digits) : null;
    }

    public boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Gives the connection up; what was not read is lost. */
    public void discard() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
