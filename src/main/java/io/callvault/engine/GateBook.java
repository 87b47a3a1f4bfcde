// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.error.ErrorCode;
import io.callvault.config.Configuration;
import io.callvault.config.GateSettings;
import io.callvault.flow.Customer;
import io.callvault.gate.Gate;
import io.callvault.gate.GateKey;
import io.callvault.gate.GateLimits;
import io.callvault.gate.GateMemory;
import io.callvault.gate.GateStatus;
import io.callvault.gate.GateWatch;
import io.callvault.gate.Gates;
import io.callvault.ledger.GateRecord;
import io.callvault.ledger.Ledger;
import io.callvault.provider.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in the ledger what gates know, for the next process, and says in the log what an operator should know of them. */
final class GateBook implements GateWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GateBook.class);

    private final Ledger ledger;
    private final Clock clock;
    private final Map<String, List<User>> users = new ConcurrentHashMap<>();
    private final Map<GateKey, GateMemory> committed = new ConcurrentHashMap<>();

    GateBook(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What a gate starts with, by provider and group. */
    static BiFunction<String, String, GateLimits> limits(Configuration configuration) {
        return (provider, group) -> {
            GateSettings settings = configuration.gate(provider, group);
            return new GateLimits(settings.limit(), settings.window(), settings.share());
        };
    }

    /** Its lanes' gates are kept and named from now on. */
    void add(Customer customer) {
        for (Lane lane : customer.lanes()) {
            users.computeIfAbsent(lane.identity(), missing -> new CopyOnWriteArrayList<>())
                    .add(new User(customer.id(), lane.number(), customer.providerName()));
        }
    }

    /**
     * Opens every gate that an earlier process kept, as it was, and marks it as in use: should this process die, the next
     * one finds what it left to be unclean.
     *
     * @param limits what a gate starts with, by provider and group
     * @param inherited what is known better, from an engine of this process that has ended
     */
    void resume(
            Gates gates, BiFunction<String, String, GateLimits> limits, Map<GateKey, GateMemory> inherited) {
        Map<GateKey, GateRecord> newest = new HashMap<>();
        Map<GateKey, String> providers = new HashMap<>();
        List<GateRecord> kept = ledger.gates();
        users.forEach((identity, sharing) -> sharing.forEach(user -> kept.stream()
                .filter(gate -> gate.customer().equals(user.customer()) && gate.lane().equals(user.lane()))
                .forEach(gate -> {
                    GateKey key = new GateKey(identity, gate.group());
                    newest.merge(key, gate, GateBook::newer);
                    providers.put(key, user.provider());
                })));
        inherited.forEach((key, memory) -> users.getOrDefault(key.lane(), List.of()).stream()
                .findFirst()
                .ifPresent(user -> {
                    newest.remove(key);
                    gates.resume(key, limits.apply(user.provider(), key.group()), memory, memory.isWindowKnown());
                }));
        newest.forEach((key, gate) -> {
            GateLimits configured = limits.apply(providers.get(key), gate.group());
            gates.resume(key, configured, memory(gate, configured), gate.pace().isClean());
        });
        keepAll(gates, false);
    }

    /** Each customer of a gate has a row of it; one that did not work lately has an old one. */
    private static GateRecord newer(GateRecord one, GateRecord other) {
        Instant first = one.pace().keptAt();
        Instant second = other.pace().keptAt();
        return second == null || (first != null && !second.isAfter(first)) ? one : other;
    }

    /**
     * Gates of which nothing new is known are left as they stand in the ledger: with many customers nearly all are.
     *
     * @param isEnd true when nothing is sent any more
     */
    void keepAll(Gates gates, boolean isEnd) {
        CompletableFuture.allOf(gates.all().stream()
                        .filter(gate -> isEnd || !isCommitted(gate))
                        .map(gate -> keep(gate, isEnd))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** One that is closed is kept again and again, so that how long it still is to be closed is known to the second. */
    private boolean isCommitted(Gate gate) {
        GateMemory memory = gate.memory();
        return memory.closedUntil() == null && memory.equals(committed.get(gate.key()));
    }

    @Override
    public CompletableFuture<Void> keep(Gate gate) {
        return keep(gate, false);
    }

    /** One at a time, so that what is committed last is what was so last. */
    private synchronized CompletableFuture<Void> keep(Gate gate, boolean isEnd) {
        GateMemory memory = gate.memory();
        GateStatus status = gate.status();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (User user : users.getOrDefault(gate.key().lane(), List.of())) {
            all.add(ledger.keepGate(new GateRecord(
                    user.customer(),
                    user.lane(),
                    gate.key().group(),
                    status.limit(),
                    status.windowSeconds(),
                    memory.requests(),
                    memory.refused(),
                    memory.closedUntil(),
                    new GateRecord.Pace(
                            status.group(),
                            memory.isLearned(),
                            isEnd && memory.isWindowKnown(),
                            clock.instant(),
                            memory.sent().stream()
                                    .map(sent -> new GateRecord.Sent(sent.at(), sent.requests()))
                                    .toList()))));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenRun(() -> committed.put(gate.key(), memory));
    }

    private GateMemory memory(GateRecord kept, GateLimits limits) {
        GateLimits learned = kept.pace().isLearned() && kept.limit() > 0 && kept.windowSeconds() > 0
                ? new GateLimits(kept.limit(), Duration.ofSeconds(kept.windowSeconds()), limits.share())
                : limits;
        return new GateMemory(
                learned,
                kept.pace().isLearned(),
                true,
                kept.requests(),
                kept.refused(),
                closedUntil(kept),
                kept.pace().sent().stream()
                        .map(sent -> new GateMemory.Sent(sent.at(), sent.requests()))
                        .toList());
    }

    /** Never longer than it was to be when it was kept, though the clock has been set back since. */
    private Instant closedUntil(GateRecord kept) {
        if (kept.closedUntil() == null || kept.pace().keptAt() == null) {
            return kept.closedUntil();
        }
        Instant latest = clock.instant().plus(Duration.between(kept.pace().keptAt(), kept.closedUntil()));
        return kept.closedUntil().isBefore(latest) ? kept.closedUntil() : latest;
    }

    @Override
    public void closed(Gate gate, Reason reason, Instant until) {
        String why =
                switch (reason) {
                    case REFUSED -> "the provider refused a request (429): the budget is used up";
                    case ASKED_TO_WAIT -> "the provider asked to wait";
                    case OUTAGE -> "nothing gets through to the provider";
                    case UNKNOWN_WINDOW -> "the process before this one was cut off and no answer says how much it had"
                            + " used up, so one window is waited";
                };
        LOG.warn(
                "{} is closed until {}: {}. It opens by itself{}",
                name(gate),
                until.truncatedTo(ChronoUnit.SECONDS),
                why,
                reason == Reason.REFUSED ? " [" + ErrorCode.BUDGET_EXHAUSTED + "]" : "");
    }

    @Override
    public void opened(Gate gate, Duration after) {
        LOG.info("{} is open again after {} s", name(gate), Math.max(1, after.toSeconds()));
    }

    @Override
    public void limitLearned(Gate gate, GateLimits before, GateLimits now) {
        LOG.info(
                "{}: the provider allows {} requests in {} s; {} in {} s was assumed before",
                name(gate),
                now.limit(),
                now.window().toSeconds(),
                before.limit(),
                before.window().toSeconds());
    }

    @Override
    public void othersNoticed(Gate gate, int requests) {
        GateStatus status = gate.status();
        LOG.warn(
                "{}: somebody else uses this budget too, {} of {} requests in {} s, and gets what they use. Give Callvault an"
                        + " application of its own, or keep something for them with gate.{}.{}.share",
                name(gate),
                requests,
                status.limit(),
                status.windowSeconds(),
                users.getOrDefault(gate.key().lane(), List.of()).stream()
                        .map(User::provider)
                        .findFirst()
                        .orElse("<provider>"),
                gate.key().group());
    }

    /** In the operator's words: its group, and whose it is. */
    private String name(Gate gate) {
        List<User> sharing = users.getOrDefault(gate.key().lane(), List.of());
        String whose = sharing.isEmpty()
                ? ""
                : " of customer " + sharing.get(0).customer() + ", lane "
                        + sharing.get(0).lane()
                        + (sharing.size() > 1 ? " (and " + (sharing.size() - 1) + " more that share it)" : "");
        return "Gate " + gate.status().group() + whose;
    }

    private record User(String customer, String lane, String provider) {}
}
