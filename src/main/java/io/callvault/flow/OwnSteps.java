// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.exchange.Variables;
import java.util.function.Predicate;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** Failures of the operators' own steps, in our words: whatever they threw, what they held up is done later. */
public final class OwnSteps {

    private final Predicate<String> isFilled;

    /** @param isFilled by the id of an operators' route, whether it does anything */
    public OwnSteps(Predicate<String> isFilled) {
        this.isFilled = isFilled;
    }

    /** Whether records need to go past the operators' step. */
    public boolean wantRecords() {
        return isFilled.test("on-record");
    }

    /** Whether files on their way need to go past the operators' step. */
    public boolean wantFiles() {
        return isFilled.test("before-store");
    }

    /** The step for records failed: their page is listed again. */
    public void onRecordFailed(
            @Variable(Variables.CUSTOMER) String customer,
            @Variable(Variables.RECORD_ID) String record,
            @ExchangeException Exception failure) {
        throw failed("on-record", "record " + record, customer, "The page is not kept and is listed again", failure);
    }

    /** The step for files failed: the item is stored later. */
    public void beforeStoreFailed(
            @Variable(Variables.CUSTOMER) String customer,
            @Variable(Variables.ITEM) String item,
            @ExchangeException Exception failure) {
        throw failed("before-store", item, customer, "The item is stored later", failure);
    }

    private static TryAgainException failed(
            String route, String subject, String customer, String consequence, Exception failure) {
        return new TryAgainException(
                ErrorCode.OWN_STEP_FAILED,
                "Tried to take " + subject + " of customer " + customer + " through routes/own/" + route
                        + " but it failed: " + failure + ". " + consequence + "; mend the route",
                failure);
    }
}
