// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

/** Puts values in the place of <code>{{…}}</code>. */
@FunctionalInterface
public interface Placeholders {

    /**
     * The text with everything between double braces replaced; a text without any is returned as it is.
     *
     * @throws MissingException when something that a placeholder names is not there
     */
    String resolve(String raw);

    /** A placeholder leads to nothing. The message says what is missing, in a few words and without any value. */
    final class MissingException extends RuntimeException {
        public MissingException(String missing) {
            super(missing);
        }
    }
}
