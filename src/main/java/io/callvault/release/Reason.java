// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import java.util.Locale;

/** Why an item is kept at the provider. */
public enum Reason {
    /** The provider cannot do with its feed what it is asked. */
    MODE("its feed cannot be released in this mode", false),
    /** Not stored for long enough, by one of the two clocks. */
    YOUNG("stored for less than release.after", false),
    /** It began on a day that release.hold names. */
    HELD("held by release.hold", false),
    /** A rule of the configuration or a step of the operator's keeps its record out. */
    EXCLUDED("excluded", false),
    /** The provider may still rewrite its record. */
    UNSETTLED("its record may still change", false),
    /** Its record cannot be read. */
    UNREADABLE("its record cannot be read", false),
    /** A configured target does not have it, or has other bytes than the others. */
    NOT_EVERYWHERE("not stored alike on every target", false),
    /** The journal of a target does not tell all of it yet. */
    UNPUBLISHED("not in every target's journal yet", false),
    /** Something that the provider keeps together with it is kept. */
    TOGETHER("kept with it there is something that may not go", false),
    /** It was read back and is missing or altered at a target. */
    NOT_PROVED("not proved: missing or altered at a target", true),
    /** The run has as many as release.max allows. */
    OVER_MAX("more than release.max", false);

    private final String words;
    private final boolean isWrong;

    Reason(String words, boolean isWrong) {
        this.words = words;
        this.isWrong = isWrong;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether somebody should look at it. */
    public boolean isWrong() {
        return isWrong;
    }

    /** For programs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
