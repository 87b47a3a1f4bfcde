// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.TargetSettings;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.store.RouteStore;
import io.callvault.store.Store;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.main.Main;

/**
 * The targets of some customers, and nothing else at work: no provider, no lock, no route file. For commands that look at
 * what is archived while perhaps another process archives.
 */
public final class TargetsOnly implements AutoCloseable {

    private final Main main = new Main();

    private TargetsOnly(Configuration configuration, List<TargetSettings> targets) {
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.putAll(configuration.others());
        properties.setProperty("camel.main.routesIncludePattern", "false");
        properties.setProperty(
                "camel.component.kamelet.location",
                "file:" + configuration.routes().resolve("store"));
        for (TargetSettings target : targets) {
            target.values()
                    .forEach((key, value) -> properties.setProperty(
                            "camel.kamelet.store-" + target.kind() + "." + target.name() + "." + key, value));
        }
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
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
        Set<String> names = new LinkedHashSet<>();
        customers.forEach(id -> names.addAll(configuration.customers().get(id).targets()));
        return new TargetsOnly(
                configuration,
                names.stream().map(name -> configuration.targets().get(name)).toList());
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
