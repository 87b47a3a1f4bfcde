// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.provider.Lane;
import io.callvault.provider.Provider;
import io.callvault.store.PathTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A customer at work.
 *
 * @param id its id
 * @param providerName name of its provider's routes
 * @param provider its provider
 * @param lanes its credentials, at least one
 * @param feeds what is listed
 * @param targets names of its targets, at least one
 * @param exclusions what is listed and not fetched
 * @param path how its items are named
 * @param zone its time zone
 * @param since how far back the first listing goes
 * @param lookBack how much each later one lists again
 */
public record Customer(
        String id,
        String providerName,
        Provider provider,
        List<Lane> lanes,
        List<Feed> feeds,
        List<String> targets,
        Exclusions exclusions,
        PathTemplate path,
        ZoneId zone,
        Instant since,
        Duration lookBack) {

    public Customer {
        lanes = List.copyOf(lanes);
        feeds = List.copyOf(feeds);
        targets = List.copyOf(targets);
    }
}
