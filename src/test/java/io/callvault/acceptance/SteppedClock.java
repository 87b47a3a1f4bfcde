// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A provider's clock: it goes on by itself, and a test lets days pass on it in one step. */
public final class SteppedClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    /** From now on it is so much later than it really is. */
    public void ahead(Duration duration) {
        ahead = duration;
    }

    public Duration ahead() {
        return ahead;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
