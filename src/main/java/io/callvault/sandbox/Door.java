// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/** Where a request came in. */
public enum Door {
    /** The interface itself; media too, unless they have a port of their own. */
    API,
    /** The port of the media, where there is one. */
    MEDIA,
    /** A stranger that has the media as well and asks for no token: where redirects lead that leave the provider. */
    STRANGER
}
