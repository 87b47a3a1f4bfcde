// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.FeedPart;
import io.callvault.model.Window;
import io.callvault.provider.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One request for the account and one for each module that the feeds need; of the accounts below, one that names them. */
final class KazooProbes {

    private static final String GROUP = "api";
    private static final Duration SPAN = Duration.ofHours(1);

    private KazooProbes() {}

    static List<Probe> of(KazooAccount account, Collection<String> feeds, Instant now) {
        Place own = new Place(account.id(), account.id());
        List<Probe> probes = new ArrayList<>();
        probes.add(new Probe("see account " + account.id(), GROUP, own.path()));
        if (Accounts.known(account, false) == null) {
            probes.add(new Probe("list the accounts below it", GROUP, one(Accounts.firstPage(account))));
        }
        for (String feed : feeds) {
            FeedPart whole = FeedPart.whole(account.customer(), feed);
            String page = Listings.first(Kazoo.FEEDS.get(feed), own, whole.part(), new Window(now.minus(SPAN), now));
            probes.add(new Probe("list its " + feed, GROUP, one(page)));
        }
        return probes;
    }

    private static String one(String address) {
        return Address.with(address, "page_size", 1);
    }
}
