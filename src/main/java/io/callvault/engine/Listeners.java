// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.flow.Customer;
import io.callvault.flow.Feed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** Whether everything that routes call begins a route. Camel would find out only when the first message gets there. */
final class Listeners {

    private Listeners() {}

    /**
     * @param customers for whom exchanges are sent into routes
     * @throws StopAllException naming what nobody listens to
     */
    static void require(CamelContext context, Path routes, Collection<Customer> customers) {
        Set<String> heard = context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .collect(Collectors.toSet());
        Stream<String> called = context.getEndpoints().stream()
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith("direct:"));
        Stream<String> sentTo = customers.stream().flatMap(Listeners::sentTo).map(route -> "direct://" + route);
        List<String> unheard = Stream.concat(called, sentTo)
                .filter(uri -> !heard.contains(uri))
                .distinct()
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

    /** What no step of a route names. */
    private static Stream<String> sentTo(Customer customer) {
        List<String> names = new ArrayList<>(List.of("fetch-item", "store-item", customer.providerName() + "-login"));
        for (Feed feed : customer.feeds()) {
            names.add(customer.providerName() + "-" + feed.name());
            if (feed.partsName() != null) {
                names.add(customer.providerName() + "-" + feed.partsName());
            }
            if (feed.contentGroup() != null) {
                names.add(customer.providerName() + "-content");
            }
        }
        return names.stream();
    }
}
