// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * What a try at an item, or at one of its receipts, came to when it did not succeed.
 *
 * @param state {@code due}, {@code waiting}, {@code dead}, {@code gone} or {@code not-retained}
 * @param attempts rungs of the ladder used up, this try included if it counted
 * @param nextAt when it is asked for again; null for an end state, or to be taken at once
 * @param code the error's code; null when nothing failed (given back untried)
 * @param evidence what was said, for a person; null when nothing was
 * @param status the provider's HTTP status; 0 when there was none
 * @param missing see {@link DueItem#missing()}
 * @param missingSince see {@link DueItem#missingSince()}
 */
public record Verdict(
        String state,
        int attempts,
        Instant nextAt,
        String code,
        String evidence,
        int status,
        int missing,
        Instant missingSince) {}
