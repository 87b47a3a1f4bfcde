// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/** Nothing of this customer, or of this target, can work now. Its run ends; all others go on. */
public final class StopCustomerException extends ArchiveException {

    public StopCustomerException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public StopCustomerException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
