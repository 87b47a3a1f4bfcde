// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.exchange.Variables;
import io.callvault.gate.Gate;
import io.callvault.gate.GateKey;
import io.callvault.gate.GateLimits;
import io.callvault.gate.Gates;
import io.callvault.gate.Kind;
import io.callvault.gate.Passage;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.camel.Variable;

/** The step of the gate routes that waits until a request may go, holding no thread: a throttle that learns. */
public final class GateDoor {

    private final Gates gates;
    private final BiFunction<String, String, GateLimits> limits;
    private final Map<String, Customer> customers = new ConcurrentHashMap<>();

    /** @param limits what a gate starts with, by provider and group */
    public GateDoor(Gates gates, BiFunction<String, String, GateLimits> limits) {
        this.gates = gates;
        this.limits = limits;
    }

    void open(Customer customer) {
        customers.put(customer.id(), customer);
    }

    /** The gate of one of a customer's lanes. */
    Gate gate(String customerId, String lane, String group) {
        Customer customer = customers.get(customerId);
        String identity = customer.lanes().get(Integer.parseInt(lane) - 1).identity();
        return gates.open(new GateKey(identity, group), limits.apply(customer.providerName(), group));
    }

    /** Completes when the request may be sent, with the variable {@code passage} set. */
    public CompletionStage<Void> enter(
            @Variable(Variables.CUSTOMER) String customer,
            @Variable(Variables.LANE) String lane,
            @Variable(Variables.GROUP) String group,
            @Variable(Variables.PURPOSE) Kind purpose,
            @Variable(Variables.LOSS_AT) Instant lossAt,
            @Variable(Variables.PASSAGE) Passage earlier,
            @org.apache.camel.Variables Map<String, Object> variables) {
        if (earlier != null) {
            earlier.unanswered();
        }
        Gate gate = gate(customer, lane, group);
        return gate.enter(purpose, customer, lossAt)
                .thenAccept(entry -> variables.put(Variables.PASSAGE, new Passage(gate, entry)));
    }
}
