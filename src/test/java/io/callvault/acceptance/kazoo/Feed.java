// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

/** The four kinds of listing, and what an account's monthly databases hold. */
enum Feed {
    RECORDINGS,
    CDRS,
    VOICEMAILS,
    FAXES;

    /** As in {@code customer.<id>.feeds}, and in the journal. */
    String key() {
        return switch (this) {
            case RECORDINGS -> "recordings";
            case CDRS -> "cdrs";
            case VOICEMAILS -> "voicemails";
            case FAXES -> "faxes";
        };
    }
}
