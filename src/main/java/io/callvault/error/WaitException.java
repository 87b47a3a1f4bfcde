// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

import java.time.Instant;

/** The other side named a time. The gate is shut until then; the caller asks again without counting a try. */
public final class WaitException extends ArchiveException {

    private final transient Instant until;

    /** @param until when the next request may go out; null when it is not known */
    public WaitException(ErrorCode code, String message, Instant until) {
        super(code, message, null);
        this.until = until;
    }

    public Instant until() {
        return until;
    }
}
