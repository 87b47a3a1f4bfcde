// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.exchange.Variables;
import io.callvault.gate.Kind;
import io.callvault.provider.Answer;
import io.callvault.provider.Answers;
import io.callvault.provider.Lane;
import io.callvault.provider.Probe;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Sends a provider's probes through its gates, one at a time. */
public final class Probing extends RouteBuilder {

    private static final String ROUTE = "probe";

    private final Dispatcher dispatcher;
    private final GateDoor door;

    public Probing(Dispatcher dispatcher, GateDoor door) {
        this.dispatcher = dispatcher;
        this.door = door;
    }

    /**
     * A good answer.
     *
     * @param date the header of that name, as it came; null when there was none
     */
    public record Answered(String date, byte[] body) {}

    @Override
    public void configure() {
        from("direct:" + ROUTE)
                .routeId(ROUTE)
                .description("One request to see whether it may be made; its answer is read to the end.")
                .errorHandler(noErrorHandler())
                .toD("direct:${variable.provider}-${variable.group}")
                .process(Probing::read);
    }

    private static void read(Exchange exchange) throws IOException {
        Answer answer = exchange.getMessage().getBody(Answer.class);
        exchange.getMessage().setBody(new Answered(answer.header("Date"), new Answers().bytes(answer)));
    }

    /** Completes with the answer, or with what went wrong. */
    public CompletableFuture<Answered> ask(Customer customer, Lane lane, Probe probe) {
        door.open(customer);
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, customer.id());
        variables.put(Variables.PROVIDER, customer.providerName());
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.GROUP, probe.group());
        variables.put(Variables.PURPOSE, Kind.LISTING);
        variables.put(Variables.SUBJECT, probe.subject());
        variables.put(Variables.ADDRESS, probe.address());
        return dispatcher
                .send(ROUTE, variables, null)
                .thenApply(exchange -> exchange.getMessage().getBody(Answered.class));
    }
}
