// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.SimpleMain;

/** Targets of one kind, as the program makes them: a static {@code direct:} route in front of an instance of the Kamelet. */
public final class KameletTargets implements AutoCloseable {

    private final String kind;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMain main = new SimpleMain(context);
    private final Properties kamelets = new Properties();
    private final Map<String, Map<String, String>> opened = new HashMap<>();

    public KameletTargets(String kind) throws Exception {
        this.kind = kind;
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.component.kamelet.location", "file:routes/store");
        main.addInitialProperty("camel.main.autoConfigurationLogSummary", "false");
        context.getPropertiesComponent().setOverrideProperties(kamelets);
        main.start();
    }

    public Store open(String target, Map<String, String> properties) throws Exception {
        opened.put(target, properties);
        properties.forEach((name, value) ->
                kamelets.setProperty("camel.kamelet.store-" + kind + "." + target + "." + name, value));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store-" + target)
                        .routeId("store-" + target)
                        .errorHandler(noErrorHandler())
                        .to("kamelet:store-" + kind + "/" + target);
            }
        });
        return new RouteStore(context.createProducerTemplate(), target);
    }

    Map<String, String> properties(String target) {
        return opened.get(target);
    }

    @Override
    public void close() {
        main.stop();
    }
}
