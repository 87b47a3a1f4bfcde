// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import io.callvault.exchange.Variables;
import io.callvault.gate.Passage;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;

/** Sends an exchange into a route without holding a thread for it. */
public final class Dispatcher {

    private final Supplier<CamelContext> context;
    private final Executor executor;
    private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();

    /**
     * @param context asked for when the first exchange is sent
     * @param executor where a route's first step runs, and what follows its last
     */
    public Dispatcher(Supplier<CamelContext> context, Executor executor) {
        this.context = context;
        this.executor = executor;
    }

    /**
     * Sends one exchange.
     *
     * @param route name of a {@code direct:} endpoint
     * @param variables by name; null values are left out
     * @param body may be null
     * @return completes on a thread of the executor, with the exchange when its route is over or with what went wrong
     */
    CompletableFuture<Exchange> send(String route, Map<String, Object> variables, Object body) {
        CompletableFuture<Exchange> over = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                AsyncProducer producer = producers.computeIfAbsent(route, this::producer);
                Exchange exchange = producer.getEndpoint().createExchange();
                variables.forEach((name, value) -> {
                    if (value != null) {
                        exchange.setVariable(name, value);
                    }
                });
                exchange.getIn().setBody(body);
                producer.process(exchange, doneSync -> executor.execute(() -> end(exchange, over)));
            } catch (RuntimeException e) {
                over.completeExceptionally(e);
            }
        });
        return over;
    }

    private static void end(Exchange exchange, CompletableFuture<Exchange> over) {
        Passage passage = exchange.getVariable(Variables.PASSAGE, Passage.class);
        if (passage != null) {
            passage.unanswered();
        }
        if (exchange.getException() != null) {
            over.completeExceptionally(exchange.getException());
        } else {
            over.complete(exchange);
        }
    }

    private AsyncProducer producer(String route) {
        Endpoint endpoint = context.get().getEndpoint("direct:" + route);
        try {
            AsyncProducer producer = endpoint.createAsyncProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception e) {
            throw new IllegalStateException("direct:" + route + " cannot be sent to", e);
        }
    }
}
