// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How long providers keep things, and when each item is lost by it. Writes as {@link Ledger}'s do; reads block. */
public interface Retentions {

    /** How long the provider keeps this customer's things, as it told earlier runs; empty when it never did. */
    List<Retention> of(String customer);

    /**
     * Keeps what the provider told; what is not in it stays as it was known. When the future completes, the pages kept
     * before are committed.
     */
    CompletableFuture<Void> keep(String customer, Map<String, Duration> learned, Instant now);

    /** When the provider was last asked that, and had answered or refused everything; empty when it never was. */
    Optional<Instant> askedAt(String customer);

    /** It has been asked. */
    CompletableFuture<Void> asked(String customer, Instant now);

    /** The items listed before have their new time of loss. */
    CompletableFuture<Void> applied(String customer);

    /**
     * Items behind the given one, by their ids, that are unfinished or dead, or began at or after an instant; the first
     * page is behind the empty string.
     */
    List<Perishable> perishable(String customer, Instant since, String after, int limit);

    /** Gives items another time of loss; null for one that is not known to be lost. */
    CompletableFuture<Void> changeLossAt(String customer, Map<String, Instant> lossAt);
}
