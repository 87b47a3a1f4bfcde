// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedPage;
import io.callvault.model.ListedRecord;
import io.callvault.model.Part;
import io.callvault.model.PartsPage;
import io.callvault.model.ReleaseMode;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One kind of phone system. An instance serves all its customers and is safe for use by many threads. Its class is named
 * in {@code routes/<provider>/provider.yaml} and has a constructor that takes {@link ProviderParts}.
 *
 * <p>Its requests are made by the routes in {@code routes/<provider>/}: {@code direct:<provider>-<feed>} lists,
 * {@code direct:<provider>-<parts>} names what a feed is listed by, {@code direct:<provider>-content} fetches one binary
 * into the spool, {@code direct:<provider>-inquiry} asks an {@link Inquiry}, {@code direct:<provider>-removal} sends a
 * {@link Removal}.
 */
public interface Provider {

    /**
     * Takes a customer in.
     *
     * @return its lanes, at least one
     */
    List<Lane> open(Account account);

    /**
     * The parts of a feed that is declared with {@code parts}, where the customer's settings say them all.
     *
     * @return at least one, the whole as the part {@code ""}; null where the provider must be asked, which is usual
     */
    default List<Part> knownParts(String customer, String feed) {
        return null;
    }

    /**
     * Address of the first page of the list of the parts of a feed. Asked for feeds that are declared with {@code parts}
     * or {@code fallback} only.
     */
    default String firstParts(String customer, String feed) {
        throw new UnsupportedOperationException(feed + " is not listed in parts");
    }

    /**
     * Reads a page of that list. A part of which nothing is known is on it: rather a request in vain than a loss.
     *
     * @param address the one that it came from
     * @throws io.callvault.error.TryAgainException if the body is not a page of this list at all
     */
    default PartsPage readParts(String customer, String feed, String address, byte[] body) {
        throw new UnsupportedOperationException(feed + " is not listed in parts");
    }

    /** Address of the first page of a window. */
    String firstPage(FeedPart feedPart, Window window);

    /**
     * Reads a page. A record that cannot be read does not stop the page.
     *
     * @param address the one that it came from: not every provider says in a page itself where the next one is
     * @throws io.callvault.error.TryAgainException if the body is not a page of this listing at all
     */
    ListedPage read(FeedPart feedPart, String address, byte[] body);

    /**
     * Reads one record again from its raw JSON, as {@link #read} did.
     *
     * @param recordId the id that it was given then: it may say what the JSON does not, such as whose it is
     */
    ListedRecord record(String customer, String feed, String recordId, String raw);

    /**
     * The cheapest requests that show whether a lane may do what these feeds need; the first of them signs in. They are
     * sent through {@code direct:<provider>-<group>}, which {@code routes/<provider>/gates.camel.yaml} holds.
     */
    default List<Probe> probes(String customer, Collection<String> feeds) {
        return List.of();
    }

    /** When credentials of the customer's lanes end, by the lane's number; without those that do not say it. */
    default Map<String, Instant> credentialsEnd(String customer) {
        return Map.of();
    }

    /** When the provider will delete an item of a record; null when it is not known to. */
    Instant lossAt(String customer, ListedRecord record, ListedItem item);

    /**
     * What to ask the provider, once a day, of how long it keeps this customer's things. Nobody waits for the answers.
     *
     * @param feeds names of those that are archived
     * @return empty when there is nothing to ask
     */
    default List<Inquiry> retentionInquiries(String customer, Collection<String> feeds) {
        return List.of();
    }

    /**
     * Reads an answer.
     *
     * @return by the provider's own words, which {@link #keeps} understands; without what the answer does not say
     * @throws io.callvault.error.TryAgainException if the body is not such an answer at all
     */
    default Map<String, Duration> readRetention(String customer, Inquiry inquiry, byte[] body) {
        return Map.of();
    }

    /**
     * Told what was learned in this way, now or by an earlier run. {@link #lossAt} goes by it from then on, unless the
     * operator says otherwise.
     */
    default void keeps(String customer, Map<String, Duration> learned) {}

    /** What to ask of an item beside its record. Asked for feeds that are declared with {@code metadata} only. */
    default Inquiry metadataInquiry(String customer, ItemKey item) {
        throw new UnsupportedOperationException(item.item() + " has no metadata");
    }

    /**
     * Which items go together when one of them is given up, because the provider keeps them as one: itself among them.
     *
     * @param record the latest form of its record
     */
    default Set<String> removedWith(String feed, ListedRecord record, String item) {
        return Set.of(item);
    }

    /** Things of one feed as they are asked for, each request's together; of those that go together one is given. */
    default List<List<Removable>> removedAtOnce(
            String customer, String feed, ReleaseMode mode, List<Removable> things) {
        return things.stream().map(List::of).toList();
    }

    /**
     * Asks to give things of one feed up that is declared with {@code release}.
     *
     * @param things one of the lists of {@link #removedAtOnce}, or a single one
     */
    default Removal removal(String customer, String feed, ReleaseMode mode, List<Removable> things) {
        throw new UnsupportedOperationException(feed + " cannot be given up");
    }

    /** Whether the answer to {@link Removal#look} says that it was done already. */
    default boolean isRemoved(byte[] body) {
        return false;
    }

    /**
     * Reads the good answer to a removal.
     *
     * @return those that the provider kept all the same, with what it says of each
     * @throws io.callvault.error.StopCustomerException RELEASE_NOT_KNOWN if it did not understand what it was asked
     */
    default Map<String, String> notRemoved(
            String customer, ReleaseMode mode, List<Removable> things, byte[] body) {
        return Map.of();
    }

    /** Requests that show whether a lane may have things of these feeds given up; none of them gives anything up. */
    default List<Probe> removalProbes(String customer, Collection<String> feeds, ReleaseMode mode) {
        return List.of();
    }

    /** Which rights, beside those that an archive needs, that takes, and what no probe can show: one sentence. */
    default String removalNeeds(Collection<String> feeds, ReleaseMode mode) {
        return "";
    }

    /** Beans that the provider's routes name, by name. The provider itself is bound under its own name. */
    Map<String, Object> beans();
}
