// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/** Who must act on an {@link ErrorCode}. */
public enum Owner {
    /** The person who runs Callvault: a setting, a credential, a permission, a disk. */
    OPERATOR,
    /** The phone system's provider. */
    PROVIDER,
    /** The storage behind a target. */
    STORE,
    /** Callvault itself: a bug. */
    OURS
}
