// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.CamelPlaceholders;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Adds to the context what must be there before its properties are read. */
final class ContextParts extends MainListenerSupport {

    private final Path directory;

    /** @param directory where relative paths of the configuration file start */
    ContextParts(Path directory) {
        this.directory = directory;
    }

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        CamelPlaceholders.addFileFunction(context, directory);
    }
}
