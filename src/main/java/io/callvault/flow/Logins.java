// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.exchange.Variables;
import io.callvault.gate.Kind;
import io.callvault.provider.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Sends token requests through {@code direct:<provider>-login}. */
public final class Logins implements BiFunction<String, Lane, CompletionStage<byte[]>> {

    private final Dispatcher dispatcher;

    public Logins(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public CompletionStage<byte[]> apply(String provider, Lane lane) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(Variables.CUSTOMER, lane.customer());
        variables.put(Variables.PROVIDER, provider);
        variables.put(Variables.LANE, lane.number());
        variables.put(Variables.PURPOSE, Kind.LOGIN);
        variables.put(Variables.SUBJECT, "sign in");
        return dispatcher
                .send(provider + "-login", variables, null)
                .thenApply(exchange -> exchange.getMessage().getBody(byte[].class));
    }
}
