// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds records by what people remember of them. It knows what {@link #index} has told it, which the service does behind
 * everything else.
 */
public interface Search {

    /**
     * What is looked for; everything given must hold.
     *
     * @param text digits of a number, from its front or from its end, or beginnings of words of a name; empty for any
     * @param extension exactly; empty for any
     * @param direction {@code inbound}, {@code outbound}; empty for any
     * @param kind the provider's own word, in any case; empty for any
     * @param from not before; null for any
     * @param to before; null for any
     */
    record Query(String text, String extension, String direction, String kind, Instant from, Instant to) {

        /** The newest of all. */
        public static Query any() {
            return new Query("", "", "", "", null, null);
        }
    }

    /**
     * A record.
     *
     * @param place where it stands among all, the newer the greater
     */
    record Hit(
            long place,
            String customer,
            String feed,
            String id,
            String kind,
            Instant startedAt,
            String extension,
            String direction,
            String from,
            String fromName,
            String to,
            String toName) {}

    /**
     * What was found, newest first.
     *
     * @param next ask for what is before this place to go on; 0 when there is no more
     * @param isCut true when the looking ended because it had looked long enough, not because the page is full
     */
    record Found(List<Hit> hits, long next, boolean isCut) {}

    /** Begins at the newest. */
    long NEWEST = Long.MAX_VALUE;

    /** Records of a customer before a place, newest first, at most so many. */
    Found find(String customer, Query query, long before, int limit);

    /**
     * Takes in the next records that it does not know yet, at most so many. Never called twice at a time.
     *
     * @return how many rows of the ledger were looked at; 0 when there is nothing new
     */
    CompletableFuture<Integer> index(int limit);
}
