// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.PartsPage;
import io.callvault.model.ReleaseMode;
import io.callvault.model.Window;
import io.callvault.provider.Account;
import io.callvault.provider.Inquiry;
import io.callvault.provider.Lane;
import io.callvault.provider.Provider;
import io.callvault.provider.Probe;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Removable;
import io.callvault.provider.Removal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** RingCentral to the rest of Callvault. */
public final class RingCentral implements Provider {

    private static final Duration RECORDING = Duration.ofDays(90);
    private static final Duration MESSAGE = Duration.ofDays(30);
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
        this.requests = new RingCentralRequests(accounts, tokens.tokens(), parts);
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
    public PartsPage readParts(String customer, String feed, String address, byte[] body) {
        return extensions.read(accounts.get(customer), isMessages(feed), body);
    }

    @Override
    public String firstPage(FeedPart feedPart, Window window) {
        return accounts.get(feedPart.customer())
                .address(
                        isMessages(feedPart.feed())
                                ? messageStore.firstPage(feedPart.part(), window)
                                : callLog.firstPage(feedPart.part(), window));
    }

    @Override
    public ListedPage read(FeedPart feedPart, String address, byte[] body) {
        RingCentralAccount account = accounts.get(feedPart.customer());
        return isMessages(feedPart.feed()) ? messageStore.read(account, body) : callLog.read(account, body);
    }

    @Override
    public ListedRecord record(String customer, String feed, String recordId, String raw) {
        return isMessages(feed) ? messageStore.record(raw) : callLog.record(raw);
    }

    @Override
    public List<Probe> probes(String customer, Collection<String> feeds) {
        return RingCentralProbes.of(feeds);
    }

    @Override
    public Map<String, Instant> credentialsEnd(String customer) {
        return accounts.get(customer).jwtsEnd();
    }

    /**
     * As the account said, or the operator of messages. Where nobody did: recordings 90 days, the account's default (API
     * reference, "Call recording settings"); voicemails and received faxes 30, which were measured where 7 to 90 can be
     * set (API reference, "Message store configuration"). Sent faxes: 30 days (support article on data retention, 2022).
     * Texts and pictures: no time, but 5,000 in each folder of a user (the same article).
     */
    @Override
    public Instant lossAt(String customer, ListedRecord record, ListedItem item) {
        return MessageStore.lossAt(record, kept(accounts.get(customer), record, item), clock.instant());
    }

    private static Duration kept(RingCentralAccount account, ListedRecord record, ListedItem item) {
        return switch (item.kind()) {
            case CallLog.RECORDING -> recording(account, record, item);
            case MessageStore.FAX -> "outbound".equals(record.direction()) ? SENT_FAX : message(account);
            case MessageStore.VOICEMAIL, MessageStore.TRANSCRIPTION -> message(account);
            default -> null;
        };
    }

    private static Duration recording(RingCentralAccount account, ListedRecord record, ListedItem item) {
        Duration automatic = account.learned(Retentions.AUTOMATIC);
        Duration onDemand = account.learned(Retentions.ON_DEMAND);
        if (Objects.equals(automatic, onDemand)) {
            return automatic == null ? RECORDING : automatic;
        }
        Duration kept = CallLog.isOnDemand(record, item) ? onDemand : automatic;
        return kept == null ? RECORDING : kept;
    }

    private static Duration message(RingCentralAccount account) {
        Duration said = account.messageRetention();
        said = said != null ? said : account.learned(Retentions.MESSAGE);
        return said != null ? said : MESSAGE;
    }

    @Override
    public List<Inquiry> retentionInquiries(String customer, Collection<String> feeds) {
        return Retentions.inquiries(accounts.get(customer), feeds);
    }

    @Override
    public Map<String, Duration> readRetention(String customer, Inquiry inquiry, byte[] body) {
        return Retentions.read(accounts.get(customer), inquiry, body);
    }

    /** API reference, "Get call recording": counted like a recording's content. */
    @Override
    public Inquiry metadataInquiry(String customer, ItemKey item) {
        String address = accounts.get(customer).address("/restapi/v1.0/account/~/recording/" + Rows.encode(item.id()));
        return new Inquiry("recording", "learn what is said of " + item.item(), "heavy", address);
    }

    @Override
    public void keeps(String customer, Map<String, Duration> learned) {
        accounts.get(customer).learned(learned);
    }

    /** A message goes with all its attachments; of a call only the recording goes. */
    @Override
    public Set<String> removedWith(String feed, ListedRecord record, String item) {
        if (!isMessages(feed)) {
            return Set.of(item);
        }
        Set<String> all = new TreeSet<>(Set.of(item));
        record.items().forEach(each -> all.add(each.id()));
        return all;
    }

    @Override
    public List<List<Removable>> removedAtOnce(
            String customer, String feed, ReleaseMode mode, List<Removable> things) {
        return Removable.lists(things, isMessages(feed) ? 1 : RingCentralRemovals.RECORDINGS);
    }

    @Override
    public Removal removal(String customer, String feed, ReleaseMode mode, List<Removable> things) {
        return isMessages(feed)
                ? RingCentralRemovals.message(mode, things.get(0))
                : RingCentralRemovals.recordings(things);
    }

    @Override
    public boolean isRemoved(byte[] body) {
        return RingCentralRemovals.isDeleted(body);
    }

    @Override
    public List<Probe> removalProbes(String customer, Collection<String> feeds, ReleaseMode mode) {
        return RingCentralRemovals.probes(feeds);
    }

    @Override
    public String removalNeeds(Collection<String> feeds, ReleaseMode mode) {
        return RingCentralRemovals.needs(feeds);
    }

    private static boolean isMessages(String feed) {
        return feed.equals(MESSAGES);
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("ringcentralTokens", tokens, "ringcentralRequests", requests);
    }
}
