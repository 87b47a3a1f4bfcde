// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/** Nothing can work: the process stops, loudly. */
public final class StopAllException extends ArchiveException {

    public StopAllException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public StopAllException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
