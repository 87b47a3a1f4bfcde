// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import java.time.Duration;

/**
 * One thing that is wrong, or may be.
 *
 * @param subject which target, feed, lane or disk; empty when there is only one
 * @param sentence what is wrong; null when it is not known whether anything is, so that what was known stays
 * @param lasting how long it must be so before somebody is told
 */
record Finding(AlarmCode code, String subject, String sentence, Duration lasting) {

    static Finding unknown(AlarmCode code, String subject) {
        return new Finding(code, subject, null, Duration.ZERO);
    }

    boolean isKnown() {
        return sentence != null;
    }
}
