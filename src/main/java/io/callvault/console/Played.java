// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.Ledger;
import io.callvault.model.ItemKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the journal who was given which item. A player asks for many parts; as long as it goes on asking that is one
 * playing. Said before the bytes are given.
 */
final class Played {

    private static final Logger LOG = LoggerFactory.getLogger(Played.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int REMEMBERED = 10_000;

    private record Playing(ItemKey item, String who, String address) {}

    private final Ledger ledger;
    private final Clock clock;
    private final Map<Playing, Instant> last = new LinkedHashMap<>();

    Played(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Blocks until it is in the ledger. */
    void tell(ItemKey item, String feed, String recordId, String who, String address) {
        Instant now = clock.instant();
        if (isNew(new Playing(item, who, address), now)) {
            ledger.played(item, feed, recordId, who, address, now).join();
            LOG.info(
                    "{} of customer {} was given to {} at {}",
                    item.item(),
                    item.customer(),
                    who == null ? "somebody" : who,
                    address);
        }
    }

    private synchronized boolean isNew(Playing playing, Instant now) {
        Instant before = last.remove(playing);
        last.put(playing, now);
        while (last.size() > REMEMBERED) {
            last.remove(last.keySet().iterator().next());
        }
        return before == null || before.plus(PAUSE).isBefore(now);
    }
}
