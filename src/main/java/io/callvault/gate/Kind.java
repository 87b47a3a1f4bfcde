// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

/** What a request is for; a gate is shared fairly between the kinds. */
public enum Kind {
    /** A token. Always first: without it nothing else can go. */
    LOGIN,
    /** A page of a listing. At most a fifth of the gate while content waits. */
    LISTING,
    /** A binary. */
    CONTENT
}
