// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.util.Locale;

/** A set of endpoints that share one counter for each user (RingCentral API guide, "Rate limits", read 2026-04). */
public enum RateGroup {
    /** Account, extension, message lists. 50 in 60 s unless the application was given more. */
    LIGHT,
    /** Extension list, content of messages. 40 in 60 s. */
    MEDIUM,
    /** Call log, recordings and their content. 10 in 60 s. */
    HEAVY,
    /** Tokens. 5 in 60 s. */
    AUTH,
    /** Not counted, and answered without the headers. */
    NONE;

    /** As the provider spells it in {@code X-Rate-Limit-Group}: seen live in lower case. */
    String header() {
        return name().toLowerCase(Locale.ROOT);
    }
}
