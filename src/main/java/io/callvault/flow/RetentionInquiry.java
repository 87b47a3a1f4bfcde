// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.exchange.Variables;
import io.callvault.gate.Kind;
import io.callvault.ledger.Perishable;
import io.callvault.ledger.Retention;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.provider.Inquiry;
import io.callvault.provider.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a customer's provider how long it keeps things, beside listing and fetching, once for each {@link #want}: after the
 * first page has been had, so that a provider that is down or lets nobody in is not asked in vain. Without an answer the
 * last known times hold, or the documented ones. Whatever goes wrong here, nothing of the pass fails by it.
 */
final class RetentionInquiry {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionInquiry.class);

    /** Refusals that are nothing to tell: the user may not read the account's settings, or there are none. */
    private static final List<ErrorCode> REFUSALS = List.of(ErrorCode.PERMISSION_MISSING, ErrorCode.LISTING_UNREADABLE);

    /** The forecast looks back as far: items stored since then tell it how long things are kept. */
    private static final Duration FORECAST = Duration.ofDays(30);

    /** A little less than a day, so that who archives once a day asks once a day. */
    private static final Duration ASKED_EVERY = Duration.ofHours(20);

    private static final int PAGE = 500;

    private final Bench bench;
    private final Customer customer;
    private final Lanes lanes;
    private boolean isWanted;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private volatile boolean isOver;

    RetentionInquiry(Bench bench, Customer customer, Lanes lanes) {
        this.bench = bench;
        this.customer = customer;
        this.lanes = lanes;
    }

    /** It is time to ask again, unless an earlier run did a short while ago: settings seldom change, and each request counts. */
    void want() {
        Instant before = bench.clock().instant().minus(ASKED_EVERY);
        boolean isLongAgo = bench.ledger()
                .retentions().askedAt(customer.id())
                .map(at -> at.isBefore(before))
                .orElse(true);
        synchronized (this) {
            isWanted = isLongAgo;
        }
    }

    /** The provider answered a page: it is there, and lets us in. Begins what is wanted and returns at once. */
    void reached() {
        CompletableFuture<Void> begun;
        synchronized (this) {
            if (!isWanted || isOver || !running.isDone()) {
                return;
            }
            isWanted = false;
            begun = new CompletableFuture<>();
            running = begun;
        }
        bench.workers().execute(() -> ask().whenComplete((done, failure) -> {
            if (failure != null) {
                tell(bench.ours(failure));
            }
            begun.complete(null);
        }));
    }

    /** Ends it, after so much patience for what has been begun. Blocks. */
    void end(Duration patience) {
        CompletableFuture<Void> begun;
        synchronized (this) {
            begun = running;
        }
        try {
            begun.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("Customer {}: its provider has not said yet how long it keeps things", customer.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it completes well, always", e);
        } finally {
            isOver = true;
        }
    }

    private CompletionStage<Void> ask() {
        List<String> feeds = customer.feeds().stream().map(Feed::name).toList();
        return ask(customer.provider().retentionInquiries(customer.id(), feeds), new HashMap<>());
    }

    /** Asks one after the other, so that a refusal for a time is met by one request. */
    private CompletionStage<Void> ask(List<Inquiry> left, Map<String, Duration> learned) {
        if (left.isEmpty() || isOver) {
            return CompletableFuture.runAsync(() -> keep(learned, left.isEmpty()), bench.workers());
        }
        Inquiry inquiry = left.get(0);
        Lane lane = lanes.working().get(0);
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.GROUP, inquiry.group());
        variables.put(Variables.PURPOSE, Kind.LISTING);
        variables.put(Variables.SUBJECT, inquiry.subject());
        variables.put(Variables.ADDRESS, inquiry.address());
        return bench.dispatcher()
                .send(customer.providerName() + "-inquiry", variables, null)
                .handleAsync((exchange, failure) -> answered(inquiry, exchange, failure, learned), bench.workers())
                .thenCompose(goesOn -> goesOn
                        ? ask(left.subList(1, left.size()), learned)
                        : CompletableFuture.runAsync(() -> keep(learned, false), bench.workers()));
    }

    /** @return false when the provider is not to be asked anything more */
    private boolean answered(Inquiry inquiry, Exchange exchange, Throwable failure, Map<String, Duration> learned) {
        try {
            if (failure == null) {
                byte[] body = exchange.getMessage().getBody(byte[].class);
                learned.putAll(customer.provider().readRetention(customer.id(), inquiry, body));
                return true;
            }
            if (Fetching.isCancelled(failure)) {
                return false;
            }
            ArchiveException ours = ArchiveException.in(failure);
            tell(ours != null ? ours : bench.ours(failure));
            return ours != null && REFUSALS.contains(ours.code());
        } catch (RuntimeException e) {
            tell(bench.ours(e));
            return true;
        }
    }

    /** What was begun and could not be ended, because the pass is over, is nobody's concern. */
    private void tell(ArchiveException failure) {
        if (isOver || REFUSALS.contains(failure.code())) {
            LOG.debug("{}", failure.sentence());
        } else {
            LOG.warn("{}; what was known before holds, and nothing else depends on it", failure.sentence());
        }
    }

    /**
     * First the new times hold for what is listed from now on, then they are kept, then they go for what is there.
     *
     * @param isWhole true when everything was answered or refused: then nothing is asked again for a while
     */
    private void keep(Map<String, Duration> learned, boolean isWhole) {
        Map<String, Duration> known = new LinkedHashMap<>();
        boolean isApplied = true;
        for (Retention each : bench.ledger().retentions().of(customer.id())) {
            known.put(each.name(), each.kept());
            isApplied &= each.isApplied();
        }
        learned.forEach((name, kept) -> {
            Duration before = known.get(name);
            if (before != null && !before.equals(kept)) {
                LOG.info(
                        "Customer {}: its account keeps what is called {} for {} days now, {} before",
                        customer.id(),
                        name,
                        kept.toDays(),
                        before.toDays());
            }
        });
        Map<String, Duration> all = new LinkedHashMap<>(known);
        all.putAll(learned);
        boolean isNew = !all.equals(known);
        if (isOver) {
            return;
        }
        if (!learned.isEmpty() || !isApplied) {
            customer.provider().keeps(customer.id(), all);
            bench.ledger().retentions().keep(customer.id(), learned, bench.clock().instant()).join();
        }
        if (isNew || !isApplied) {
            if (!reckon()) {
                return;
            }
            bench.ledger().retentions().applied(customer.id()).join();
        }
        if (isWhole) {
            bench.ledger().retentions().asked(customer.id(), bench.clock().instant()).join();
        }
    }

    /** @return false if it was ended before its end */
    private boolean reckon() {
        Instant since = bench.clock().instant().minus(FORECAST);
        String after = "";
        List<Perishable> page;
        do {
            page = bench.ledger().retentions().perishable(customer.id(), since, after, PAGE);
            Map<String, Instant> changed = new HashMap<>();
            for (Perishable each : page) {
                after = each.item();
                reckon(each, changed);
            }
            if (!changed.isEmpty()) {
                bench.ledger().retentions().changeLossAt(customer.id(), changed).join();
            }
        } while (page.size() == PAGE && !isOver);
        return page.size() < PAGE;
    }

    private void reckon(Perishable perishable, Map<String, Instant> changed) {
        ListedRecord record = customer.provider()
                .record(customer.id(), perishable.feed(), perishable.recordId(), perishable.raw());
        for (ListedItem item : record.items()) {
            if (item.id().equals(perishable.item())) {
                Instant lossAt = customer.provider().lossAt(customer.id(), record, item);
                if (!Objects.equals(lossAt, perishable.lossAt())) {
                    changed.put(item.id(), lossAt);
                }
            }
        }
    }
}
