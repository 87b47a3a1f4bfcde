// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.FeedPart;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.Part;
import io.callvault.model.PartsPage;
import io.callvault.model.ReleaseMode;
import io.callvault.model.Window;
import io.callvault.provider.Account;
import io.callvault.provider.Lane;
import io.callvault.provider.Probe;
import io.callvault.provider.Provider;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Removable;
import io.callvault.provider.Removal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** 2600Hz Kazoo to the rest of Callvault. */
public final class Kazoo implements Provider {

    static final String RECORDINGS = "recordings";

    static final Map<String, KazooFeed> FEEDS = Map.of(
            RECORDINGS, new Recordings(),
            "cdrs", new Cdrs(),
            "voicemails", new Voicemails(),
            "faxes", new Faxes());

    private final Map<String, KazooAccount> accounts = new ConcurrentHashMap<>();
    private final Clock clock;
    private final KazooTokens tokens;
    private final KazooRequests requests;

    public Kazoo(ProviderParts parts) {
        this.clock = parts.clock();
        this.tokens = new KazooTokens(accounts, parts);
        this.requests = new KazooRequests(accounts, tokens.tokens(), parts);
    }

    @Override
    public List<Lane> open(Account account) {
        KazooAccount opened = new KazooAccount(account);
        accounts.put(account.customer(), opened);
        return List.of(opened.lane());
    }

    @Override
    public List<Part> knownParts(String customer, String feed) {
        return Accounts.known(accounts.get(customer), feed.equals(RECORDINGS));
    }

    @Override
    public String firstParts(String customer, String feed) {
        return Accounts.firstPage(accounts.get(customer));
    }

    @Override
    public PartsPage readParts(String customer, String feed, String address, byte[] body) {
        return Accounts.read(accounts.get(customer), address, body);
    }

    @Override
    public String firstPage(FeedPart feedPart, Window window) {
        String own = accounts.get(feedPart.customer()).id();
        String part = feedPart.part();
        return Listings.first(FEEDS.get(feedPart.feed()), Place.ofPart(own, part), part, window);
    }

    @Override
    public ListedPage read(FeedPart feedPart, String address, byte[] body) {
        return Listings.read(
                accounts.get(feedPart.customer()), FEEDS.get(feedPart.feed()), feedPart, address, body);
    }

    @Override
    public ListedRecord record(String customer, String feed, String recordId, String raw) {
        return FEEDS.get(feed).record(Place.ofRecord(accounts.get(customer).id(), recordId), raw);
    }

    @Override
    public List<Probe> probes(String customer, Collection<String> feeds) {
        return KazooProbes.of(accounts.get(customer), feeds, clock.instant());
    }

    /**
     * Not known. Kazoo deletes recordings, faxes and messages only when somebody asks it to, or when its operator drops the
     * database of a month; a voicemail past its retention is called deleted, and kept.
     */
    @Override
    public Instant lossAt(String customer, ListedRecord record, ListedItem item) {
        return null;
    }

    @Override
    public List<List<Removable>> removedAtOnce(
            String customer, String feed, ReleaseMode mode, List<Removable> things) {
        return things.isEmpty() ? List.of() : KazooRemovals.atOnce(accounts.get(customer), mode, things);
    }

    @Override
    public Removal removal(String customer, String feed, ReleaseMode mode, List<Removable> things) {
        return KazooRemovals.removal(accounts.get(customer), mode, things, clock.instant());
    }

    @Override
    public Map<String, String> notRemoved(
            String customer, ReleaseMode mode, List<Removable> things, byte[] body) {
        return KazooRemovals.notRemoved(mode, things, body);
    }

    @Override
    public String removalNeeds(Collection<String> feeds, ReleaseMode mode) {
        return "release needs credentials that may change the account, not a token restricted to reading; an API key or an"
                + " administrator of the account, or of one above it, may"
                + (mode == ReleaseMode.SOFT_DELETE
                        ? ". Whether this server knows soft_delete shows at the first release; most do not, and then nothing"
                                + " is changed"
                        : "");
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("kazooTokens", tokens, "kazooRequests", requests);
    }
}
