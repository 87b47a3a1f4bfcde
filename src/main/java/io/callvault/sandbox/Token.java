// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Instant;

/** An access token: whose it is and until when it is worth anything. */
final class Token {

    private final String text;
    private final String name;
    private final Extension user;
    private volatile Instant end;

    Token(String text, String name, Extension user, Instant end) {
        this.text = text;
        this.name = name;
        this.user = user;
        this.end = end;
    }

    String text() {
        return text;
    }

    /** For the request log, which never shows the token itself: {@code token 2 of 700800900}. */
    String name() {
        return name;
    }

    Extension user() {
        return user;
    }

    boolean isValid(Instant now) {
        return now.isBefore(end);
    }

    void revoke() {
        end = Instant.MIN;
    }

    /** Lets it die at an instant other than the one that was told. */
    void endAt(Instant instant) {
        end = instant;
    }
}
