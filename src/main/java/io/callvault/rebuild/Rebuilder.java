// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import io.callvault.audit.Finding;
import io.callvault.audit.ReadBack;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Rebuild;
import io.callvault.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Makes a customer's ledger again from the journals and objects of its targets: whole, or not at all. */
public final class Rebuilder implements AutoCloseable {

    /** How far back a journal is looked for day by day where nothing says when it began. */
    private static final int YEARS = 10;

    private static final int AT_ONCE = 16;

    private final Ledger ledger;
    private final Function<String, Store> stores;
    private final Path directory;
    private final Clock clock;
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE);

    /**
     * @param stores the store of a target's name
     * @param directory for copies of the journals; empty, and removed by the caller
     */
    public Rebuilder(Ledger ledger, Function<String, Store> stores, Path directory, Clock clock) {
        this.ledger = ledger;
        this.stores = stores;
        this.directory = directory;
        this.clock = clock;
    }

    /** Journal objects copied until now, for whoever shows how it goes. */
    public long copied() {
        return copied.get();
    }

    /** Of them, those that were told to the ledger. */
    public long told() {
        return told.get();
    }

    /**
     * Makes it again. Blocks.
     *
     * @param targets all that the customer has
     * @param prefix begins the paths of the customer's objects; empty when that depends on the record
     * @throws StopAllException LEDGER_NOT_EMPTY if the ledger knows the customer already
     * @throws io.callvault.error.ArchiveException what a target says that cannot be read; nothing is changed then
     */
    public Rebuilt rebuild(String customer, List<String> targets, String prefix, Readings readings) {
        try {
            return ledger.rebuild(rebuild -> rebuild(rebuild, customer, targets, prefix, readings))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw e;
        }
    }

    private Rebuilt rebuild(
            Rebuild rebuild, String customer, List<String> targets, String prefix, Readings readings) {
        if (!rebuild.isEmpty(customer)) {
            throw new StopAllException(
                    ErrorCode.LEDGER_NOT_EMPTY,
                    "Tried to rebuild the ledger of customer " + customer + " but it already knows this customer;"
                            + " nothing was changed. If it is an old copy or was begun anew after a loss, move it away and"
                            + " run callvault rebuild again");
        }
        Map<String, Store> open = new LinkedHashMap<>();
        targets.forEach(target -> open.put(target, stores.apply(target)));
        List<String> unlisted =
                targets.stream().filter(target -> !open.get(target).lists()).toList();
        List<Chain> chains = chains(customer, open, unlisted);
        List<Finding> findings = new ArrayList<>();
        chains.forEach(chain -> findings.addAll(chain.findings()));
        // The best first: what others tell beside it is then known already.
        List<Chain> best = new ArrayList<>(chains);
        best.sort(Comparator.comparing((Chain chain) -> !chain.findings().isEmpty())
                .thenComparing(chain -> -chain.links().size()));
        Replay replay = new Replay(customer, rebuild, readings, findings, told::incrementAndGet);
        best.forEach(replay::tell);
        long adopted = 0;
        for (String target : targets) {
            Store store = open.get(target);
            adopted += new Adoption(customer, rebuild, askers, clock)
                    .at(target, store, new ReadBack(store, directory), prefix);
        }
        long unstored = rebuild.conclude(customer, targets);
        Map<String, String> heads = new LinkedHashMap<>();
        long objects = 0;
        for (Chain chain : chains) {
            int size = chain.links().size();
            heads.put(chain.target(), size == 0 ? null : chain.links().get(size - 1).sha256());
            objects += size;
        }
        return new Rebuilt(customer, heads, objects, adopted, unstored, findings, unlisted);
    }

    /** Those that can be listed first: they say when the others may have begun. */
    private List<Chain> chains(String customer, Map<String, Store> open, List<String> unlisted) {
        Map<String, Chain> chains = new LinkedHashMap<>();
        open.forEach((target, store) -> chains.put(target, null));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        open.forEach((target, store) -> {
            if (!unlisted.contains(target)) {
                List<String[]> twice = new ArrayList<>();
                Map<Long, String> paths = new ChainSearch(store, customer)
                        .listed((path, other) -> twice.add(new String[] {path, other}));
                Chain chain = chain(customer, target, paths, store);
                twice.forEach(pair -> chain.twice(pair[0], pair[1]));
                chains.put(target, chain);
            }
        });
        LocalDate first = chains.values().stream()
                .filter(Objects::nonNull)
                .flatMap(chain -> chain.links().stream())
                .map(Chain.Link::at)
                .filter(Objects::nonNull)
                .min(Comparator.<Instant>naturalOrder())
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC).minusDays(1))
                .orElse(today.minusYears(YEARS));
        for (String target : unlisted) {
            Store store = open.get(target);
            Map<Long, String> paths = new ChainSearch(store, customer).asked(first, today);
            chains.put(target, chain(customer, target, paths, store));
        }
        return List.copyOf(chains.values());
    }

    private Chain chain(String customer, String target, Map<Long, String> paths, Store store) {
        return new Chain(
                customer, target, paths, new ReadBack(store, directory), directory, copied::incrementAndGet);
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
