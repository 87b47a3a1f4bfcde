// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/**
 * A failure that somebody decided on. The class says what happens next, the code says what happened and who acts, the
 * message says what was tried, for whom, what came back and what to do. It never holds a secret.
 */
public abstract class ArchiveException extends RuntimeException {

    private final ErrorCode code;

    /**
     * @param code one whose {@link ErrorCode#outcome()} is this exception's class
     * @param message one sentence for a person, without the code
     * @param cause what the library threw, or null
     */
    protected ArchiveException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        if (code.outcome() != getClass()) {
            throw new IllegalArgumentException(code + " is carried by " + code.outcome().getSimpleName());
        }
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message with its code, as logs and terminals show it. */
    public String sentence() {
        return getMessage() + " [" + code + "]";
    }

    /**
     * The failure inside what a library wrapped around it.
     *
     * @return null when no cause is one of ours
     */
    public static ArchiveException in(Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof ArchiveException ours) {
                return ours;
            }
        }
        return null;
    }
}
