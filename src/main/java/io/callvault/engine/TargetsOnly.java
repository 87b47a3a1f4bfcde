// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.TargetSettings;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.store.RouteStore;
import io.callvault.store.Store;
import java.util.Collection;
import java.util.List;
import org.apache.camel.main.Main;

/**
 * The targets of some customers, and nothing else at work: no provider, no lock, no route file. For commands that look at
 * what is archived while perhaps another process archives.
 */
public final class TargetsOnly implements AutoCloseable {

    private final Main main = new Main();

    private TargetsOnly(Configuration configuration, List<TargetSettings> targets) {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(CamelDefaults.properties(configuration, List.of(), targets));
        main.configure().addRoutesBuilder(new CustomerRoutes(List.of(), targets));
        main.addMainListener(new ContextParts(configuration.file().getParent()));
        try {
            main.start();
        } catch (Exception e) {
            main.stop();
            throw new StopAllException(ErrorCode.CONFIGURATION, StartFailure.sentence(e, configuration.routes()), e);
        }
    }

    /**
     * Starts the targets of these customers.
     *
     * @throws StopAllException if a secret of a target is missing or its Kamelet cannot be started
     */
    public static TargetsOnly start(Configuration configuration, Collection<String> customers) {
        configuration.resolveTargetSecrets(customers).orStop();
        return new TargetsOnly(configuration, configuration.targetsOf(customers));
    }

    /** One of them by its name. */
    public Store store(String target) {
        return new RouteStore(main.getCamelContext().createProducerTemplate(), target);
    }

    @Override
    public void close() {
        main.stop();
    }
}
