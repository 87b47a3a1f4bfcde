// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Failures of one target, in the words that the contract asks for: each is one sentence that begins with what was tried.
 * A reason ({@code why}) follows "but" and says what to do after a colon, without a full stop. No secret gets into one.
 */
public final class Failures {

    private final String target;
    private final String place;
    private final List<String> secrets;

    /**
     * @param target the target's name
     * @param place what it is, for people: {@code bucket acme}
     * @param secrets what must never be seen, whoever says it; null among them is ignored
     */
    public Failures(String target, String place, Collection<String> secrets) {
        this.target = target;
        this.place = place;
        this.secrets = secrets.stream()
                .filter(secret -> secret != null && !secret.isBlank())
                .toList();
    }

    /** A passing fault. */
    public TryAgainException unreachable(String tried, String why, Throwable cause) {
        return new TryAgainException(ErrorCode.STORE_UNREACHABLE, sentence(tried, why), cause);
    }

    /** A passing fault of a target that has too much to do. @param pause how long to leave it alone */
    public TryAgainException busy(String tried, String why, Duration pause, Throwable cause) {
        return new TryAgainException(ErrorCode.STORE_UNREACHABLE, sentence(tried, why), pause, cause);
    }

    /** The target took something else than what was put. */
    public TryAgainException notProved(String tried, String why, Throwable cause) {
        return new TryAgainException(ErrorCode.STORE_NOT_PROVED, sentence(tried, why), cause);
    }

    /** A person must act. */
    public StopCustomerException denied(String tried, String why, Throwable cause) {
        return new StopCustomerException(ErrorCode.STORE_DENIED, sentence(tried, why), cause);
    }

    /** No room. */
    public StopCustomerException full(String tried, String why, Throwable cause) {
        return new StopCustomerException(ErrorCode.STORE_FULL, sentence(tried, why), cause);
    }

    /** What an operator's own step added to this object is refused. */
    public TryAgainException ownStep(String tried, String why, Throwable cause) {
        return new TryAgainException(ErrorCode.OWN_STEP_FAILED, sentence(tried, why), cause);
    }

    /** Other bytes lie there. @param found what, to follow "but" */
    public SkipRecordException conflict(String tried, String found) {
        return new SkipRecordException(
                ErrorCode.STORE_CONFLICT,
                sentence(tried, found + ": nothing was changed; find out who else writes there"));
    }

    /** Nothing lies there. */
    public SkipRecordException missing(String path) {
        return new SkipRecordException(
                ErrorCode.STORE_OBJECT_MISSING,
                sentence("read " + path, "no object lies there: find out who removed it"));
    }

    /** The target does not take this name. */
    public SkipRecordException refused(String tried, String why) {
        return new SkipRecordException(ErrorCode.STORE_PATH_REFUSED, sentence(tried, why));
    }

    /** What somebody else said, fit for a sentence: one line, at most 300 characters, without secrets. */
    public String said(String words) {
        String said = words == null ? "" : words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        for (String secret : secrets) {
            said = said.replace(secret, "***");
        }
        return said.length() > 300 ? said.substring(0, 300) + "..." : said;
    }

    private String sentence(String tried, String why) {
        return "Tried to " + tried + " on target " + target + " (" + place + ") but " + why + ".";
    }
}
