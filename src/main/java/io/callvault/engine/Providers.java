// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.ProviderDeclaration;
import io.callvault.config.Secrets;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.provider.Account;
import io.callvault.provider.Provider;
import io.callvault.provider.ProviderParts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
}
