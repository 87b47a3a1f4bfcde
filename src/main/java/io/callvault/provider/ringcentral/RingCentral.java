// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import io.callvault.model.FeedPart;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.PartsPage;
import io.callvault.model.Window;
import io.callvault.provider.Account;
import io.callvault.provider.Lane;
import io.callvault.provider.Provider;
import io.callvault.provider.Probe;
import io.callvault.provider.ProviderParts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RingCentral to the rest of Callvault. */
public final class RingCentral implements Provider {

    private static final Duration SENT_FAX = Duration.ofDays(30);
    private static final String MESSAGES = "messages";

    private final Map<String, RingCentralAccount> accounts = new ConcurrentHashMap<>();
    private final CallLog callLog = new CallLog();
    private final MessageStore messageStore = new MessageStore();
    private final Extensions extensions = new Extensions();
    private final Clock clock;
    private final RingCentralTokens tokens;
    private final RingCentralRequests requests;

    public RingCentral(ProviderParts parts) {
        this.clock = parts.clock();
        this.tokens = new RingCentralTokens(accounts, parts);
        this.requests = new RingCentralRequests(accounts, tokens, parts);
    }

    @Override
    public List<Lane> open(Account account) {
        RingCentralAccount opened = new RingCentralAccount(account);
        accounts.put(account.customer(), opened);
        return opened.lanes();
    }

    @Override
    public String firstParts(String customer, String feed) {
        return accounts.get(customer).address(extensions.firstPage());
    }

    @Override
    public PartsPage readParts(String customer, String feed, byte[] body) {
        return extensions.read(accounts.get(customer), body);
    }

    @Override
    public String firstPage(FeedPart feedPart, Window window) {
        return accounts.get(feedPart.customer())
                .address(
                        isMessages(feedPart.feed())
                                ? messageStore.firstPage(feedPart.part(), window)
                                : callLog.firstPage(window));
    }

    @Override
    public ListedPage read(FeedPart feedPart, byte[] body) {
        RingCentralAccount account = accounts.get(feedPart.customer());
        return isMessages(feedPart.feed()) ? messageStore.read(account, body) : callLog.read(account, body);
    }

    @Override
    public ListedRecord record(String feed, String raw) {
        return isMessages(feed) ? messageStore.record(raw) : callLog.record(raw);
    }

    @Override
    public List<Probe> probes(String customer, Collection<String> feeds) {
        return RingCentralProbes.of(feeds);
    }

    /**
     * Recordings: 90 days, the account's default (API reference, "Call recording settings"). Voicemails and received
     * faxes: as the account has it, 7 to 90 days (API reference, "Message store configuration"); 30 were measured. Sent
     * faxes: 30 days (support article on data retention, 2022). Texts and pictures: no time, but 5,000 in each folder
     * of a user (the same article).
     */
    @Override
    public Duration retention(String customer, String kind) {
        return switch (kind) {
            case CallLog.RECORDING -> Duration.ofDays(90);
            case MessageStore.VOICEMAIL, MessageStore.TRANSCRIPTION, MessageStore.FAX -> accounts.get(customer)
                    .messageRetention();
            default -> null;
        };
    }

    @Override
    public Instant lossAt(String customer, ListedRecord record, ListedItem item) {
        Duration kept = retention(customer, item.kind());
        if (item.kind().equals(MessageStore.FAX) && "outbound".equals(record.direction())) {
            kept = SENT_FAX;
        }
        return MessageStore.lossAt(record, kept, clock.instant());
    }

    private static boolean isMessages(String feed) {
        return feed.equals(MESSAGES);
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("ringcentralTokens", tokens, "ringcentralRequests", requests);
    }
}
