// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.Secrets;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.provider.Provider;
import io.callvault.release.Releasing;
import io.callvault.release.Result;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;

/** Releases of some customers being tried: targets and the ledger, and providers that read records and ask nothing. No lock. */
public final class Rehearsal implements AutoCloseable {

    private final Configuration configuration;
    private final Path directory;
    private final Clock clock;
    private final Secrets secrets;
    private final TargetsOnly targets;
    private final Ledger ledger;
    private final Map<String, Provider> providers;

    private Rehearsal(Configuration configuration, Collection<String> ids, Path directory, Clock clock) {
        this.configuration = configuration;
        this.directory = directory;
        this.clock = clock;
        this.secrets = configuration.resolveTargetSecrets(ids).orStop();
        this.targets = TargetsOnly.start(configuration, ids);
        try {
            this.ledger = Ledgers.open(configuration.ledger().value(), clock);
        } catch (RuntimeException e) {
            targets.close();
            throw e;
        }
        this.providers = Providers.silent(configuration, clock);
    }

    /**
     * Starts the targets of these customers. Their own secrets are not needed.
     *
     * @param directory for temporary files; empty, and removed by the caller
     * @throws io.callvault.error.StopAllException if nothing can work
     */
    public static Rehearsal start(Configuration configuration, Collection<String> ids, Path directory, Clock clock) {
        return new Rehearsal(configuration, ids, directory, clock);
    }

    /** Tries one of them; see {@link Releasing#rehearse}. */
    public Result of(String id) {
        CustomerSettings settings = configuration.customers().get(id);
        Provider provider = providers.get(settings.provider());
        provider.open(Providers.account(settings, secrets));
        return new Releasing(
                        ReleaseTerms.of(configuration, id, provider, ledger), ledger, targets::store, directory, clock)
                .rehearse();
    }

    @Override
    public void close() {
        ledger.close();
        targets.close();
    }
}
