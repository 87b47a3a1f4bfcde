// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.ProviderDeclaration;
import io.callvault.config.Secrets;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.gate.Alarm;
import io.callvault.gate.GateWatch;
import io.callvault.gate.Gates;
import io.callvault.provider.Account;
import io.callvault.provider.Provider;
import io.callvault.provider.ProviderParts;
import io.callvault.flow.Customer;
import io.callvault.ledger.Retention;
import io.callvault.flow.Exclusions;
import io.callvault.flow.Feed;
import io.callvault.provider.Lane;
import io.callvault.store.PathTemplate;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Providers as the routes directory declares them, and customers as they take them in. */
final class Providers {

    private Providers() {}

    /**
     * One of each that is declared, by name.
     *
     * @throws StopAllException if a class cannot be used
     */
    static Map<String, Provider> of(Configuration configuration, ProviderParts parts) {
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (ProviderDeclaration declaration : configuration.providers().values()) {
            try {
                providers.put(
                        declaration.provider(),
                        (Provider) Class.forName(declaration.className())
                                .getConstructor(ProviderParts.class)
                                .newInstance(parts));
            } catch (ReflectiveOperationException | ClassCastException e) {
                throw new StopAllException(
                        ErrorCode.CONFIGURATION,
                        "Tried to make provider " + declaration.provider() + " but its class "
                                + declaration.className() + " cannot be used: " + e,
                        e);
            }
        }
        return providers;
    }

    /** The same for who asks none of them anything: they only read what is known. */
    static Map<String, Provider> silent(Configuration configuration, Clock clock) {
        IllegalStateException nobody = new IllegalStateException("no provider is asked here");
        return of(
                configuration,
                new ProviderParts(
                        clock,
                        new Gates(clock, Alarm.NEVER, Runnable::run, GateWatch.NONE),
                        (provider, lane) -> CompletableFuture.failedFuture(nobody),
                        pause -> CompletableFuture.failedFuture(nobody)));
    }

    /** @param secrets what of them is resolved; a secret that is not is masked, and good for nothing but being there */
    static Account account(CustomerSettings settings, Secrets secrets) {
        Map<String, List<String>> own = new HashMap<>();
        settings.own().byName().forEach((key, value) -> {
            List<String> resolved = secrets.ofCustomer(settings.id(), key);
            own.put(
                    key,
                    resolved.isEmpty()
                            ? settings.own().list(key, Object.class).stream()
                                    .map(Object::toString)
                                    .toList()
                            : resolved);
        });
        return new Account(settings.id(), own);
    }

    /**
     * A customer, taken in by its provider.
     *
     * @param learned how long its provider keeps things, as the ledger remembers it
     */
    static Customer customer(
            Configuration configuration,
            String id,
            Secrets secrets,
            Map<String, Provider> providers,
            List<Retention> learned,
            Clock clock) {
        CustomerSettings settings = configuration.customers().get(id);
        ProviderDeclaration declaration = configuration.providerOf(settings);
        Provider provider = providers.get(settings.provider());
        List<Lane> lanes = provider.open(account(settings, secrets));
        provider.keeps(id, learned.stream().collect(Collectors.toMap(Retention::name, Retention::kept)));
        List<Feed> feeds = settings.feeds().stream()
                .map(name -> declaration.feeds().get(name))
                .map(feed -> new Feed(feed.name(), feed.listing(), feed.content(), feed.parts(), feed.fallback(), settings.requestsAnItem(feed) > 1, feed.window(), feed.longest()))
                .toList();
        return new Customer(
                settings.id(),
                settings.provider(),
                provider,
                lanes,
                feeds,
                settings.targets(),
                new Exclusions(settings.exclude()),
                PathTemplate.parse(settings.path()),
                settings.timeZone(),
                settings.firstRunFrom(clock.instant()),
                settings.lookBack());
    }
}
