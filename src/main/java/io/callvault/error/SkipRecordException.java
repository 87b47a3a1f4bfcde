// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/**
 * This record or item cannot be had, or not yet. The caller decides from its age and from earlier answers whether it
 * waits, is gone, or is dead, and keeps the evidence.
 */
public final class SkipRecordException extends ArchiveException {

    private final int status;
    private final String evidence;
    private final String said;

    public SkipRecordException(ErrorCode code, String message) {
        this(code, message, 0, null);
    }

    /**
     * @param status the provider's HTTP status; 0 when there was none
     * @param evidence the beginning of the provider's answer, without secrets; null when there was none
     */
    public SkipRecordException(ErrorCode code, String message, int status, String evidence) {
        this(code, message, status, null, evidence);
    }

    /** @param said the provider's own code for it; null when it gave none */
    public SkipRecordException(ErrorCode code, String message, int status, String said, String evidence) {
        super(code, message, null);
        this.status = status;
        this.said = said;
        this.evidence = evidence;
    }

    public int status() {
        return status;
    }

    /** The provider's own code; null when it gave none. */
    public String said() {
        return said;
    }

    public String evidence() {
        return evidence;
    }
}
