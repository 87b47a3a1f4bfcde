// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

import java.time.Duration;

/** A bad moment. The same request may succeed later; the caller counts a try and repeats. */
public final class TryAgainException extends ArchiveException {

    private final Duration pause;

    public TryAgainException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TryAgainException(ErrorCode code, String message, Throwable cause) {
        this(code, message, null, cause);
    }

    /** @param pause how long the other side wants to be left alone; null when it did not say */
    public TryAgainException(ErrorCode code, String message, Duration pause, Throwable cause) {
        super(code, message, cause);
        this.pause = pause;
    }

    /** How long the other side, which works but has too much to do, wants to be left alone; null when it did not say. */
    public Duration pause() {
        return pause;
    }
}
