// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.error.ErrorCode;
import io.callvault.flow.Bench;
import io.callvault.flow.Customer;
import io.callvault.flow.Removing;
import io.callvault.ledger.Releases;
import io.callvault.provider.Removable;
import io.callvault.release.Hands;
import io.callvault.release.Releasing;
import io.callvault.release.Result;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Releases of an engine's customers, one after the other. */
public final class ReleaseWork {

    private final Configuration configuration;
    private final Bench bench;
    private final List<Customer> customers;
    private final Path directory;
    private volatile boolean isHalted;

    ReleaseWork(Configuration configuration, Bench bench, List<Customer> customers, Path directory) {
        this.configuration = configuration;
        this.bench = bench;
        this.customers = customers;
        this.directory = directory;
    }

    /** Releases one of them; see {@link Releasing#release}. */
    public Result of(String id) {
        Customer customer = customers.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        Removing removing = new Removing(
                bench, customer, configuration.customers().get(id).release().mode());
        return new Releasing(
                        ReleaseTerms.of(configuration, id, customer.provider(), bench.ledger()),
                        bench.ledger(),
                        bench.targets()::store,
                        directory,
                        bench.clock())
                .release(new Own(removing));
    }

    /** Begins no request any more. */
    void halt() {
        isHalted = true;
    }

    private final class Own implements Hands {

        private final Removing removing;

        private Own(Removing removing) {
            this.removing = removing;
        }

        @Override
        public void publish() {
            removing.publish();
        }

        @Override
        public Instant providerNow() {
            return removing.providerNow();
        }

        @Override
        public List<List<Releases.Candidate>> atOnce(String feed, List<Releases.Candidate> things) {
            Map<String, Releases.Candidate> byItem = byItem(things);
            return removing.atOnce(feed, removable(things)).stream()
                    .map(request -> candidates(byItem, request))
                    .toList();
        }

        @Override
        public Map<String, Outcome> remove(
                String feed, List<Releases.Candidate> things, Consumer<List<Releases.Candidate>> lastLook) {
            Map<String, Releases.Candidate> byItem = byItem(things);
            Map<String, Removing.Kept> kept = removing.remove(
                    feed, removable(things), leaving -> lastLook.accept(candidates(byItem, leaving)));
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            things.forEach(thing -> outcomes.put(thing.item(), outcome(kept.get(thing.item()))));
            return outcomes;
        }

        @Override
        public boolean isHalted() {
            return isHalted;
        }

        private static Outcome outcome(Removing.Kept kept) {
            if (kept == null) {
                return new Outcome(End.RELEASED, null, null);
            }
            return kept.code() == ErrorCode.CONTENT_MISSING
                    ? new Outcome(End.GONE, null, null)
                    : new Outcome(End.REFUSED, kept.code().name(), kept.evidence());
        }

        private static Map<String, Releases.Candidate> byItem(List<Releases.Candidate> things) {
            Map<String, Releases.Candidate> byItem = new HashMap<>();
            things.forEach(thing -> byItem.put(thing.item(), thing));
            return byItem;
        }

        private static List<Releases.Candidate> candidates(
                Map<String, Releases.Candidate> byItem, List<Removable> things) {
            return things.stream().map(thing -> byItem.get(thing.item())).toList();
        }

        private static List<Removable> removable(List<Releases.Candidate> things) {
            return things.stream()
                    .map(each -> new Removable(each.item(), each.recordId(), each.extension(), each.uri()))
                    .toList();
        }
    }
}
