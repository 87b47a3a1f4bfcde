// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.flow.Archive;
import io.callvault.ledger.CustomerCounts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a command's end says to who called it. Where several hold: 5, 1, 4, 3. */
final class ExitCode {

    static final int DONE = 0;
    static final int BUG = 1;
    static final int WRONG_CONFIGURATION = 2;
    static final int WORK_LEFT = 3;
    static final int CUSTOMER_STOPPED = 4;
    static final int NOTHING_DONE = 5;

    private ExitCode() {}

    /** Of a failure that ended a command. */
    static int of(ErrorCode code) {
        if (code == ErrorCode.CONFIGURATION || code == ErrorCode.RELEASE_NOT_REHEARSED) {
            return WRONG_CONFIGURATION;
        }
        if (code == ErrorCode.INTERNAL) {
            return BUG;
        }
        return code.outcome() == StopAllException.class ? NOTHING_DONE : WORK_LEFT;
    }

    /** Of something that was looked at and is not good. */
    static int ofCheck(ErrorCode code) {
        return code == ErrorCode.CREDENTIALS_REJECTED || code == ErrorCode.PERMISSION_MISSING
                ? CUSTOMER_STOPPED
                : of(code);
    }

    /** The one that counts most. */
    static int worst(Collection<Integer> codes) {
        return Stream.of(NOTHING_DONE, BUG, WRONG_CONFIGURATION, CUSTOMER_STOPPED, WORK_LEFT)
                .filter(codes::contains)
                .findFirst()
                .orElse(DONE);
    }

    /** Of a pass that came to its end. */
    static int of(List<Archive.Outcome> outcomes, Map<String, CustomerCounts> counts, boolean isInterrupted) {
        int code = isInterrupted ? WORK_LEFT : DONE;
        for (Archive.Outcome outcome : outcomes) {
            if (outcome.codes().contains(ErrorCode.INTERNAL)) {
                return BUG;
            }
            if (isCustomerStopped(outcome.stopped())) {
                code = CUSTOMER_STOPPED;
            } else if (code != CUSTOMER_STOPPED && !isComplete(outcome, counts.get(outcome.customer()))) {
                code = WORK_LEFT;
            }
        }
        return code;
    }

    /** True if everything that was listed is stored or accounted for, and the listing was complete. */
    static boolean isComplete(Archive.Outcome outcome, CustomerCounts counts) {
        return outcome.failures().isEmpty()
                && counts.unreadable() == 0
                && pending(counts) == 0
                && counts.items().getOrDefault("dead", 0L) == 0
                && counts.notVisible() == 0
                && counts.incomplete().isEmpty();
    }

    static long pending(CustomerCounts counts) {
        return counts.pending();
    }

    /** @param stopped what stopped the customer; null when nothing did */
    static boolean isCustomerStopped(ArchiveException stopped) {
        return stopped != null
                && (stopped.code() == ErrorCode.CREDENTIALS_REJECTED
                        || stopped.code() == ErrorCode.PERMISSION_MISSING);
    }
}
