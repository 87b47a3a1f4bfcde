// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.CustomerSettings;
import io.callvault.config.TargetSettings;
import io.callvault.exchange.Variables;
import java.util.Collection;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/**
 * The routes that depend on the configuration: a trigger for each customer, and for each target the one address that leads
 * to its Kamelet. Static, so that a mistake is found at start; a dynamic address of a Kamelet can deadlock.
 */
final class CustomerRoutes extends RouteBuilder {

    private final List<CustomerSettings> scheduled;
    private final Collection<TargetSettings> targets;

    /** @param scheduled customers to trigger; empty for a single pass */
    CustomerRoutes(List<CustomerSettings> scheduled, Collection<TargetSettings> targets) {
        this.scheduled = scheduled;
        this.targets = targets;
    }

    @Override
    public void configure() {
        for (CustomerSettings customer : scheduled) {
            from("quartz:callvault/" + customer.id() + "?stateful=true&trigger.misfireInstruction=2&trigger.timeZone="
                            + customer.timeZone() + "&cron="
                            + customer.schedule().replace(' ', '+'))
                    .routeId("trigger-" + customer.id())
                    .setVariable(Variables.CUSTOMER, constant(customer.id()))
                    .to("direct:scheduled");
        }
        for (TargetSettings target : targets) {
            from("direct:store-" + target.name())
                    .routeId("store-" + target.name())
                    .errorHandler(noErrorHandler())
                    .to("kamelet:store-" + target.kind() + "/" + target.name());
        }
    }
}
