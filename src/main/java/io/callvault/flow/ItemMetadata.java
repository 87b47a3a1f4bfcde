// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.WaitException;
import io.callvault.exchange.Variables;
import io.callvault.gate.Kind;
import io.callvault.json.ExactJson;
import io.callvault.ledger.DueItem;
import io.callvault.provider.Inquiry;
import io.callvault.provider.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the provider says of an item beside its record, where the operator wants that: asked once, when the item lies in the
 * spool and its plan is committed, and kept before it is stored anywhere. Whatever goes wrong, the item is stored.
 */
final class ItemMetadata {

    private static final Logger LOG = LoggerFactory.getLogger(ItemMetadata.class);
    private static final int TRIES = 3;

    /** Passing troubles of the provider; everything else would be the same the second time. */
    private static final List<ErrorCode> PASSING = List.of(ErrorCode.PROVIDER_BUSY, ErrorCode.PROVIDER_UNREACHABLE);

    /** Four members are documented; what is larger is something else. */
    private static final int LONGEST = 65_536; // bytes

    private final Bench bench;
    private final Customer customer;
    private final Lanes lanes;
    private final Set<String> feeds;

    ItemMetadata(Bench bench, Customer customer, Lanes lanes) {
        this.bench = bench;
        this.customer = customer;
        this.lanes = lanes;
        this.feeds = customer.feeds().stream()
                .filter(Feed::hasMetadata)
                .map(Feed::name)
                .collect(Collectors.toSet());
    }

    boolean isWanted(DueItem item) {
        return feeds.contains(item.feed());
    }

    /** Completes when it is kept, or cannot be had now. Reads the ledger, so not on the thread that commits. */
    CompletionStage<Void> keep(DueItem item) {
        return bench.ledger().hasMetadata(item.key())
                ? CompletableFuture.completedFuture(null)
                : attempt(item, customer.provider().metadataInquiry(customer.id(), item.key()), 1, false);
    }

    private CompletionStage<Void> attempt(DueItem item, Inquiry inquiry, int number, boolean isRenewed) {
        Lane lane = lanes.next();
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.GROUP, inquiry.group());
        variables.put(Variables.PURPOSE, Kind.CONTENT);
        variables.put(Variables.LOSS_AT, item.lossAt());
        variables.put(Variables.ITEM, item.key().item());
        variables.put(Variables.SUBJECT, inquiry.subject());
        variables.put(Variables.ADDRESS, inquiry.address());
        return bench.dispatcher()
                .send(customer.providerName() + "-inquiry", variables, null)
                .handleAsync(
                        (exchange, failure) -> failure == null
                                ? answered(item, inquiry, exchange)
                                : failed(item, inquiry, number, isRenewed, failure),
                        bench.workers())
                .thenCompose(next -> next);
    }

    private CompletionStage<Void> answered(DueItem item, Inquiry inquiry, Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        String raw = new String(body, StandardCharsets.UTF_8);
        return body.length <= LONGEST && isObject(raw)
                ? bench.ledger()
                        .keepMetadata(item.key(), raw, null, null, bench.clock().instant())
                : missing(
                        item,
                        "Tried to " + inquiry.subject() + " for customer " + customer.id()
                                + " but its provider answered with something that does not say");
    }

    private CompletionStage<Void> failed(
            DueItem item, Inquiry inquiry, int number, boolean isRenewed, Throwable failure) {
        ArchiveException ours = ArchiveException.in(failure);
        if (ours == null) {
            // What was cut off is asked by the next run.
            return Fetching.isCancelled(failure)
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(failure);
        }
        if (ours instanceof WaitException) {
            return attempt(item, inquiry, number, isRenewed);
        }
        if (ours.code() == ErrorCode.TOKEN_REJECTED && !isRenewed) {
            return attempt(item, inquiry, number, true);
        }
        if (PASSING.contains(ours.code()) && number < TRIES) {
            return bench.after(Duration.ofMillis(250L << number))
                    .thenCompose(done -> attempt(item, inquiry, number + 1, isRenewed));
        }
        return missing(item, ours.getMessage());
    }

    private CompletionStage<Void> missing(DueItem item, String sentence) {
        LOG.warn("{}; stored without", new SkipRecordException(ErrorCode.METADATA_MISSING, sentence).sentence());
        return bench.ledger()
                .keepMetadata(
                        item.key(),
                        null,
                        ErrorCode.METADATA_MISSING.name(),
                        sentence,
                        bench.clock().instant());
    }

    private static boolean isObject(String raw) {
        try {
            return ExactJson.MAPPER.readTree(raw).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
