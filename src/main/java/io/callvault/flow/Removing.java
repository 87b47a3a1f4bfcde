// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.exchange.Variables;
import io.callvault.gate.Kind;
import io.callvault.model.ReleaseMode;
import io.callvault.provider.Answers;
import io.callvault.provider.Inquiry;
import io.callvault.provider.Lane;
import io.callvault.provider.Probe;
import io.callvault.provider.Removable;
import io.callvault.provider.Removal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * Asks one customer's provider to give things up, through its gates, and repeats what passes: at most three tries a request,
 * after a refused token one more, and as often as the provider says wait. Blocks; for one thread.
 */
public final class Removing {

    private static final int TRIES = 3;

    private final Bench bench;
    private final Customer customer;
    private final ReleaseMode mode;
    private final Lanes lanes;
    private final Journals journals;

    public Removing(Bench bench, Customer customer, ReleaseMode mode) {
        this.bench = bench;
        this.customer = customer;
        this.mode = mode;
        this.lanes = new Lanes(customer.lanes());
        this.journals = new Journals(bench, customer, failure -> {
            throw failure;
        });
        bench.door().open(customer);
    }

    /** Thing and failure of what the provider did not give up; {@code CONTENT_MISSING} says that it had it no more. */
    public record Kept(ErrorCode code, String evidence) {}

    /** Brings all that happened into every target's journal, or fails with the first that cannot be written. */
    public void publish() {
        journals.publish(() -> true);
    }

    /** The {@code Date} of an answer to the cheapest request; null when it has none. */
    public Instant providerNow() {
        List<String> feeds = customer.feeds().stream().map(Feed::name).toList();
        Probe probe = customer.provider().probes(customer.id(), feeds).get(0);
        String date = patiently(lane ->
                        send("-look", variables(lane, probe.group(), probe.subject(), probe.address())))
                .getMessage()
                .getBody(Answers.Noted.class)
                .date();
        try {
            return date == null
                    ? null
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** See {@link io.callvault.provider.Provider#removedAtOnce}. */
    public List<List<Removable>> atOnce(String feed, List<Removable> things) {
        return customer.provider().removedAtOnce(customer.id(), feed, mode, things);
    }

    /**
     * Asks for one list. One that is refused because of some of it is asked for one by one.
     *
     * @param lastLook run each time right before a request leaves, with what is in it; fails when that must not be asked for
     * @return by the item, those that the provider did not give up, or did not have
     * @throws TryAgainException if nobody knows what became of it
     * @throws ArchiveException if nothing more is to be asked
     */
    public Map<String, Kept> remove(String feed, List<Removable> things, Consumer<List<Removable>> lastLook) {
        try {
            Map<String, Kept> kept = new LinkedHashMap<>();
            ask(feed, things, lastLook).forEach((item, why) -> kept.put(item, new Kept(ErrorCode.RELEASE_REFUSED, why)));
            return kept;
        } catch (SkipRecordException e) {
            if (things.size() == 1) {
                String evidence = e.evidence() == null ? e.sentence() : e.sentence() + " | " + e.evidence();
                return Map.of(things.get(0).item(), new Kept(e.code(), evidence));
            }
            Map<String, Kept> kept = new LinkedHashMap<>();
            things.forEach(thing -> kept.putAll(remove(feed, List.of(thing), lastLook)));
            return kept;
        }
    }

    /** @return what was kept all the same, with the reason */
    private Map<String, String> ask(String feed, List<Removable> things, Consumer<List<Removable>> lastLook) {
        Removal removal = customer.provider().removal(customer.id(), feed, mode, things);
        Exchange done = patiently(lane -> {
            if (removal.look() != null && isDone(lane, removal)) {
                return null;
            }
            Map<String, Object> variables = variables(lane, removal.group(), removal.subject(), removal.address());
            variables.put(Variables.REMOVAL, removal);
            variables.put(Variables.LAST_LOOK, (Runnable) () -> lastLook.accept(things));
            return send("-removal", variables);
        });
        return done == null
                ? Map.of()
                : customer.provider()
                        .notRemoved(customer.id(), mode, things, done.getMessage().getBody(byte[].class));
    }

    private boolean isDone(Lane lane, Removal removal) {
        Inquiry look = removal.look();
        Map<String, Object> variables = variables(lane, look.group(), look.subject(), look.address());
        variables.put(Variables.REMOVAL, removal); // that it is not there means something then
        byte[] body = send("-look", variables).getMessage().getBody(Answers.Noted.class).body();
        return customer.provider().isRemoved(body);
    }

    private interface Request {
        Exchange send(Lane lane);
    }

    /** Sends a request until it is answered, or fails with what is not to be waited for. */
    private Exchange patiently(Request request) {
        int failures = 0;
        boolean isRenewed = false;
        while (true) {
            Lane lane = lanes.next();
            try {
                return request.send(lane);
            } catch (WaitException e) {
                // The gate is shut as long, and holds the next try.
            } catch (TryAgainException e) {
                boolean isToken = e.code() == ErrorCode.TOKEN_REJECTED && !isRenewed;
                isRenewed |= isToken;
                if (!isToken && ++failures >= TRIES) {
                    throw e;
                }
                bench.after(Duration.ofMillis(250L << failures)).toCompletableFuture().join();
            } catch (StopCustomerException e) {
                if (!lanes.leaveOut(lane, e)) {
                    throw e;
                }
            }
        }
    }

    private Map<String, Object> variables(Lane lane, String group, String subject, String address) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.GROUP, group);
        variables.put(Variables.PURPOSE, Kind.CONTENT);
        variables.put(Variables.SUBJECT, subject);
        variables.put(Variables.ADDRESS, address);
        return variables;
    }

    private Exchange send(String route, Map<String, Object> variables) {
        try {
            return bench.dispatcher()
                    .send(customer.providerName() + route, variables, null)
                    .join();
        } catch (CompletionException | CancellationException e) {
            if (Fetching.isCancelled(e)) {
                throw new StopCustomerException(
                        ErrorCode.RELEASE_HELD_UP, "The release of customer " + customer.id() + " was interrupted");
            }
            throw bench.ours(e);
        }
    }
}
