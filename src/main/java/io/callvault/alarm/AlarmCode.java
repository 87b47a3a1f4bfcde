// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

/** What an alarm is about and what to do then. Codes stand in the ledger and are only ever added. */
public enum AlarmCode {
    /** Items were given up. */
    DEAD_ITEMS("Run callvault report: it names each with its reason. Mend the reason, then run callvault retry."),
    /** Nothing can be done for a customer: credentials, a permission. */
    CUSTOMER_STOPPED("Do what the sentence says, then run callvault check. Its schedule tries again by itself."),
    /** A target takes nothing. */
    TARGET_DOWN("Look at the disk, the network or the store's status; callvault check says what it answers. What is due"
            + " there waits and is brought when it answers again."),
    /** Credentials say that they end soon. */
    CREDENTIALS_EXPIRE("Make new ones at the provider, and put them where the configuration refers to. When that is an"
            + " environment variable, start callvault run again."),
    /** Little room is left. */
    DISK_LOW("Free some, or make the disk larger. When the home is full, Callvault stops."),
    /** A feed was not listed for long. */
    NOT_LISTED("Look at the log for what holds the listing up, and at callvault status for a closed gate."
            + " alarm.not-listed-for must be longer than the time between two runs of the schedule."),
    /** The provider deletes soon what is not stored. */
    LOSS_NEAR("Run callvault forecast: it says how many lanes are enough. Look at callvault status for what is stopped or"
            + " down."),
    /** A listing could not be brought to its end. */
    LISTING_INCOMPLETE("Do what the sentence says; each run lists it again. callvault report names every listing that is"
            + " incomplete."),
    /** The configuration was changed on disk, and cannot be used. */
    CHANGE_REFUSED("Mend what the sentence says; it is taken up by itself. Until then what was before stays in force, but"
            + " callvault run would not start with it."),
    /** Not an alarm but the day's summary. */
    DIGEST("Nothing, when no alarm stands in it.");

    private final String advice;

    AlarmCode(String advice) {
        this.advice = advice;
    }

    /** What the operator does, one or more sentences. */
    public String advice() {
        return advice;
    }
}
