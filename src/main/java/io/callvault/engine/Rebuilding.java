// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.ProviderDeclaration;
import io.callvault.config.Secrets;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.WorkLock;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.provider.Provider;
import io.callvault.rebuild.Readings;
import io.callvault.rebuild.Rebuilder;
import io.callvault.rebuild.Rebuilt;
import io.callvault.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Some customers' ledgers being rebuilt: targets and the lock, and providers that read records and ask nothing. */
public final class Rebuilding implements AutoCloseable {

    private final Configuration configuration;
    private final Secrets secrets;
    private final TargetsOnly targets;
    private final WorkLock workLock;
    private final Ledger ledger;
    private final Rebuilder rebuilder;
    private final Map<String, Provider> providers;

    private Rebuilding(Configuration configuration, Collection<String> ids, Path directory, Clock clock) {
        this.configuration = configuration;
        this.secrets = configuration.resolveTargetSecrets(ids).orStop();
        this.targets = TargetsOnly.start(configuration, ids);
        try {
            this.workLock = WorkLock.take(
                    configuration.home(), configuration.ledger().value(), "rebuild", clock, () -> Runtime.getRuntime()
                            .halt(5));
        } catch (RuntimeException e) {
            targets.close();
            throw e;
        }
        try {
            this.ledger = Ledgers.open(configuration.ledger().value(), clock);
        } catch (RuntimeException e) {
            workLock.close();
            targets.close();
            throw e;
        }
        this.rebuilder = new Rebuilder(ledger, targets::store, directory, clock);
        this.providers = Providers.silent(configuration, clock);
    }

    /**
     * Takes the lock and starts the targets of these customers. Their own secrets are not needed.
     *
     * @param directory for copies of the journals; empty, and removed by the caller
     * @throws StopAllException if nothing can work
     */
    public static Rebuilding start(Configuration configuration, Collection<String> ids, Path directory, Clock clock) {
        return new Rebuilding(configuration, ids, directory, clock);
    }

    /** Rebuilds one of them; see {@link Rebuilder#rebuild}. */
    public Rebuilt rebuild(String id) {
        CustomerSettings settings = configuration.customers().get(id);
        Provider provider = providers.get(settings.provider());
        provider.open(Providers.account(settings, secrets));
        String prefix = settings.path().startsWith("{customer}/") ? id + "/" : "";
        return rebuilder.rebuild(
                id, settings.targets(), prefix, new AsListed(id, provider, configuration.providerOf(settings)));
    }

    /** How far it has come, for people. */
    public String progress() {
        return String.format(
                Locale.ROOT, "%,d journal objects copied, %,d told to the ledger", rebuilder.copied(), rebuilder.told());
    }

    public Ledger ledger() {
        return ledger;
    }

    /** A target by its name. */
    public Store store(String target) {
        return targets.store(target);
    }

    @Override
    public void close() {
        rebuilder.close();
        ledger.close();
        workLock.close();
        targets.close();
    }

    /** Records as the provider reads them. */
    private record AsListed(String customer, Provider provider, ProviderDeclaration declaration) implements Readings {

        @Override
        public ListedRecord record(String feed, String recordId, String raw) {
            if (!declaration.feeds().containsKey(feed)) {
                throw new StopAllException(
                        ErrorCode.CONFIGURATION,
                        "Tried to rebuild the ledger of customer " + customer + " but its journal tells of the feed " + feed
                                + ", which provider " + declaration.provider() + " does not have: set the provider that"
                                + " the journal is of");
            }
            return provider.record(customer, feed, recordId, raw);
        }

        @Override
        public Instant lossAt(ListedRecord record, ListedItem item) {
            return provider.lossAt(customer, record, item);
        }

        @Override
        public String group(String feed) {
            return declaration.feeds().get(feed).content();
        }
    }
}
