// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/** A bad moment. The same request may succeed later; the caller counts a try and repeats. */
public final class TryAgainException extends ArchiveException {

    public TryAgainException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TryAgainException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
