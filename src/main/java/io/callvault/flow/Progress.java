// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.util.concurrent.atomic.LongAdder;

/** What a pass has done so far, for whoever watches it. Every count only grows. */
public final class Progress {

    /** Records on the pages listed. */
    public final LongAdder listed = new LongAdder();
    /** Items that became known, to be fetched. */
    public final LongAdder found = new LongAdder();
    /** Items downloaded and proved. */
    public final LongAdder fetched = new LongAdder();
    /** Bytes downloaded. */
    public final LongAdder bytes = new LongAdder();
    /** Items stored at all their targets. */
    public final LongAdder stored = new LongAdder();
    /** Tries that failed. */
    public final LongAdder failed = new LongAdder();
}
