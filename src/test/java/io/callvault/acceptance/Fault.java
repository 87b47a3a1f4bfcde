// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

/** A bad answer to one request for content. Each has been seen from the provider or from something before it. */
enum Fault {
    /** 503 with a page for people. */
    UNAVAILABLE,
    /** Announces the whole length, sends a third, closes. */
    TRUNCATED,
    /** Announces the whole length, sends 70 %, closes. */
    CUT_AT_70_PERCENT,
    /** 200 and nothing. */
    EMPTY,
    /** 200 and a page for people, honestly typed. */
    HTML,
    /** 200 and a page for people that says it is audio. */
    HTML_AS_AUDIO,
    /** 200 and an error in JSON. */
    JSON,
    /** 206 with everything, though no range was asked. */
    UNASKED_206,
    /** 206 with the first half, though no range was asked. */
    UNASKED_206_HALF,
    /** 404: not ready, or gone; the answer is the same. */
    NOT_READY,
    /** 302 to a host that serves the right bytes and must not see a token. */
    FOREIGN_REDIRECT,
    /** The right bytes without Content-Length, in chunks. */
    CHUNKED
}
