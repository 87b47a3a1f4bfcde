// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

/** A bad answer to one request for a binary. */
enum Fault {
    /** 500 datastore_fault with a cause: the storage provider behind Kazoo failed. */
    PROVIDER_ERROR,
    /** 503 datastore_unreachable. */
    UNREACHABLE,
    /** 404 bad_identifier: the document has no attachment. */
    NO_ATTACHMENT,
    /** 200 and nothing. */
    EMPTY,
    /** 200, said to be audio, and an error envelope in JSON. */
    ENVELOPE_AS_AUDIO,
    /** 502 and a page for people, from the proxy before Kazoo. */
    PROXY_PAGE,
    /** 200, said to be audio, and a page for people. */
    PAGE_AS_AUDIO,
    /** Announces the whole length, sends a third, closes. */
    TRUNCATED,
    /** Announces the whole length, sends 70 %, closes. */
    CUT_AT_70_PERCENT,
    /** 206 with everything, though no range was asked. */
    UNASKED_206,
    /** 206 with the first half, though no range was asked. */
    UNASKED_206_HALF,
    /** 302 to the storage provider, which has the right bytes and must not be shown a token. */
    REDIRECT
}
