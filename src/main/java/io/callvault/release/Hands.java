// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.ledger.Releases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who does what is decided. All calls block, and fail with what is wrong. */
public interface Hands {

    /** What became of one thing that the provider was asked for. */
    enum End {
        /** It was given up. */
        RELEASED,
        /** It was there no more. */
        GONE,
        /** It is there still. */
        REFUSED
    }

    /**
     * What the provider answered.
     *
     * @param code why it is there still; null when it is not
     * @param evidence what was said then; null with {@code code}
     */
    record Outcome(End end, String code, String evidence) {}

    /**
     * Brings everything that happened into the journals of all targets.
     *
     * @throws io.callvault.error.ArchiveException if one of them cannot be written; nothing may be released then
     */
    void publish();

    /** What time it is at the provider, asked now; null when it does not say. */
    Instant providerNow();

    /** As they are asked for, each request's together; of one feed. */
    List<List<Releases.Candidate>> atOnce(String feed, List<Releases.Candidate> things);

    /**
     * Asks the provider to give things up, in one request, repeated where that helps.
     *
     * @param things one of the lists of {@link #atOnce}
     * @param lastLook called each time right before a request leaves, with what is in it; fails when that must not be asked for
     * @return by the item
     * @throws io.callvault.error.TryAgainException if nobody knows what became of it
     * @throws io.callvault.error.ArchiveException if nothing more is to be asked; nothing became of it
     */
    Map<String, Outcome> remove(
            String feed, List<Releases.Candidate> things, Consumer<List<Releases.Candidate>> lastLook);

    /** True when nothing more is to be begun. */
    boolean isHalted();
}
