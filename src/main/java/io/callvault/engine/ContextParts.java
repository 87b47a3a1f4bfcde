// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.CamelPlaceholders;
import io.callvault.config.Configuration;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Adds to the context what must be there before its properties are read. */
final class ContextParts extends MainListenerSupport {

    private final Path directory;
    private final Configuration traced;

    /** @param directory where relative paths of the configuration file start */
    ContextParts(Path directory) {
        this(directory, null);
    }

    private ContextParts(Path directory, Configuration traced) {
        this.directory = directory;
        this.traced = traced;
    }

    /** The same, and traces if they are wanted: for the context in which items are archived. */
    static ContextParts traced(Configuration configuration) {
        return new ContextParts(configuration.file().getParent(), configuration);
    }

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        CamelPlaceholders.addFileFunction(context, directory);
        BeanSteps.join(context);
        if (traced != null && traced.traces() != null) {
            RouteTracer.join(context, traced.traces(), traced.resolveTracesToken());
        }
    }
}
