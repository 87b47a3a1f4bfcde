// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** Whether everything that routes call begins a route. Camel would find out only when the first message gets there. */
final class Listeners {

    private Listeners() {}

    /** @throws StopAllException naming what nobody listens to */
    static void require(CamelContext context, Path routes) {
        Set<String> heard = context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .collect(Collectors.toSet());
        List<String> unheard = context.getEndpoints().stream()
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith("direct:") && !heard.contains(uri))
                .map(uri -> uri.replace("direct://", "direct:"))
                .sorted()
                .toList();
        if (!unheard.isEmpty()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "Tried to start the routes in " + routes + " but no route begins with "
                            + String.join(", ", unheard) + ". Mend the name and run again");
        }
    }
}
